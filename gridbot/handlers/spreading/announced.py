"""After an announcement has gone out: questions about it, corrections, stopping what has not left yet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from gridbot.errors import Refusal
from gridbot.handlers.routes import Routes
from gridbot.handlers.spreading import announce
from gridbot.handlers.spreading.audience import Audience
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models.duty.duties import Announcement
from gridbot.models.spreading import announcements
from gridbot.models.territory import facilities
from gridbot.nlp import noticed, passages
from gridbot.profiles import Rank

routes = Routes()

ANSWERED = "公告"  # what is counted
TOLD_LATELY = timedelta(hours=2)  # a group that has read an answer need not read it again so soon


@routes.on("amend")
async def amend(turn: Turn) -> Sequence[Say]:
    """更正公告 12 正文: a preview of what goes to those, and only those, who have had the announcement."""
    turn.require_staff(Rank.LEADER)
    command = turn.reading.command
    number = command.numbers[0] if command and command.numbers else None
    before = await announcements.get(number) if number is not None else None
    if before is None or before.state != announcements.SENT or not turn.rest:
        raise Refusal("announce.how_to_amend")
    for node in before.audience:
        turn.require(node, Rank.LEADER)
    draft = await announcements.draft(
        turn.act,
        Announcement(
            by=turn.person.who, audience=before.audience, building=before.building, text=turn.rest,
            urgent=before.urgent, corrects=before.no, expires_at=before.expires_at,
        ),
    )  # fmt: skip
    return [await announce.preview(turn, draft, Audience(tuple(before.audience), _names(turn, before)))]


def _names(turn: Turn, one: Announcement) -> str:
    nodes = turn.world.directory.nodes
    return "、".join(nodes[code].name for code in one.audience if code in nodes)


async def question(turn: Turn) -> Sequence[Say] | None:
    """Asked in private, or on a quote of it: the sentence that answers, or the worker gets the question.

    None where nothing is asked, or nothing that holds now is meant.
    """
    if not passages.asks(turn.heard.text) or turn.person.is_staff:
        return None
    quote = turn.heard.quote
    number = await announcements.quoted(quote.id) if quote is not None else None
    quoted = await announcements.get(number) if number is not None else None
    if quoted is None and not turn.private:
        return await _asked_aloud(turn)
    known = [quoted] if quoted is not None else await _current(turn)
    found = passages.best(turn.heard.text, [one.text for one in known])
    if found is not None:
        one = known[found[0]]
        await announcements.asked(one)
        return [turn.whisper("announce.answer", number=one.no, text=_as_of_today(turn, one, found[1]))]
    return await _passed_on(turn, quoted) if quoted is not None else None


async def _asked_aloud(turn: Turn) -> Sequence[Say] | None:
    """几点停啊, to nobody in a group that has the announcement: its own words, once; None for other talk."""
    asked, room = noticed.question(turn.heard.text), turn.heard.where.room
    if asked is None or room is None or turn.discreet is False:
        return None
    for one in await announcements.hanging(turn.now):
        told = noticed.answer(asked, one.text) if room in one.sent else None
        if told is not None:
            return await _told_aloud(turn, one, _as_of_today(turn, one, told))
    return None


async def _told_aloud(turn: Turn, one: Announcement, told: str) -> Sequence[Say]:
    """To the group where it is short and new there, else to the one who asks."""
    await announcements.asked(one)
    room, item = turn.heard.where.room, f"announcement:{one.no}:{told}"[:64]
    known = room is None or await facilities.told_lately(room, item, TOLD_LATELY, turn.now)
    await facilities.told(turn.now, turn.grid, ANSWERED, item, room)
    if known or len(told) > noticed.LONGEST_TOLD:
        return [turn.whisper("announce.answer", number=one.no, text=told)]
    return [turn.say("announce.says", text=told)]


def _as_of_today(turn: Turn, one: Announcement, text: str) -> str:
    """明天 in an announcement of yesterday is today."""
    return turn.world.announced(text, one.sent_at, turn.now)


async def _current(turn: Turn) -> list[Announcement]:
    """What holds now for the speaker's home."""
    home = turn.person.home
    if home is None:
        return []
    above = {node.code for node in turn.world.directory.up(home.node)}
    found = await announcements.holding(turn.now)
    return [
        one for one in found
        if above & set(one.audience) and one.building in ("", home.building)
    ]  # fmt: skip


async def _passed_on(turn: Turn, one: Announcement) -> Sequence[Say]:
    """Its text does not say: the worker answers the neighbour; the group hears nothing."""
    await announcements.asked(one)
    home = turn.person.home
    worker = turn.world.directory.worker(home.node if home else turn.grid)
    if worker is None or not worker.contact:
        return [turn.whisper("announce.unanswered", number=one.no)]
    told = turn.tell(
        worker.contact, "announce.question", number=one.no, text=turn.heard.text,
        who=home.address if home else turn.heard.sender_name,
    )  # fmt: skip
    return [turn.whisper("announce.passed_on", number=one.no, role=worker.role, name=worker.name), told]
