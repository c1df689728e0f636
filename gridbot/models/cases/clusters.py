"""Signals that gather: several households about one kind of thing in one place within two hours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from gridbot.models import board, plain, recent
from gridbot.models.acts import Act
from gridbot.models.board import Plan
from gridbot.models.cases import casework, ledger
from gridbot.models.cases.casework import LIVE
from gridbot.models.cases.tickets import Candidate, Supporter, Ticket
from gridbot.models.database import moment

WITHIN = timedelta(hours=2)
THINGS = frozenset({"public_facility"})  # sorts of things, a lift or a lamp: two of them never gather
WHOLE = "*"  # the place is the grid itself
_LIVE = ", ".join(f"'{state}'" for state in LIVE)


@dataclass(frozen=True, slots=True)
class Cluster:
    """What gathered: the live tickets, what nobody has judged yet, and how many different people said so."""

    grid: str
    category: str
    sub: str | None
    place: str
    tickets: tuple[Ticket, ...]
    unsure: tuple[Candidate, ...]
    households: int


async def noticed(ticket: Ticket, enough: int, now: datetime, day: str, *, whole: bool = False) -> None:
    """A ticket was opened or joined: enough of one kind in one place make a warning, once a day.

    `whole`: the place is all of the grid, a hamlet whose houses stand apart.
    """
    place, since = WHOLE if whole else ticket.building or ticket.landmark or "", now - WITHIN
    if not place or ticket.urgency == "emergency":
        return
    spot = None if whole else place
    alone = ticket.opened_at == now and enough > 1 and recent.only_one(ticket, spot, since)
    if alone and recent.nothing_unsure(ticket.grid, ticket.category, since, ticket.reporter):
        return
    await _gather(ticket.grid, ticket.category, ticket.sub or "", place, enough, now, day)


async def wondered(
    candidate: Candidate, enough: int, now: datetime, day: str, *, whole: bool = False
) -> None:
    """Something that may be a report came in: it is a signal too, as long as nobody has judged it."""
    grid, category, place = candidate.grid, candidate.category, WHOLE if whole else _place(candidate)
    if not place or not category or candidate.reading.get("urgency") == "emergency":
        return
    alone = recent.nothing_unsure(grid, category, now - WITHIN, candidate.contact)
    if alone and enough > 1 and recent.no_like_matter(grid, category, None, None, now - WITHIN):
        return
    await _gather(grid, category, str(candidate.reading.get("sub") or ""), place, enough, now, day)


def _place(candidate: Candidate) -> str:
    return str(candidate.reading.get("building") or candidate.reading.get("landmark") or "")


async def _gather(
    grid: str, category: str, sub: str, place: str, enough: int, now: datetime, day: str
) -> None:
    if _too_few(grid, category, place, enough, now):
        return
    sub = sub if category in THINGS else ""
    near, unsure = await _alike(grid, category, sub, place, now)
    if await _homes(near, unsure) < enough:
        return
    data: dict[str, object] = {"grid": grid, "category": category, "sub": sub, "place": place}
    what = f"cluster:{grid}:{category}:{sub}:{place}" if sub else f"cluster:{grid}:{category}:{place}"
    await board.put(Plan("cluster", what[:128], now, day, data))


def _too_few(grid: str, category: str, place: str, enough: int, now: datetime) -> bool:
    """Whether it is known without a look at them that there are fewer reports, and nobody beside them."""
    numbers = recent.like(grid, category, None if place == WHOLE else place, now - WITHIN)
    alone = numbers is not None and len(numbers) < enough and recent.nobody_joined(numbers)
    return alone and recent.nothing_unsure(grid, category, now - WITHIN, "")


async def _alike(
    grid: str, category: str, sub: str, place: str, now: datetime
) -> tuple[list[Ticket], list[Candidate]]:
    """Those of one sort: a lift and a lamp are two things, what nobody has sorted may be either."""
    near, unsure = await _near(grid, category, place, now), await _unsure(grid, category, place, now)
    if not sub:
        return near, unsure
    same = [each for each in near if not each.sub or each.sub == sub]
    return same, [each for each in unsure if str(each.reading.get("sub") or sub) == sub]


async def _near(grid: str, category: str, place: str, now: datetime) -> list[Ticket]:
    numbers = recent.like(grid, category, None if place == WHOLE else place, now - WITHIN)
    if numbers is not None:
        known = [row for no in numbers if (row := await ledger.ticket(no)) is not None]
        return [row for row in known if row.state in LIVE and row.reporter]
    here, spot = (" AND (building = ? OR landmark = ?)", (place, place)) if place != WHOLE else ("", ())
    return await plain.rows(
        Ticket,
        f"WHERE grid = ? AND opened_at >= ? AND category = ?{here} "
        f"AND reporter <> '' AND state IN ({_LIVE}) ORDER BY no",
        grid, moment(now - WITHIN), category, *spot,
    )  # fmt: skip


async def _unsure(grid: str, category: str, place: str, now: datetime) -> list[Candidate]:
    if recent.nothing_unsure(grid, category, now - WITHIN, ""):
        return []
    found = await plain.rows(
        Candidate, "WHERE answer = '' AND grid = ? AND at >= ? AND category = ? ORDER BY id",
        grid, moment(now - WITHIN), category,
    )  # fmt: skip
    if place == WHOLE:
        return found
    return [each for each in found if place in (each.reading.get("building"), each.reading.get("landmark"))]


async def _homes(tickets: list[Ticket], unsure: list[Candidate]) -> int:
    """How many households reported or joined these; whoever is bound to none counts as one."""
    homes = {ticket.reporter: ticket.household or ticket.reporter for ticket in tickets}
    numbers = [ticket.no for ticket in tickets]
    if numbers and not recent.nobody_joined(numbers):
        joined = await Supporter.filter(ticket__in=numbers).values_list("contact", "household")
        homes |= {str(contact): str(household or contact) for contact, household in joined}
    return len({*homes.values(), *(each.contact for each in unsure if each.contact not in homes)})


async def found(data: Mapping[str, object], now: datetime) -> Cluster | None:
    """What a row of the board stands for; None where nothing of it is live any more."""
    grid, category, place = (str(data[name]) for name in ("grid", "category", "place"))
    near, unsure = await _alike(grid, category, str(data.get("sub") or ""), place, now)
    if not near and not unsure:
        return None
    subs = {ticket.sub for ticket in near} or {str(each.reading.get("sub") or "") for each in unsure}
    sub = subs.pop() if len(subs) == 1 else None
    places = {ticket.landmark: ticket.place for ticket in near}
    places |= {str(each.reading.get("landmark")): str(each.reading.get("place")) for each in unsure}
    shown = "" if place == WHOLE else places.get(place) or f"{place}号楼"
    return Cluster(grid, category, sub or None, shown, tuple(near), tuple(unsure), await _homes(near, unsure))


async def warning(cluster: Cluster, text: str, staff: str, act: Act, note: str) -> Ticket:
    """One number for all of it, for the leader; nobody's words are in it."""
    first = cluster.tickets[0] if cluster.tickets else None
    said = cluster.unsure[0].reading if first is None else {}
    source = first or cluster.unsure[0]
    ticket = Ticket(
        kind=source.kind, category=cluster.category, sub=cluster.sub, urgency="high", node=cluster.grid,
        grid=cluster.grid, transport=source.transport, account=source.account, place=cluster.place,
        building=first.building if first else said.get("building"),
        landmark=first.landmark if first else said.get("landmark"),
        summary=text, assignee=staff, sensitive=True, confidence=1.0, because=["cluster"],
        due_at=first.due_at if first else None, first_reply_at=act.at,
    )  # fmt: skip
    return await casework.open_ticket(ticket, act, note)
