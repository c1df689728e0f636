"""When a ticket will be done: a later day, a pause, a promise, a watch kept on the spot."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from gridbot.errors import Refusal, Unclear
from gridbot.handlers.routes import Routes
from gridbot.handlers.tickets import chosen, joint, planning, told
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models.cases import casework, hotline
from gridbot.models.cases.tickets import Ticket
from gridbot.nlp.slots import doing

routes = Routes()

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


def said_moment(turn: Turn, *, end_of_day: bool = True, code: str = "") -> datetime | None:
    """The moment a command names, UTC; a day without an hour means its office's closing (or opening) hour.

    `code`: the node whose office hours count.
    """
    when = turn.reading.when
    if when is None:
        return None
    if when.start is None and when.end is None:
        return _in(turn, when.duration_s, code, end_of_day=end_of_day)
    start = when.start or when.end
    end = when.end or start
    assert start is not None and end is not None
    until = start <= turn.now < end  # 到周五: from now on until then
    at = end if end_of_day or until else start
    local = turn.world.local(at)
    if local.time() == time() or local.time() >= time(23, 59):
        return _hour_of(turn, at, code, end_of_day=end_of_day)
    return at


def _in(turn: Turn, duration_s: int | None, code: str, *, end_of_day: bool) -> datetime | None:
    """三天, 两小时: counted from now."""
    if not duration_s:
        return None
    at = turn.now + timedelta(seconds=duration_s)
    return at if timedelta(seconds=duration_s) < DAY else _hour_of(turn, at, code, end_of_day=end_of_day)


def _hour_of(turn: Turn, at: datetime, code: str, *, end_of_day: bool) -> datetime:
    calendar = turn.world.calendar_at(code) if code else turn.world.calendar
    day, hours = turn.world.local(at).date(), calendar.hours
    return calendar.at(day, hours[-1][1] if end_of_day else hours[0][0])


def reason(turn: Turn) -> str:
    """The words of a command without the moment they name."""
    when = turn.reading.when
    own = turn.reading.command is not None and turn.reading.command.own
    text = turn.rest.replace(when.text, "", 1) if when is not None and when.text and not own else turn.rest
    return text.strip(" ，,。.到至")


def later(turn: Turn, ticket: Ticket, *, end_of_day: bool = True) -> datetime:
    """The moment the command names; raises Unclear (his next words may name it) where there is none ahead."""
    at = said_moment(turn, end_of_day=end_of_day, code=ticket.grid)
    if at is None or at <= turn.now:
        command = turn.reading.command
        data = {
            "intent": command.name if command is not None else "extend",
            "no": ticket.no,
            "rest": turn.rest,
        }
        raise Unclear("refuse.until_when", "until", data, no=ticket.no)
    return at


def _why(turn: Turn, ticket: Ticket, example: str) -> str:
    """The reason for a later day, which the resident reads; raises Unclear where none is said: 晚两天行不."""
    why = reason(turn)
    asks = turn.reading.command is not None and turn.reading.command.own and not doing.told(why)
    if why and not asks:
        return why
    name = turn.reading.command.name if turn.reading.command is not None else "extend"
    when = turn.reading.when.text if turn.reading.when is not None else ""
    data = {"intent": name, "no": ticket.no, "rest": when}
    raise Unclear("refuse.why", "why", data, no=ticket.no, example=turn.texts.say(example, no=ticket.no))


async def _of_hotline(turn: Turn, ticket: Ticket, at: datetime) -> str:
    """A word where a hotline's own deadline comes before the new one: only the hotline moves that."""
    order = await hotline.of_ticket(ticket.no)
    if order is None or order.due_at is None or at <= order.due_at:
        return ""
    return turn.texts.say("work.order_due", by=turn.when(order.due_at), no=ticket.no)


@routes.on("extend")
async def extend(turn: Turn) -> Sequence[Say]:
    """延期 1024 周五 原因: asked for before the deadline, with a reason, and told to the resident."""
    ticket = await chosen.ticket(turn, likely=chosen.AT_WORK)
    at = later(turn, ticket)
    if ticket.due_at is not None and ticket.due_at <= turn.now:
        raise Refusal("refuse.too_late_to_extend", no=ticket.no)
    at = _beyond(turn, ticket, at)
    if ticket.due_at is not None and at <= ticket.due_at:
        raise Refusal("refuse.not_later", no=ticket.no, by=turn.when(ticket.due_at))
    why = _why(turn, ticket, "refuse.why_extend")
    await casework.move(ticket, "extend", turn.act, why, due_at=at)
    await planning.replan(turn, ticket)
    by = turn.when(at)
    news = turn.texts.say("route.news_extended", by=by)
    extended = told.staff(
        turn, ticket, ticket.assignee, "work.extended_told", name=told.name(turn), by=by, why=why
    )
    return [
        turn.reply(
            "work.extended" if ticket.reporter else "work.extended_nobody",
            no=ticket.no,
            by=by + planning.provisional(turn, at),
            note=await _of_hotline(turn, ticket, at),
        ),
        *(extended if ticket.assignee != turn.person.staff else []),
        *told.reporter(turn, ticket, "work.extended_resident", by=by, why=why),
        *await joint.tell_below(turn, ticket, news),
    ]


def _beyond(turn: Turn, ticket: Ticket, at: datetime) -> datetime:
    """晚两天, where two days from now are no later than it is due: two days after that."""
    when, due = turn.reading.when, ticket.due_at
    length = when.duration_s if when is not None and when.start is None and when.end is None else None
    if due is None or not length or at > due:
        return at
    moved = due + timedelta(seconds=length)
    if length < DAY.total_seconds():
        return moved
    calendar = turn.world.calendar_at(ticket.grid)
    day = turn.world.local(moved).date()
    day = day if calendar.is_workday(day) else calendar.next_workday(day)
    return calendar.at(day, calendar.hours[-1][1])


@routes.on("suspend")
async def suspend(turn: Turn) -> Sequence[Say]:
    """挂起 1024 原因 到周五: it rests until then, and comes back by itself."""
    ticket = await chosen.ticket(turn, likely=chosen.AT_WORK)
    at, why = later(turn, ticket, end_of_day=False), _why(turn, ticket, "refuse.why_suspend")
    due = planning.resumed(turn, ticket, at)
    promised = ticket.promised_at
    await casework.move(
        ticket,
        "suspend",
        turn.act,
        why,
        paused_until=at,
        **({} if promised is not None and promised > at else {"promised_at": None, "promised_until": None}),
        due_at=due,
        first_reply_at=ticket.first_reply_at or turn.now,
    )
    await planning.replan(turn, ticket)
    until = turn.when(at)
    says = [turn.reply("work.suspended", no=ticket.no, until=until)]
    if ticket.assignee != turn.person.staff:
        says = [turn.reply("work.suspended_other", no=ticket.no, until=until)]
        key = "work.suspended_told"
        says += told.staff(turn, ticket, ticket.assignee, key, name=told.name(turn), until=until, why=why)
    return [
        *says,
        *told.reporter(turn, ticket, "work.suspended_resident", until=until, why=why),
    ]


async def back_at_work(turn: Turn, ticket: Ticket) -> list[Say]:
    """A pause that somebody ends before its time: the clock stood still only for so long."""
    if not await planning.unpaused(turn, ticket) or ticket.due_at is None:
        return []
    by = turn.when(ticket.due_at)
    return [
        turn.whisper("work.pause_over", no=ticket.no, by=by),
        *told.reporter(turn, ticket, "work.pause_over_resident", by=by),
    ]
