"""What becomes due of a ticket: its first reply, its deadline, the closing without a verdict."""

from __future__ import annotations

from datetime import datetime, timedelta

from gridbot.handlers.turn import Turn
from gridbot.models import board
from gridbot.models.board import Plan
from gridbot.models.cases import casework, clusters, deadlines, ledger
from gridbot.models.cases.casework import LIVE, State
from gridbot.models.cases.tickets import Candidate, Ticket
from gridbot.models.territory import onduty
from gridbot.models.territory.people import Post
from gridbot.nlp import Urgency
from gridbot.profiles.routing import Route
from gridbot.profiles.values import ServiceLevel

WARN_BEFORE = timedelta(hours=2)
PATIENCE = timedelta(hours=2)  # after a promised moment
SCATTERED = frozenset({"农村型", "散居型"})
VERDICT_AFTER = timedelta(hours=72)
HEARD_AFTER = timedelta(minutes=30)  # a result that could not be sent is told by word of mouth


def due(
    turn: Turn, code: str, level: ServiceLevel, urgency: str, at: datetime | None = None
) -> deadlines.Due:
    """A service level's spans at a node from a moment on; ordinary ones of the night begin in the morning."""
    at = at or turn.now
    waits = urgency not in (Urgency.EMERGENCY, Urgency.HIGH) and turn.world.quiet(at)
    awake = turn.world.quiet_ends(at) if waits else at
    return deadlines.of(level, turn.world.calendar_at(code), at, awake)


def arrival(turn: Turn, code: str, route: Route | None, step: int, since: datetime) -> datetime | None:
    """By when the holder of this step of a route has to be on the spot; None where nobody hurries him."""
    if route is None or route.arrive is None or route.steps[step : step + 1] != (route.target,):
        return None
    return turn.world.calendar_at(code).add(since, route.arrive.amount, route.arrive.unit)


def resumed(turn: Turn, ticket: Ticket, until: datetime) -> datetime:
    """The deadline after a pause that begins now: as much time is left then as there is now."""
    if ticket.due_at is None:
        return until
    paused = ticket.paused_until  # a pause that is made longer or shorter counts from where it stands
    begins = max(turn.now, paused) if ticket.state == State.WAITING and paused is not None else turn.now
    return deadlines.resumed(ticket.due_at, turn.world.calendar_at(ticket.grid), begins, until)


async def unpaused(turn: Turn, ticket: Ticket) -> bool:
    """Somebody goes on with it; where its pause was not over yet the board follows, and the answer is yes."""
    if not await _ended_early(turn, ticket):
        return False
    await replan(turn, ticket)
    return True


async def _ended_early(turn: Turn, ticket: Ticket) -> bool:
    """A ticket that rests no longer has no pause; returns whether its deadline came forward again.

    A day that was agreed on while it rested (延期) stays.
    """
    until = ticket.paused_until
    if until is None or ticket.state == State.WAITING:
        return False
    early = until > turn.now and ticket.due_at is not None and ticket.state in LIVE
    if not early or await _extended_since(ticket):
        await casework.dated(ticket, turn.act, paused_until=None)
        return False
    assert ticket.due_at is not None
    due_at = deadlines.resumed(ticket.due_at, turn.world.calendar_at(ticket.grid), until, turn.now)
    await casework.move(ticket, "recount", turn.act, paused_until=None, due_at=due_at)
    return True


async def _extended_since(ticket: Ticket) -> bool:
    paused, extended = [await ledger.last_line(ticket.no, what) for what in ("suspend", "extend")]
    return paused is not None and extended is not None and extended.id > paused.id


async def relieve(turn: Turn, ticket: Ticket, main: Post | None) -> None:
    """What a deputy has out of the main post's hours comes back to it when they begin."""
    holder = turn.world.directory.staff(ticket.assignee)
    if main is None or holder is None or holder.deputy_of != main.staff:
        return
    at = onduty.next_on_duty(turn.world.calendar_at(ticket.grid), main, turn.now)
    if at > turn.now:
        await board.put(Plan("relief", f"ticket:{ticket.no}", at))


async def gathered(turn: Turn, ticket: Ticket) -> None:
    """Several households about one thing in one place: the leader is warned, once a day."""
    enough = turn.world.directory.profile(ticket.grid).routing.cluster
    day = str(turn.world.local(turn.now).date())
    await clusters.noticed(ticket, enough, turn.now, day, whole=_scattered(turn, ticket.grid))


async def wondered(turn: Turn, candidate: Candidate) -> None:
    """What nobody has judged yet is a signal of the same warning."""
    enough = turn.world.directory.profile(candidate.grid).routing.cluster
    day = str(turn.world.local(turn.now).date())
    await clusters.wondered(candidate, enough, turn.now, day, whole=_scattered(turn, candidate.grid))


