"""A leader tells households something: the draft, its preview, what makes it go out, what stops it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from gridbot.errors import Refusal
from gridbot.handlers.neighbours import seconding
from gridbot.handlers.reports import outage
from gridbot.handlers.routes import Routes
from gridbot.handlers.spreading.audience import Audience, audience_of, knows
from gridbot.handlers.tickets import which
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models.duty.duties import Announcement
from gridbot.models.spreading import announcements
from gridbot.models.territory.people import Post
from gridbot.nlp import noticed
from gridbot.nlp.slots import notice
from gridbot.profiles import Rank

routes = Routes()
DRAFT_LIVES = timedelta(hours=1)
OPTIONS = ("回执", "紧急")
LASTING = ("起", "开始", "以后", "之后", "后")  # from then on


@routes.on("announce")
async def announce(turn: Turn) -> Sequence[Say]:
    """公告 [范围] [时间] [回执] 正文: a preview in private; nothing is sent before 确认."""
    if _posted(turn):
        return []
    turn.require_staff(Rank.LEADER)
    command = turn.reading.command
    if command is not None and (number := turn.rest.strip(" #＃")).isdecimal() and turn.private:
        turn.reading = replace(turn.reading, command=replace(command, numbers=(int(number),), rest=""))
        return await which.handlers["channels"](turn)  # 公告 12: how far it got
    own = command is not None and command.own
    read = notice.read(
        turn.rest if own else turn.heard.text, options=OPTIONS,
        is_scope=lambda name: knows(turn, name), at=turn.heard.at, zone=turn.world.zone,
    )  # fmt: skip
    if not read.text:
        raise Refusal("announce.need_text")
    to = await audience_of(turn, read.scope)
    if read.at is not None and read.at < turn.heard.at:
        raise Refusal("announce.past", at=turn.when(read.at))
    options = read.options | (command.options if command else frozenset())
    draft = await announcements.draft(
        turn.act,
        Announcement(
            by=turn.person.who, audience=list(to.nodes), building=to.building, text=read.text,
            receipt="回执" in options, urgent="紧急" in options, send_at=read.at,
            expires_at=read.until or over_at(turn, read.text),
        ),
    )  # fmt: skip
    return [await preview(turn, draft, to)]


def over_at(turn: Turn, text: str) -> datetime | None:
    """When what it speaks of is over: nobody is reminded of it, or told of it, after that. None: it lasts."""
    found = turn.world.reader.read(text, at=turn.heard.at).when
    moment = (found.end or found.start) if found is not None else None
    if found is None or moment is None or any(f"{found.text}{word}" in text for word in LASTING):
        return None
    over = turn.world.midnight(moment) + timedelta(days=1)
    return over if over > turn.now else None


def _posted(turn: Turn) -> bool:
    """A 通知 written into a residents' group is the notice itself, not a word to the bot."""
    command, heard = turn.reading.command, turn.heard
    addressed = heard.mentions_bot or (command is not None and command.marked)
    in_public = turn.group is not None and turn.group.residents
    return in_public and not addressed and notice.spoken(heard.text)


async def preview(turn: Turn, draft: Announcement, to: Audience) -> Say:
    """Whom it would reach, when, and the words; 确认 sends it."""
    below = {code for node in to.nodes for code in turn.world.directory.under(node)}
    groups = announcements.groups_for(turn.world.directory, to.nodes)
    if draft.corrects is not None:
        before = await announcements.get(draft.corrects)
        groups = [group for group in groups if before is not None and group.room in before.sent]
    if not groups:
        raise Refusal("announce.no_group", scope=to.name)
    where = turn.private_with(turn.heard.sender)
    data = {"text": draft.text}
    await turn.ask(turn.heard.sender, "announce", where=where, subject=draft.no, data=data, lives=DRAFT_LIVES)
    send_at = _send_at(turn, draft)
    texts = turn.texts
    return turn.whisper(
        "announce.preview",
        buttons=((texts.say("announce.confirm_button"), f"确认 {draft.no}"),),
        number=draft.no,
        scope=to.name,
        groups=len(groups),
        households=await announcements.count(below, to.building),
        at=texts.say("announce.at_once") if send_at <= turn.now else turn.when(send_at),
        receipt=texts.say("announce.with_receipt") if draft.receipt else "",
        haste=texts.say("announce.as_urgent") if draft.urgent else "",
        text=_as_read(turn, draft, send_at),
    )


def _as_read(turn: Turn, draft: Announcement, send_at: datetime) -> str:
    """Its words as they stay true: 明早 of an evening, held back by the quiet hours, is 3月4日早上."""
    today, then = (turn.world.local(at).date() for at in (turn.now, send_at))
    held = draft.send_at is None and then != today
    return noticed.dated(draft.text, today, date.min) if held else draft.text


def _send_at(turn: Turn, draft: Announcement) -> datetime:
    """When it will leave: its time, now, or the end of the quiet hours."""
    at = max(draft.send_at or turn.now, turn.now)
    world = turn.world
    quiet = [node for node in draft.audience if world.quiet(at, node)] if not draft.urgent else []
    return max((world.quiet_ends(at, node) for node in quiet), default=at)


