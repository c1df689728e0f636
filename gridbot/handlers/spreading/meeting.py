"""Meetings called from the chat: invitations, minutes, decisions that become tickets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta

from gridbot.errors import Refusal
from gridbot.handlers.reports import candidate, opening
from gridbot.handlers.reports.said import heard
from gridbot.handlers.routes import Routes
from gridbot.handlers.tickets import departments, planning
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models import acts
from gridbot.models.spreading import meetings
from gridbot.models.spreading.meetings import Meeting
from gridbot.models.territory.directory import Department
from gridbot.models.territory.people import Post
from gridbot.nlp import Kind, Urgency
from gridbot.nlp.slots import meeting as slots
from gridbot.nlp.slots import notice, when
from gridbot.profiles import OTHER, Rank

routes = Routes()

ANALYSIS, LIAISON = "analysis", "liaison"
USUAL = time(15)  # of a meeting called for a day without an hour
LATELY = timedelta(days=10)  # a meeting that one may still speak of without its number
DONE_BY = time(18, 0)  # of the day that was named
OWN = (Rank.LEADER, Rank.WORKER, Rank.DEPUTY, Rank.MEDIATOR)
PARTNERS = (Rank.LEADER, Rank.DEPARTMENT, Rank.POLICE, Rank.DESK, Rank.MEDIATOR)


@routes.on("analysis_meeting", "liaison_meeting")
async def called(turn: Turn) -> Sequence[Say]:
    """民情分析会 周五下午3点 会议室: those who belong there are invited; the agenda writes itself."""
    post = turn.require_staff(Rank.LEADER)
    command = turn.reading.command
    assert command is not None
    kind = ANALYSIS if command.name == "analysis_meeting" else LIAISON
    read = notice.read(
        f"{turn.rest} ·", options=(), is_scope=lambda _: False, at=turn.heard.at, zone=turn.world.zone
    )
    starts, rest = read.at or _that_day(turn), read.text
    if starts is None or starts <= turn.now:
        raise Refusal("meeting.how")
    place = rest.replace(_day_said(turn) if read.at is None else "", "", 1).strip("· ，,")
    invited = _invited(turn, post, kind)
    made = Meeting(
        kind=kind, node=post.node, by=turn.person.who, text=place, starts_at=starts, invited=list(invited)
    )
    await meetings.call(turn.act, made)
    at, name = turn.when(starts), turn.texts.say(f"meeting.{kind}")
    where = turn.world.directory.nodes[post.node].name
    spot = turn.texts.say("meeting.at_place", place=place) if place else ""
    says = [
        turn.tell(each, "meeting.invitation", number=made.no, node=where, name=name, at=at, place=spot)
        for each in invited
    ]
    return [turn.whisper("meeting.called", number=made.no, name=name, at=at, count=len(invited)), *says]


def _day_said(turn: Turn) -> str:
    found = when.find(turn.rest, at=turn.heard.at, zone=turn.world.zone)
    return found.text if found is not None else ""


def _that_day(turn: Turn) -> datetime | None:
    """A day without an hour is the afternoon's usual one; None where no day is said."""
    found = when.find(turn.rest, at=turn.heard.at, zone=turn.world.zone)
    if found is None or found.start is None:
        return None
    return turn.world.calendar.at(turn.world.local(found.start).date(), USUAL)


def _invited(turn: Turn, post: Post, kind: str) -> dict[str, None]:
    """Accounts: the node's own people; of a liaison its partners too, and the head of the level above."""
    directory = turn.world.directory
    below = directory.under(post.node)
    ranks = OWN if kind == ANALYSIS else PARTNERS
    found = dict.fromkeys(each.contact for code in below for each in directory.at(code, *ranks))
    if kind == LIAISON:
        grids = (code for code in below if directory.is_grid(code) and not directory.at(code, Rank.LEADER))
        heads = (directory.worker(code) for code in grids)
        found |= dict.fromkeys(post.contact for post in heads if post is not None)
        inside = set(below) | {node.code for node in directory.up(post.node)}
        found |= dict.fromkeys(d.contact for d in directory.departments if not d.node or d.node in inside)
        head = directory.leader(post.node, but=turn.person.who)
        found |= {head.contact: None} if head is not None else {}
    found.pop("", None)
    found.pop(turn.heard.sender, None)
    return found


@routes.on("decision")
async def decision(turn: Turn) -> Sequence[Say]:
    """决议 12 李网 3月20日 修好东门路灯: a ticket of its owner, due at the end of that day."""
    made = await _meeting(turn)
    words = turn.rest.split()
    owner = next((post for word in words if (post := _owner(turn, made, word)) is not None), None)
    body = next((one for word in words if (one := departments.like(turn, word, made.node)) is not None), None)
    if owner is None and body is not None:
        owner = turn.world.directory.leader(made.node) or turn.person.posts[0]
    else:
        body = None
    text = " ".join(word for word in words if owner is None or not _names(word, owner, body))
    found = when.find(text, at=turn.heard.at, zone=turn.world.zone)
    if owner is None or found is None or found.start is None:
        raise Refusal("meeting.how_to_decide", number=made.no)
    day = turn.world.local(found.start).date()
    what = text.replace(found.text, "", 1).strip(" ，,")
    due = turn.world.calendar.at(day, DONE_BY)
    said = replace(heard(turn), text=what, node=owner.node)
    reading = candidate.reread(turn, said)
    reading = replace(
        reading, kind=Kind.ISSUE, category=reading.category or OTHER, urgency=Urgency.NORMAL, also=()
    )
    name = turn.texts.say(f"meeting.{made.kind}")
    note = turn.texts.say("meeting.note", name=name, number=made.no)
    ticket, _ = await opening.open_ticket(turn, reading, said=said, note=note, taken_by=owner)
    await acts.change(turn.act, ticket, due_at=due, first_reply_at=turn.now)  # no resident waits for a word
    await planning.replan(turn, ticket)
    await planning.answered(ticket)
    await meetings.decided(made, ticket.no)
    by = turn.when(due)
    says: list[Say] = [turn.reply("meeting.decided", ticket=ticket.no, name=owner.name, by=by)]
    if body is not None:
        says[0] = turn.reply("meeting.decided", ticket=ticket.no, name=body.name, by=by)
        given = await departments.given(turn, ticket, body, "")
        says += [say for say in given if say.key != "work.to_department"]
    elif owner.contact:
        key = "meeting.yours"
        says.append(turn.tell(owner.contact, key, no=ticket.no, name=name, what=what, by=by))
    return says


