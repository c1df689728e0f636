"""Opening a ticket from a reading: its grid, its owner, its deadlines, its cards. Used by every way in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from gridbot.handlers import cards
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models import board, casework
from gridbot.models.board import Plan
from gridbot.models.directory import Post
from gridbot.models.people import Person
from gridbot.models.tickets import Ticket
from gridbot.nlp import Reading, Urgency
from gridbot.nlp.reading import Place

WARN_BEFORE = timedelta(hours=2)


def grid_of(turn: Turn, reading: Reading) -> str:
    """Where the matter belongs: the named landmark's node, else the group's, else the speaker's home."""
    place = reading.place
    if place is not None and place.node and place.node in turn.world.directory.nodes:
        return place.node
    return turn.grid


def said_place(place: Place | None) -> str:
    """A place as staff read it."""
    if place is None:
        return ""
    if place.landmark and place.landmark not in place.text:
        return f"{place.text}（{place.landmark}）" if place.text else place.landmark
    return place.text


def home_place(person: Person) -> str:
    home = person.home
    return "-".join(part for part in (home.building, home.unit, home.room) if part) if home else ""


async def open_ticket(
    turn: Turn,
    reading: Reading,
    *,
    reporter: Person | None = None,
    text: str | None = None,
    note: str = "",
    worker: Post | None = None,
) -> tuple[Ticket, list[Say]]:
    """Open a ticket and return it with the cards for whoever has to act.

    First reply and deadline come from the profile in force; they are planned on the board.
    """
    person = reporter or turn.person
    grid = grid_of(turn, reading)
    category = reading.category or "other"
    level = turn.world.directory.profile(grid).service_level(category, reading.sub, reading.urgency)
    calendar = turn.world.calendar
    worker = worker or turn.world.directory.worker(grid)
    place, home = reading.place, person.home
    ticket = Ticket(
        kind=reading.kind if reading.kind in ("issue", "service") else "issue",
        category=category,
        sub=reading.sub,
        urgency=reading.urgency,
        node=grid,
        grid=grid,
        transport=turn.heard.where.transport,
        account=turn.heard.where.account,
        room=turn.heard.where.room,
        reporter=person.contact,
        household=home.id if home else None,
        place=said_place(place) or home_place(person),
        building=(place.building if place else None) or (home.building if home else None) or None,
        unit=(place.unit if place else None) or None,
        landmark=place.landmark if place else None,
        summary=turn.heard.text if text is None else text,
        assignee=worker.staff if worker else None,
        sensitive=_sensitive(turn, grid, category) or "anonymous" in reading.flags,
        confidence=reading.confidence,
        because=[because.rule for because in reading.because],
        first_reply_due_at=calendar.add(turn.now, level.first_reply.amount, level.first_reply.unit),
        due_at=calendar.add(turn.now, level.deadline.amount, level.deadline.unit),
    )
    await casework.open_ticket(ticket, turn.act, note or "、".join(b.rule for b in reading.because))
    await casework.add_message(
        ticket,
        room=turn.heard.where.room,
        contact=person.contact,
        message=turn.heard.id,
        text=ticket.summary,
        media=[item.kind.value for item in turn.media],
        at=turn.now,
    )
    await plan_chase(turn, ticket)
    return ticket, await _cards(turn, ticket, worker)


def _sensitive(turn: Turn, grid: str, category: str) -> bool:
    known = turn.world.directory.profile(grid).categories.get(category)
    return known is not None and known.sensitive


async def plan_chase(turn: Turn, ticket: Ticket) -> None:
    """Put the ticket's first reply and deadline on the board; planned once for each ticket."""
    what = f"ticket:{ticket.no}"
    assert ticket.first_reply_due_at is not None and ticket.due_at is not None
    warn_at = max(turn.now, ticket.due_at - WARN_BEFORE)
    await board.put(
        Plan("first_reply", what, ticket.first_reply_due_at),
        Plan("deadline_warning", what, warn_at, ticket.due_at.isoformat()),
        Plan("deadline", what, ticket.due_at, ticket.due_at.isoformat()),
    )


async def _cards(turn: Turn, ticket: Ticket, worker: Post | None) -> list[Say]:
    """The worker's card; in an emergency the deputy and the leader get it in the same moment."""
    says: list[Say] = []
    for contact in _who_acts(turn, ticket, worker):
        says += await cards.ticket_card(turn, ticket, contact)
    return says


def _who_acts(turn: Turn, ticket: Ticket, worker: Post | None) -> Sequence[str]:
    directory = turn.world.directory
    people = [worker]
    if ticket.urgency == Urgency.EMERGENCY:
        people += [
            directory.deputy(worker.staff) if worker else None,
            directory.leader(ticket.grid, but=worker.staff if worker else None),
        ]
    found = dict.fromkeys(post.contact for post in people if post is not None and post.contact)
    return list(found) or _next_up(turn, ticket)


def _next_up(turn: Turn, ticket: Ticket) -> list[str]:
    """Nobody bound at the grid: whoever leads above it and can be reached, never nowhere."""
    for node in turn.world.directory.up(ticket.grid):
        reachable = [post.contact for post in turn.world.directory.at(node.code) if post.contact]
        if reachable:
            return reachable[:1]
    return []