@routes.on("confirm", "?announce")
async def confirm(turn: Turn) -> Sequence[Say]:
    """确认: the draft is to be sent."""
    command = turn.reading.command
    if command is None or command.name not in ("confirm", "yes"):
        return await _changed(turn)
    if not (command.sure or turn.private) and not turn.person.is_staff:
        return []  # ordinary talk in a group
    if (seconded := await _seconded(turn)) is not None:
        return seconded
    turn.require_staff(Rank.LEADER)
    if command.numbers:
        draft = await announcements.get(command.numbers[0])
    else:
        draft = await announcements.drafted(turn.person.who, turn.now - DRAFT_LIVES)
    if draft is None and not command.sure:
        return []
    if draft is None or draft.state not in (announcements.DRAFT, announcements.CHECKING):
        raise Refusal("announce.nothing")
    for node in draft.audience:
        turn.require(node, Rank.LEADER)
    if turn.question is not None and turn.question.kind == "announce":
        await turn.question.delete()
    if draft.state == announcements.CHECKING:
        return await _agreed(turn, draft)
    if draft.by != turn.person.who:
        raise Refusal("announce.nothing")
    if (second := await _second(turn, draft)) is not None:
        return second
    return [await _confirmed(turn, draft)]


async def _changed(turn: Turn) -> Sequence[Say]:
    """What else a leader says in private while his draft waits: how it is to be changed, or other talk."""
    question = turn.question
    if question is None or question.kind != "announce" or not turn.private:
        return []
    draft = await announcements.get(question.subject or 0)
    if draft is None or draft.state != announcements.DRAFT or draft.by != turn.person.who:
        return []
    return await which.handlers["announce_changed"](turn) or []


async def sent_as_it_stands(turn: Turn, draft: Announcement) -> Sequence[Say]:
    """发吧: as good as 确认."""
    if turn.question is not None and turn.question.kind == "announce":
        await turn.question.delete()
    if (second := await _second(turn, draft)) is not None:
        return second
    return [await _confirmed(turn, draft)]


def building_said(draft: Announcement) -> str:
    """The building of an audience as people call it, "" where it is for whole nodes."""
    return f"{draft.building}号楼" if draft.building.isdigit() else draft.building


async def _seconded(turn: Turn) -> Sequence[Say] | None:
    """What else may be confirmed where no announcement of the speaker's waits: points of a household."""
    asked = turn.question is not None and turn.question.kind == "announce"
    if asked or await announcements.drafted(turn.person.who, turn.now - DRAFT_LIVES) is not None:
        return None
    return await seconding.confirmed(turn)


async def _confirmed(turn: Turn, draft: Announcement) -> Say:
    send_at = _send_at(turn, draft)
    if (text := _as_read(turn, draft, send_at)) != draft.text:
        await announcements.redrafted(turn.act, draft, text=text)
    await announcements.confirm(turn.act, draft, send_at)
    await outage.announced(turn, draft)
    if send_at <= turn.now:
        return turn.whisper("announce.sending", number=draft.no)
    return turn.whisper("announce.confirmed", number=draft.no, at=turn.when(send_at))


async def _second(turn: Turn, draft: Announcement) -> Sequence[Say] | None:
    """To many households nothing goes out on one person's word: another leader is asked; None for few.

    What is urgent, and what nobody else could agree to, goes on one word.
    """
    below = {code for node in draft.audience for code in turn.world.directory.under(node)}
    households = await announcements.count(below, draft.building)
    if draft.urgent or households < turn.world.conduct.two_agree_from:
        return None
    other = _other_leader(turn, draft)
    if other is None:
        return None
    await announcements.ask_another(turn.act, draft)
    caller = turn.world.directory.staff(draft.by)
    asked = turn.tell(
        other.contact, "announce.please_check",
        buttons=((turn.texts.say("announce.agree_button"), f"确认 {draft.no}"),),
        number=draft.no, by=caller.name if caller else "", households=households, text=draft.text,
    )  # fmt: skip
    return [turn.whisper("announce.checking", number=draft.no, name=other.name), asked]


def _other_leader(turn: Turn, draft: Announcement) -> Post | None:
    """The nearest leader at or above all of its nodes who is not its author and can be reached."""
    directory = turn.world.directory
    for node in directory.up(draft.audience[0]):
        if not all(directory.inside(code, node.code) for code in draft.audience):
            continue
        for post in directory.at(node.code, Rank.LEADER):
            if post.staff != draft.by and post.contact:
                return post
    return None


async def _agreed(turn: Turn, draft: Announcement) -> Sequence[Say]:
    """The second leader's word; the author hears of it."""
    if draft.by == turn.person.who:
        raise Refusal("announce.needs_another", number=draft.no)
    await announcements.agreed(turn.act, draft)
    say = await _confirmed(turn, draft)
    author = turn.world.directory.staff(draft.by)
    if author is None or not author.contact:
        return [say]
    agreed = turn.tell(author.contact, "announce.agreed", number=draft.no, name=turn.person.posts[0].name)
    return [say, agreed]


async def taken_back(turn: Turn, number: int) -> Sequence[Say] | None:
    """撤销 12 of an announcement that has not left yet; None where the number is no announcement's."""
    announcement = await announcements.get(number)
    if announcement is None:
        return None
    if turn.person.who not in (announcement.by, announcement.checked_by):
        raise Refusal("refuse.not_allowed")
    if announcement.state == announcements.SENT and (rest := await announcements.unsent(announcement)):
        await announcements.stop_rest(turn.act, announcement)
        return [turn.whisper("announce.stopped_rest", number=announcement.no, groups=rest)]
    if announcement.state in (announcements.SENT, announcements.STOPPED):
        raise Refusal("announce.gone", number=announcement.no)
    await announcements.stop(turn.act, announcement)
    return [turn.whisper("announce.stopped", number=announcement.no)]