def _scattered(turn: Turn, grid: str) -> bool:
    """Whether houses stand apart there: a few neighbours of one hamlet speak of one place."""
    node = turn.world.directory.nodes.get(grid)
    return node is not None and node.kind in SCATTERED


def provisional(turn: Turn, at: datetime) -> str:
    """A word for whoever reckons with a year whose days of rest nobody knows yet."""
    year = turn.world.local(at).year
    return turn.texts.say("route.provisional", year=year) if turn.world.calendar.provisional(year) else ""


def between(turn: Turn, at: datetime, until: datetime | None) -> str:
    """A moment, or the while in which somebody comes: 明天13:00至17:30."""
    if until is None:
        return turn.when(at)
    return turn.texts.say("work.between", at=turn.when(at), until=turn.world.local(until).strftime("%H:%M"))


def subject(ticket: Ticket) -> str:
    """How the board names a ticket."""
    return f"ticket:{ticket.no}"


def plans(ticket: Ticket, now: datetime) -> list[Plan]:
    """What is due of a live ticket as it stands."""
    what, found = subject(ticket), []
    due = ticket.first_reply_due_at
    if ticket.first_reply_at is None and due is not None and due > now:
        found.append(Plan("first_reply", what, due))
    if ticket.due_at is not None and ticket.due_at > now:
        when = f"{ticket.due_at:%Y%m%dT%H%M}"
        if ticket.due_at - WARN_BEFORE > now:
            found.append(Plan("deadline_warning", what, ticket.due_at - WARN_BEFORE, when))
        found.append(Plan("deadline", what, ticket.due_at, when))
    if ticket.arrive_due_at is not None and ticket.arrived_at is None and ticket.arrive_due_at > now:
        found.append(Plan("arrive", what, ticket.arrive_due_at, f"{ticket.arrive_due_at:%Y%m%dT%H%M}"))
    return found


async def plan(turn: Turn, ticket: Ticket) -> None:
    """Put a new ticket's first reply and deadline on the board."""
    await board.put(*plans(ticket, turn.now))


async def replan(turn: Turn, ticket: Ticket) -> None:
    """The ticket has other dates or another state than before: the board follows."""
    await _ended_early(turn, ticket)
    await board.cancel(subject(ticket))
    if ticket.state in LIVE:
        planned = plans(ticket, turn.now)
        await board.again(*planned)
        if ticket.state == State.OPEN and not any(each.kind == "first_reply" for each in planned):
            await _wait_for_taking(turn, ticket)
        if ticket.state == State.WAITING and ticket.paused_until is not None:
            await board.again(Plan("wake", subject(ticket), ticket.paused_until))
        if ticket.promised_at is not None and (ticket.promised_until or ticket.promised_at) > turn.now:
            kept = max(ticket.promised_at + PATIENCE, ticket.promised_until or ticket.promised_at)
            late = max(ticket.promised_at, kept - PATIENCE)  # 今天: towards the end of the day
            remind = ticket.promised_at if ticket.promised_at > turn.now else late
            await board.again(
                Plan("promise", subject(ticket), remind), Plan("promise_kept", subject(ticket), kept)
            )
        if ticket.due_at is not None and ticket.due_at <= turn.now:
            await _wait_for_the_next_level(turn, ticket, ticket.due_at)
    elif ticket.state == State.RESOLVED and ticket.resolved_at is not None:
        await board.again(
            Plan("verdict_lapse", subject(ticket), ticket.resolved_at + VERDICT_AFTER),
            Plan("result_heard", subject(ticket), ticket.resolved_at + HEARD_AFTER),
        )
    else:
        await board.again(Plan("retention", subject(ticket), turn.now + turn.world.conduct.keep_text))


async def answered(ticket: Ticket) -> None:
    """The resident has had his first answer: nobody needs to be chased for it."""
    await board.cancel(subject(ticket), "first_reply")


async def _wait_for_taking(turn: Turn, ticket: Ticket) -> None:
    """A ticket that was answered or is overdue already is chased again until its new holder takes it."""
    spans = turn.world.directory.profile(ticket.grid).chase
    at = turn.world.calendar_at(ticket.grid).add(turn.now, spans.deputy_after.amount, spans.deputy_after.unit)
    await board.again(Plan("first_reply", subject(ticket), at, f"r{turn.id}", {"again": True}))


async def _wait_for_the_next_level(turn: Turn, ticket: Ticket, since: datetime) -> None:
    """A ticket past its deadline still goes up by itself."""
    span = turn.world.directory.profile(ticket.grid).routing.escalate_after
    at = turn.world.calendar_at(ticket.grid).add(since, span.amount, span.unit)
    if at > turn.now:
        await board.again(Plan("deadline_up", subject(ticket), at, f"t{turn.id}"))
