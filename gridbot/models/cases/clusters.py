"""Signals that gather: several households about one kind of thing in one place within two hours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from gridbot.models import board, plain, recent
from gridbot.models.acts import Act
from gridbot.models.board import Plan
from gridbot.models.cases import casework
from gridbot.models.cases.casework import LIVE
from gridbot.models.cases.tickets import Supporter, Ticket
from gridbot.models.database import moment

WITHIN = timedelta(hours=2)
_LIVE = ", ".join(f"'{state}'" for state in LIVE)


@dataclass(frozen=True, slots=True)
class Cluster:
    """What gathered: the live tickets, and how many different people reported or joined them."""

    grid: str
    category: str
    sub: str | None
    place: str
    tickets: tuple[Ticket, ...]
    households: int


async def noticed(ticket: Ticket, enough: int, now: datetime, day: str) -> None:
    """A ticket was opened or joined: enough of one kind in one place make a warning, once a day."""
    place = ticket.building or ticket.landmark or ""
    if not place or ticket.urgency == "emergency":
        return
    just_opened = ticket.opened_at == now
    if just_opened and enough > 1 and recent.only_one(ticket, place, now - WITHIN):
        return
    near = await _near(ticket.grid, ticket.category, place, now)
    if await _people(near) < enough:
        return
    data: dict[str, object] = {"grid": ticket.grid, "category": ticket.category, "place": place}
    what = f"cluster:{ticket.grid}:{ticket.category}:{place}"[:128]
    await board.put(Plan("cluster", what, now, day, data))


async def _near(grid: str, category: str, place: str, now: datetime) -> list[Ticket]:
    return await plain.rows(
        Ticket,
        "WHERE grid = ? AND opened_at >= ? AND category = ? AND (building = ? OR landmark = ?) "
        f"AND reporter <> '' AND state IN ({_LIVE}) ORDER BY no",
        grid, moment(now - WITHIN), category, place, place,
    )  # fmt: skip


async def _people(tickets: list[Ticket]) -> int:
    """How many different people reported or joined these."""
    numbers = [ticket.no for ticket in tickets]
    if not numbers:
        return 0
    joined = await Supporter.filter(ticket__in=numbers).values_list("contact", flat=True)
    return len({ticket.reporter for ticket in tickets} | {str(contact) for contact in joined})


async def found(data: Mapping[str, object], now: datetime) -> Cluster | None:
    """What a row of the board stands for; None where nothing of it is live any more."""
    grid, category, place = (str(data[name]) for name in ("grid", "category", "place"))
    near = await _near(grid, category, place, now)
    if not near:
        return None
    subs = {ticket.sub for ticket in near}
    sub = subs.pop() if len(subs) == 1 else None
    named = next((ticket.place for ticket in near if ticket.landmark == place), "")
    shown = named or f"{place}号楼"
    return Cluster(grid, category, sub, shown, tuple(near), await _people(near))


async def warning(cluster: Cluster, text: str, staff: str, act: Act, note: str) -> Ticket:
    """One number for all of it, for the leader; nobody's words are in it."""
    first = cluster.tickets[0]
    ticket = Ticket(
        kind=first.kind, category=cluster.category, sub=cluster.sub, urgency="high", node=cluster.grid,
        grid=cluster.grid, transport=first.transport, account=first.account, place=cluster.place,
        building=first.building, landmark=first.landmark, summary=text, assignee=staff, sensitive=True,
        confidence=1.0, because=["cluster"], due_at=first.due_at, first_reply_at=act.at,
    )  # fmt: skip
    return await casework.open_ticket(ticket, act, note)
