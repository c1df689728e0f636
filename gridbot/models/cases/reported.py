"""What somebody reported, or joined: each read by an index."""

from __future__ import annotations

from datetime import datetime

from gridbot.models import recent
from gridbot.models.cases.casework import LIVE, LIVE_SQL
from gridbot.models.cases.ledger import live, ticket
from gridbot.models.cases.tickets import Question, Supporter, Ticket, TicketMessage
from gridbot.models.database import first, moment


async def last_of(contact: str, room: str | None, since: datetime) -> Ticket | None:
    """The newest ticket this person opened in this conversation since a moment, still live."""
    if (known := recent.reported(contact, since)) is not None:
        return next((row for row in await live(known) if (row.room or "") == (room or "")), None)
    no = await first(
        f"SELECT no FROM ticket WHERE reporter = ? AND opened_at >= ? AND COALESCE(room, '') = ? "
        f"AND state IN {LIVE_SQL} ORDER BY no DESC LIMIT 1",
        contact,
        moment(since),
        room or "",
    )
    return None if no is None else await ticket(int(str(no)))


async def last_of_person(contact: str, since: datetime) -> Ticket | None:
    """The newest ticket of a person since a moment, wherever he reported it, still live."""
    if (known := recent.reported(contact, since)) is not None:
        return next(iter(await live(known)), None)
    return await Ticket.filter(reporter=contact, opened_at__gte=since, state__in=LIVE).order_by("-no").first()


async def lately(contact: str, since: datetime) -> list[Ticket]:
    """What a person reported since a moment that is still live, newest first."""
    if (known := recent.reported(contact, since)) is not None:
        return await live(known)
    return await Ticket.filter(reporter=contact, opened_at__gte=since, state__in=LIVE).order_by("-no")


async def by(contact: str) -> list[Ticket]:
    """What a resident reported, newest first."""
    return await Ticket.filter(reporter=contact).order_by("-no").limit(50)


async def concerning(contact: str) -> list[Ticket]:
    """What a resident reported or joined, newest first."""
    joined = await Supporter.filter(contact=contact).order_by("-id").limit(50)
    others = await Ticket.filter(no__in=[row.ticket for row in joined]) if joined else []
    mine = {each.no: each for each in [*await by(contact), *others]}
    return sorted(mine.values(), key=lambda each: -each.no)


async def opened_with(one: Ticket) -> list[Ticket]:
    """The other live tickets that the same message opened."""
    found = Ticket.filter(reporter=one.reporter, opened_at=one.opened_at, state__in=LIVE).exclude(no=one.no)
    return [other for other in await found.order_by("no") if other.room == one.room]


async def grid_of(contact: str) -> str:
    """The grid of the newest ticket somebody reported; "" where he never did."""
    newest = await Ticket.filter(reporter=contact).order_by("-no").first().values("grid")
    return str(newest["grid"]) if newest else ""


async def attended(now: datetime, since: datetime) -> set[tuple[str, str]]:
    """(room, contact) of whoever said something about a ticket since a moment or owes an answer there."""
    said = TicketMessage.filter(at__gte=since, room__isnull=False)
    asked = Question.filter(expires_at__gt=now, lane__contains="/#")
    found = {(room, contact) for room, contact in await said.values_list("room", "contact")}
    return found | {
        (lane.split("/#", 1)[1], contact) for lane, contact in await asked.values_list("lane", "contact")
    }
