"""What becomes due of a ticket: its first reply, its deadline, the closing without a verdict."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from gridbot.handlers.turn import Turn
from gridbot.models import board
from gridbot.models.board import Plan
from gridbot.models.casework import LIVE, State
from gridbot.models.tickets import Ticket
from gridbot.nlp import Urgency
from gridbot.profiles.values import ServiceLevel

WARN_BEFORE = timedelta(hours=2)
VERDICT_AFTER = timedelta(hours=72)
BY_CLOCK = frozenset({"MINUTE", "HOUR"})


@dataclass(frozen=True, slots=True)
class Due:
    """By when a person answers and by when the matter is done (UTC)."""

    first_reply: datetime
    deadline: datetime

    @classmethod
    def of(cls, turn: Turn, level: ServiceLevel, urgency: str, at: datetime | None = None) -> Due:
        """A service level's spans from a moment on; ordinary matters of the night begin in the morning."""
        at = at or turn.now
        waits = urgency not in (Urgency.EMERGENCY, Urgency.HIGH) and turn.world.quiet(at)
        morning = turn.world.quiet_ends(at) if waits else at
        add = turn.world.calendar.add
        reply, done = level.first_reply, level.deadline
        return cls(
            first_reply=add(morning if reply.unit in BY_CLOCK else at, reply.amount, reply.unit),
            deadline=add(morning if done.unit in BY_CLOCK else at, done.amount, done.unit),
        )


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
    return found


async def plan(turn: Turn, ticket: Ticket) -> None:
    """Put a new ticket's first reply and deadline on the board."""
    await board.put(*plans(ticket, turn.now))


async def replan(turn: Turn, ticket: Ticket) -> None:
    """The ticket has other dates or another state than before: the board follows."""
    await board.cancel(subject(ticket))
    if ticket.state in LIVE:
        planned = plans(ticket, turn.now)
        await board.again(*planned)
        if ticket.state == State.OPEN and not any(each.kind == "first_reply" for each in planned):
            await _wait_for_taking(turn, ticket)
        if ticket.state == State.WAITING and ticket.paused_until is not None:
            await board.again(Plan("wake", subject(ticket), ticket.paused_until))
        if ticket.promised_at is not None and ticket.promised_at > turn.now:
            await board.again(Plan("promise", subject(ticket), ticket.promised_at))
    elif ticket.state == State.RESOLVED and ticket.resolved_at is not None:
        await board.again(Plan("verdict_lapse", subject(ticket), ticket.resolved_at + VERDICT_AFTER))
    else:
        await board.again(Plan("retention", subject(ticket), turn.now + turn.world.conduct.keep_text))


async def answered(ticket: Ticket) -> None:
    """The resident has had his first answer: nobody needs to be chased for it."""
    await board.cancel(subject(ticket), "first_reply")


async def _wait_for_taking(turn: Turn, ticket: Ticket) -> None:
    """A ticket that was answered or is overdue already is chased again until its new holder takes it."""
    spans = turn.world.directory.profile(ticket.grid).chase
    at = turn.world.calendar.add(turn.now, spans.deputy_after.amount, spans.deputy_after.unit)
    await board.again(Plan("first_reply", subject(ticket), at, f"r{turn.id}", {"again": True}))
