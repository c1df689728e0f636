"""Finding tickets, candidates and questions: the reads that handlers need, each by an index."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from gridbot.models.casework import LIVE, State
from gridbot.models.mail import Outbox
from gridbot.models.tickets import Candidate, History, Question, Supporter, Ticket, TicketMessage

_NUMBER = re.compile(r"#(\d{1,9})")


async def ticket(no: int) -> Ticket | None:
    return await Ticket.get_or_none(no=no)


async def last_of(contact: str, room: str | None, since: datetime) -> Ticket | None:
    """The newest ticket this person opened in this conversation since a moment, still live."""
    return (
        await Ticket.filter(reporter=contact, opened_at__gte=since, room=room, state__in=LIVE)
        .order_by("-no")
        .first()
    )


async def last_candidate_of(contact: str, room: str | None, since: datetime) -> Candidate | None:
    """The newest unanswered candidate of this person in this conversation since a moment."""
    return (
        await Candidate.filter(contact=contact, at__gte=since, room=room, answer="").order_by("-id").first()
    )


async def same_matter(
    grid: str, category: str, sub: str | None, building: str | None, since: datetime
) -> Ticket | None:
    """A live ticket about the same thing in the same building, opened since a moment.

    Where neither tells a building the grid counts as one place.
    """
    found = Ticket.filter(grid=grid, opened_at__gte=since, category=category, state__in=LIVE)
    for other in await found.order_by("-no").limit(20):
        if building and other.building and building != other.building:
            continue
        if sub and other.sub and sub != other.sub:
            continue
        return other
    return None


async def newest_in_room(room: str, since: datetime) -> Ticket | None:
    """The newest live ticket reported in a group since a moment: what 我家也是 joins."""
    return await Ticket.filter(room=room, opened_at__gte=since, state__in=LIVE).order_by("-no").first()


async def by_message(room: str | None, message: str) -> Ticket | None:
    """The ticket a quoted message belongs to."""
    row = await TicketMessage.filter(message=message, room=room, ticket__isnull=False).order_by("-id").first()
    return await ticket(row.ticket) if row and row.ticket else None


async def candidate_by_message(room: str | None, message: str) -> Candidate | None:
    return await Candidate.filter(message=message, room=room).order_by("-id").first()


async def assigned(staff: str, states: Sequence[State] = LIVE) -> list[Ticket]:
    """What a worker has to do, the most urgent deadline first."""
    return await Ticket.filter(assignee=staff, state__in=states).order_by("due_at", "no")


async def reported_by(contact: str) -> list[Ticket]:
    """What a resident reported, newest first."""
    return await Ticket.filter(reporter=contact).order_by("-no").limit(50)


async def at_nodes(nodes: Sequence[str], states: Sequence[State] = LIVE) -> list[Ticket]:
    return await Ticket.filter(grid__in=list(nodes), state__in=states).order_by("due_at", "no")


async def candidate(number: int) -> Candidate | None:
    return await Candidate.get_or_none(id=number)


async def supporters(no: int) -> list[Supporter]:
    return await Supporter.filter(ticket=no).order_by("id")


async def history(no: int) -> list[History]:
    return await History.filter(ticket=no).order_by("id")


async def messages(no: int) -> list[TicketMessage]:
    return await TicketMessage.filter(ticket=no).order_by("id")


async def questions(contact: str, lane: str, now: datetime, kind: str | None = None) -> list[Question]:
    """What a person was asked in a place and has not answered, newest first."""
    asked = Question.filter(contact=contact, lane=lane, expires_at__gt=now)
    if kind:
        asked = asked.filter(kind=kind)
    return await asked.order_by("-id")


async def drop_questions(subject: int, *kinds: str) -> None:
    """The matter is settled: nobody needs to answer about it any more."""
    await Question.filter(subject=subject, kind__in=kinds).delete()


async def about_sent(message: str, text: str) -> int | None:
    """The ticket that a message of the bot's own was about, by its id, else by the number in its text."""
    row = await Outbox.filter(sent_id=message, ticket__isnull=False).order_by("-id").first()
    if row is not None:
        return row.ticket
    found = _NUMBER.search(text)
    return int(found[1]) if found else None


async def attended(now: datetime, since: datetime) -> set[tuple[str, str]]:
    """(room, contact) of whoever said something about a ticket since a moment or owes an answer there."""
    said = TicketMessage.filter(at__gte=since, room__isnull=False)
    asked = Question.filter(expires_at__gt=now, lane__contains="/#")
    found = {(room, contact) for room, contact in await said.values_list("room", "contact")}
    return found | {
        (lane.split("/#", 1)[1], contact) for lane, contact in await asked.values_list("lane", "contact")
    }


async def forget_questions(now: datetime) -> None:
    """Drop questions that can no longer be answered."""
    await Question.filter(expires_at__lte=now).delete()