def _names(word: str, owner: Post, body: Department | None) -> bool:
    return word in body.name if body is not None else word == owner.name


def _owner(turn: Turn, made: Meeting, word: str) -> Post | None:
    """Who of the node's people is called that."""
    directory = turn.world.directory
    near = [*directory.under(made.node), *(node.code for node in directory.up(made.node))]
    posts = (post for code in near for post in directory.at(code))
    return next((post for post in posts if post.name == word), None)


@routes.on("minutes")
async def minutes(turn: Turn) -> Sequence[Say]:
    """纪要 12 …: a line of the minutes; 纪要 12: all of them, with how far the decisions are."""
    made = await _meeting(turn)
    if turn.rest:
        await meetings.noted(made, turn.rest)
        return [turn.reply("meeting.noted", number=made.no)]
    open_ones = await meetings.unfinished(made)
    none = turn.texts.say("meeting.none")
    left = "、".join(f"#{ticket.no}" for ticket in open_ones) or none
    return [
        turn.reply(
            "meeting.minutes", number=made.no, name=turn.texts.say(f"meeting.{made.kind}"),
            text=made.minutes or none, left=left,
            decisions="、".join(f"#{no}" for no in made.decisions) or none,
        )
    ]  # fmt: skip


async def _meeting(turn: Turn) -> Meeting:
    turn.require_staff(Rank.LEADER)
    command = turn.reading.command
    own = [post.node for post in turn.person.posts if post.rank is Rank.LEADER]
    made = (
        await meetings.get(command.numbers[0])
        if command and command.numbers
        else await meetings.lately(own, turn.now - LATELY, turn.now)
    )
    if made is None or made.stopped:
        raise Refusal("meeting.unknown")
    turn.require(made.node, Rank.LEADER)
    return made


@routes.on("meeting_move")
async def moved(turn: Turn) -> Sequence[Say]:
    """会改到下午3点: everybody invited hears of it; of several to come the speaker says which."""
    made = await _to_come(turn)
    to = slots.moved(turn.heard.text, made.starts_at, at=turn.heard.at, zone=turn.world.zone)
    if to is None or (to.at is not None and to.at <= turn.now):
        raise Refusal("meeting.how_to_move", number=made.no)
    await meetings.move(turn.act, made, to.at or made.starts_at, to.place or made.text)
    at, name = turn.when(made.starts_at), turn.texts.say(f"meeting.{made.kind}")
    spot = turn.texts.say("meeting.at_place", place=made.text) if made.text else ""
    told = [
        turn.tell(each, "meeting.moved", number=made.no, name=name, at=at, place=spot)
        for each in made.invited
    ]
    count = len(made.invited)
    return [turn.whisper("meeting.moved_told", number=made.no, at=at, place=spot, count=count), *told]


@routes.on("meeting_off")
async def called_off(turn: Turn) -> Sequence[Say]:
    """会不开了."""
    made = await _to_come(turn)
    return await taken_back(turn, made.no) or []


async def _own_to_come(turn: Turn) -> list[Meeting]:
    own = [post.node for post in turn.person.posts if post.rank is Rank.LEADER]
    found = await meetings.coming(own, turn.now)
    return [made for made in found if made.by == turn.person.who]


async def _to_come(turn: Turn) -> Meeting:
    """The meeting that is meant; raises Refusal where there is none, or several and no number."""
    turn.require_staff(Rank.LEADER)
    command = turn.reading.command
    found = await _own_to_come(turn)
    if command is not None and command.numbers:
        named = [made for made in found if made.no == command.numbers[0]]
        found = named or (found if command.own else [])  # 会改到302会议室
    if not found:
        raise await _not_his(turn)
    if len(found) > 1:
        lines = "；".join(f"#{made.no} {turn.when(made.starts_at)}" for made in found)
        raise Refusal("meeting.which", lines=lines, number=found[0].no)
    return found[0]


async def _not_his(turn: Turn) -> Refusal:
    made = await meetings.invited_to(turn.heard.sender, turn.now)
    post = turn.world.directory.staff(made.by) if made is not None else None
    if made is None or post is None:
        return Refusal("meeting.none_to_come")
    return Refusal("meeting.not_yours", number=made.no, at=turn.when(made.starts_at), name=post.name)


async def taken_back(turn: Turn, number: int) -> Sequence[Say] | None:
    """撤销 12 of a meeting that has not begun; None where it is none."""
    made = await meetings.get(number)
    if made is None:
        return None
    if made.by != turn.person.who:
        raise Refusal("refuse.not_allowed")
    if made.stopped or made.starts_at <= turn.now:
        raise Refusal("meeting.over", number=number)
    await meetings.stop(made)
    name = turn.texts.say(f"meeting.{made.kind}")
    at = turn.when(made.starts_at)
    off = [turn.tell(each, "meeting.off", number=number, name=name, at=at) for each in made.invited]
    return [turn.whisper("meeting.stopped", number=number, count=len(made.invited)), *off]
