"""What staff, departments and nodes have to do, have too long, or have done."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from gridbot import jsons
from gridbot.models import plain
from gridbot.models.cases.casework import BAD, LIVE, LIVE_SQL, State
from gridbot.models.cases.ledger import tickets
from gridbot.models.cases.parties import Party
from gridbot.models.cases.tickets import History, Ticket
from gridbot.models.database import first, is_sqlite, moment
from gridbot.models.territory.directory import Directory

MANY_NODES = 1000  # of more the open tickets are gone through by deadline
PAGE = 1000


async def assigned(staff: str, states: Sequence[State] = LIVE) -> list[Ticket]:
    """What a worker has to do, the most urgent deadline first."""
    return await Ticket.filter(assignee=staff, state__in=states).order_by("due_at", "no")


@dataclass(frozen=True, slots=True)
class Held:
    """How many open tickets somebody has, and how many of them are past their time."""

    staff: str
    count: int
    late: int


async def held(nodes: Sequence[str], now: datetime) -> list[Held]:
    """Who has how many open tickets of these nodes; those that nobody has are left out."""
    here, values = open_here(nodes)
    rows = await plain.table(
        "SELECT assignee, COUNT(*), SUM(CASE WHEN due_at < ? THEN 1 ELSE 0 END) "
        f"FROM ticket {here} AND assignee IS NOT NULL GROUP BY assignee",
        moment(now),
        *values,
    )
    return [Held(str(staff), int(count), int(late)) for staff, count, late in rows]


async def of_department(department: str) -> list[Ticket]:
    """What a department was called to and has not finished."""
    found = await Ticket.filter(state__in=LIVE).order_by("due_at", "no").limit(2000)
    return [each for each in found if department in each.departments]


async def numbers_of(department: str) -> set[int]:
    """The tickets a department was called to and did not give back."""
    rows = Party.filter(who=department, department=True).exclude(state="returned")
    return {int(str(no)) for no in await rows.values_list("ticket", flat=True)}


async def open_at(
    nodes: Collection[str], most: int, *, department: str = "", everything: bool = False
) -> tuple[list[Ticket], int]:
    """The first `most` open tickets of these nodes (that a department has), by deadline, and how many.

    `everything`: they are all the nodes there are, so that nothing needs to be compared.
    """
    if department:
        numbers = sorted(await numbers_of(department))
        found = [
            row
            for row in (await tickets(map(str, numbers))).values()
            if row.state in LIVE and row.grid in nodes
        ]
        found.sort(key=lambda row: (row.due_at is None, row.due_at, row.no))
        return found[:most], len(found)
    named = list(nodes)
    if everything or len(named) > MANY_NODES:
        count = await _how_many(named, everything=everything)
        return await _soonest(set(named), min(most, count)), count
    here, values = open_here(named)
    rows = await plain.rows(Ticket, f"{here} ORDER BY due_at, no LIMIT {most}", *values)
    return rows, int(str(await first(f"SELECT COUNT(*) FROM ticket {here}", *values)))


def open_here(nodes: Sequence[str]) -> tuple[str, Sequence[object]]:
    """The condition for the open tickets of some nodes: an index answers it, however many are closed."""
    if is_sqlite():
        return f"WHERE state IN {LIVE_SQL} AND grid IN ({', '.join('?' * len(nodes))})", nodes
    return f"WHERE state IN {LIVE_SQL} AND grid = ANY(?::text[])", (list(nodes),)


async def _how_many(nodes: list[str], *, everything: bool) -> int:
    """How many tickets of very many nodes are open: the open ones are few, and are compared by themselves."""
    if everything:
        return int(str(await first(f"SELECT COUNT(*) FROM ticket WHERE state IN {LIVE_SQL}")))
    within = "IN (SELECT value FROM json_each(?))" if is_sqlite() else "= ANY(?::text[])"
    live = f"WITH live AS MATERIALIZED (SELECT grid FROM ticket WHERE state IN {LIVE_SQL})"
    value = jsons.written(nodes) if is_sqlite() else nodes
    return int(str(await first(f"{live} SELECT COUNT(*) FROM live WHERE grid {within}", value)))


async def _soonest(nodes: Collection[str], most: int) -> list[Ticket]:
    """The open tickets of very many nodes whose deadline comes first: state by state, along the index."""
    found: list[int] = []
    for state in LIVE:
        mine: list[int] = []
        start = 0
        while len(mine) < most:
            page = f"WHERE state = ? ORDER BY due_at LIMIT {PAGE} OFFSET {start}"
            rows = await plain.table(f"SELECT no, grid FROM ticket {page}", state)
            mine += [no for no, grid in rows if grid in nodes]
            start += PAGE
            if len(rows) < PAGE:
                break
        found += mine[:most]
    rows_of = await tickets(map(str, found))
    return sorted(rows_of.values(), key=lambda row: (row.due_at is None, row.due_at, row.no))[:most]


async def due_until(staff: Sequence[str], until: datetime) -> list[Ticket]:
    """What these people have to finish before a moment, the nearest deadline first."""
    if not staff:
        return []
    people, states = ", ".join("?" * len(staff)), ", ".join("?" * len(LIVE))
    live = f"WHERE assignee IN ({people}) AND state IN ({states}) AND due_at < ? ORDER BY due_at, no"
    return await plain.rows(Ticket, live, *staff, *LIVE, moment(until))


async def live_until_later(now: datetime, after: int, limit: int) -> list[Ticket]:
    """Live tickets whose deadline lies ahead, by number: the first few above `after`."""
    later = f"WHERE state IN {LIVE_SQL} AND due_at > ? AND no > ? ORDER BY no LIMIT ?"
    return await plain.rows(Ticket, later, moment(now), after, limit)


async def orphans(directory: Directory) -> list[Ticket]:
    """Open tickets whose holder has no post any more that covers their grid."""
    held = Ticket.filter(state__in=LIVE).exclude(assignee=None)
    pairs = await held.distinct().values_list("assignee", "grid")
    lost = {
        (staff, grid)
        for staff, grid in pairs
        if not any(directory.inside(grid, post.node) for post in directory.posts_of(staff))
    }
    if not lost:
        return []
    found = await Ticket.filter(state__in=LIVE, assignee__in=[staff for staff, _ in lost]).order_by("no")
    return [each for each in found if (each.assignee, each.grid) in lost]


async def finished(nodes: Sequence[str], since: datetime) -> list[Ticket]:
    """What was resolved at these nodes since a moment and not taken back."""
    done = (State.RESOLVED, State.CLOSED)
    return await Ticket.filter(grid__in=list(nodes), state__in=done, resolved_at__gte=since).order_by("no")


async def unreviewed(grids: Sequence[str], since: datetime) -> list[Ticket]:
    """What was finished at these nodes since a moment, closed as 不满意 and not looked into, oldest first."""
    if not grids:
        return []
    bad = Ticket.filter(satisfaction=BAD, state=State.CLOSED, grid__in=grids, resolved_at__gte=since)
    mine = await bad.order_by("no")
    seen = History.filter(ticket__in=[each.no for each in mine], what__in=("verdict", "review", "recheck"))
    last = {line.ticket: line.what for line in await seen.order_by("id")} if mine else {}
    return [each for each in mine if last.get(each.no) == "verdict"]
