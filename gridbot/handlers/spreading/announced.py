"""After an announcement has gone out: questions about it, corrections, stopping what has not left yet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from gridbot.errors import Refusal
from gridbot.handlers.routes import Routes
from gridbot.handlers.spreading import announce
from gridbot.handlers.spreading.audience import Audience
from gridbot.handlers.tickets import cards
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models.duty.duties import Announcement
from gridbot.models.spreading import announcements
from gridbot.models.territory import facilities
from gridbot.nlp import noticed, passages
from gridbot.nlp.slots import attending
from gridbot.nlp.slots import place as places
from gridbot.profiles import Rank

routes = Routes()

ANSWERED = "公告"  # what is counted
JUST_READ = timedelta(minutes=30)  # 几点到几点啊 means a notice for so long
ASKED_FOR = timedelta(hours=12)  # its author is told once in so long what it lacks
TIMES = (noticed.Wanted.UNTIL, noticed.Wanted.HOUR, noticed.Wanted.WHEN)
LACKING = (*TIMES, noticed.Wanted.WHERE, noticed.Wanted.PRICE)
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
    text = turn.heard.text
    if turn.person.is_staff or not (passages.asks(text) or noticed.of_an_event(text)):
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
    """几点停啊, to nobody in a group that has the announcement: its own words, once; None for other talk.

    几点到几点啊, with no word about what, is asked of what the group has just read.
    """
    asked, room = noticed.question(turn.heard.text), turn.heard.where.room
    if room is None or turn.discreet is False:
        return None
    if asked is None:
        return await _of_the_event(turn, room)
    here = [one for one in await announcements.hanging(turn.now) if room in one.sent]
    just_read = [one for one in here[:1] if one.sent_at is not None and turn.now - one.sent_at <= JUST_READ]
    for one in here if asked.words else just_read:
        told = noticed.answer(asked, one.text) if asked.words or asked.wanted in LACKING else None
        if told is not None:
            return await _told_aloud(turn, one, _as_of_today(turn, one, told))
    if asked.wanted not in LACKING:
        return await _of_the_event(turn, room)
    for one in just_read if asked.bare else here:
        if (told := _place_in(turn, one, asked)) is not None:
            return await _told_aloud(turn, one, _as_of_today(turn, one, told))
        if asked.bare or noticed.about(asked, one.text):
            return await _not_in_it(turn, one, asked.wanted)
    return await _of_the_event(turn, room)


async def _of_the_event(turn: Turn, room: str) -> Sequence[Say] | None:
    """要带身份证吗, right below a notice that calls people to come: its author is asked."""
    if not noticed.of_an_event(turn.heard.text):
        return None
    for one in (await announcements.hanging(turn.now))[:1]:
        just_read = room in one.sent and one.sent_at is not None and turn.now - one.sent_at <= JUST_READ
        if just_read and attending.invites(one.text):
            return await _not_in_it(turn, one, noticed.Wanted.WHAT, turn.heard.text.strip())
    return None


def _place_in(turn: Turn, one: Announcement, asked: noticed.Question) -> str | None:
    """在哪集合, of a notice that names a place people know here: its sentence."""
    if asked.wanted is not noticed.Wanted.WHERE or not asked.bare:
        return None
    place = places.find(one.text, turn.world.gazetteer(turn.grid))
    named = place is not None and (place.landmark or place.estate)
    return one.text.partition("\n")[0] if named and len(one.text) <= noticed.LONGEST_TOLD else None


async def _not_in_it(
    turn: Turn, one: Announcement, wanted: noticed.Wanted, what: str = ""
) -> Sequence[Say] | None:
    """Its text does not say: whoever wrote it hears so, once for each thing asked; who asks knows of it."""
    author = turn.world.directory.staff(one.by)
    if author is None or not author.contact:
        return await _passed_on(turn, one)
    await announcements.asked(one)
    room, item = turn.heard.where.room or "", f"announcement:{one.no}:lacks:{what or wanted}"[:64]
    if await facilities.told_lately(room, item, ASKED_FOR, turn.now):
        return [turn.whisper("announce.not_in_it_before", number=one.no, name=author.name)]
    await facilities.told(turn.now, turn.grid, ANSWERED, item, room)
    home = turn.person.home
    note = turn.tell(
        author.contact, "announce.asked_about", number=one.no, text=turn.heard.text.strip(),
        who=home.door if home else turn.heard.sender_name,
    )  # fmt: skip
    return [turn.whisper("announce.not_in_it", number=one.no, name=author.name), cards.held(turn, note)]


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
