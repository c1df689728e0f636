"""The board of what is due: put, cancel, claim. Time is a table, not a thousand timers."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import field
from datetime import UTC, datetime
from typing import NamedTuple

from gridbot import jsons
from gridbot.models import ahead, plain
from gridbot.models.batch import Change, Into, keeping, running
from gridbot.models.database import (
    MOST_WAITING,
    as_moment,
    connection,
    first,
    insert,
    is_sqlite,
    moment,
    parameters,
)
from gridbot.models.duty.duties import Due
from gridbot.values import value

NEVER = datetime.min.replace(tzinfo=UTC)
REST = "rest"  # outcome of an occurrence that fell on a day of rest, or whose rule has changed
COLUMNS = ("kind", "what", "occurrence", "due_at", "data", "outcome")
ONCE = "ON CONFLICT (kind, what, occurrence)"
NEW = Into("due", COLUMNS, f"{ONCE} DO NOTHING")
PUT, SETTLE, AGAIN = 0, 1, 2  # what becomes of an occurrence that is there already
PLANNED = Into(
    "due",
    COLUMNS,
    f"{ONCE} DO UPDATE SET due_at = excluded.due_at, data = excluded.data, outcome = '', done_at = NULL "
    f"WHERE ? = {AGAIN} OR (? = {SETTLE} AND (due.due_at IS NOT NULL OR due.outcome = '{REST}'))",
)
DONE = Change("due", "UPDATE due SET due_at = NULL, outcome = ?, done_at = ? WHERE id = ?")
# What waits, and who has the ticket it is about. `ticket` is looked up for subjects like "ticket:12" alone.
WAITING = (
    "SELECT due.id, due.kind, due.what, ticket.assignee, ticket.node, due.due_at FROM due LEFT JOIN ticket "
    "ON ticket.no = CASE WHEN due.what LIKE 'ticket:%' THEN CAST(substr(due.what, 8) AS INTEGER) END WHERE"
)
PAGED = "ORDER BY due.due_at, due.id LIMIT ?"
PAGE = 1000  # rows read at once, so that nobody waits for long
AHEAD = 300  # rows read ahead at most
SEVERAL = 20  # rows that are done together: from here on one statement for all is cheaper


@value(frozen=True, slots=True)
class Plan:
    """Something to happen at `due_at` (UTC), once for each (kind, what, occurrence)."""

    kind: str
    what: str
    due_at: datetime
    occurrence: str = ""
    data: dict[str, object] = field(default_factory=dict)


class Waiting(NamedTuple):
    """A row that waits; `assignee` and `node` are its ticket's, where it is about one."""

    id: int
    kind: str
    what: str
    assignee: str | None
    node: str | None
    due_at: object  # as the database has it


async def put(*plans: Plan) -> None:
    """Plan occurrences; one already planned (or already done) stays as it is."""
    await _plan(plans, PUT)


async def again(*plans: Plan) -> None:
    """Plan occurrences anew, also those that were dropped or done before."""
    await _plan(plans, AGAIN)


async def settle(*plans: Plan) -> None:
    """Plan occurrences, and move to their moment those that still wait or fell on a day of rest."""
    await _plan(plans, SETTLE)


async def _plan(plans: Sequence[Plan], manner: int) -> None:
    rows = [(p.kind, p.what, p.occurrence, moment(p.due_at), jsons.written(p.data), "") for p in plans]
    if manner == PUT and len(rows) > MOST_WAITING:
        await insert(NEW, rows)
    else:
        await insert(PLANNED, [(*row, manner, manner) for row in rows])
    if plans and running() is not None:
        keys = [] if manner == PUT else [(p.kind, p.what, p.occurrence) for p in plans]
        ahead.planned(keys, min(p.due_at for p in plans))


async def move(*plans: Plan) -> None:
    """Give occurrences that still wait another moment; nothing else is touched."""
    for plan in plans:
        waiting = Due.filter(kind=plan.kind, what=plan.what, occurrence=plan.occurrence)
        await waiting.filter(due_at__isnull=False).update(due_at=plan.due_at)


async def waiting(kind: str) -> list[Due]:
    """All that waits of one kind."""
    return await plain.rows(Due, "WHERE kind = ? AND due_at IS NOT NULL ORDER BY id", kind)


async def cancel(what: str, *kinds: str) -> None:
    """Drop what is still due about a subject (of these kinds; all when none is named)."""
    named = f" AND kind IN ({', '.join('?' * len(kinds))})" if kinds else ""
    with keeping("due"):
        await connection().execute_query(
            parameters(
                "UPDATE due SET due_at = NULL, outcome = 'dropped' "
                f"WHERE what = ? AND due_at IS NOT NULL{named}"
            ),
            [what, *kinds],
        )
    ahead.dropped(what, kinds)


def known_until(until: datetime) -> bool:
    """Whether the running batch knows all that waits until a moment."""
    return ahead.covers(until)


async def look(until: datetime) -> list[Due]:
    """Read once for the running batch what falls due up to a moment, as far as it is not too much.

    Returns what was not known before. Without a batch nothing is read.
    """
    if running() is None:
        return []
    if (gap := ahead.gap()) is not None and (missing := await _missing(gap)) is not None:
        ahead.fill(missing)
        if ahead.covers(until) or ahead.first(until) is not None:
            return missing
    rows = await plain.rows(Due, "WHERE due_at <= ? ORDER BY due_at, id LIMIT ?", moment(until), AHEAD)
    if len(rows) == AHEAD:  # of the last moment there may be more
        last = rows[-1].due_at
        assert last is not None
        rows = [row for row in rows if row.due_at != last]
        until = last - datetime.resolution
    ahead.look(rows, until)
    return rows


async def _missing(gap: ahead.Gap) -> list[Due] | None:
    """What waits in a gap of what is known; None where it is too much."""
    but = f" AND id NOT IN ({', '.join('?' * len(gap.ids))})" if gap.ids else ""
    between = f"WHERE due_at > ? AND due_at <= ?{but} ORDER BY due_at, id LIMIT ?"
    rows = await plain.rows(Due, between, moment(gap.since), moment(gap.until), *gap.ids, AHEAD)
    return rows if len(rows) < AHEAD else None


async def due(until: datetime, limit: int) -> list[Due]:
    """What is due up to a moment, earliest first; on PostgreSQL locked until the transaction ends."""
    if ahead.covers(until):
        return ahead.take(until, limit)
    ahead.forget()
    lock = "" if is_sqlite() else "FOR UPDATE SKIP LOCKED"
    earliest = f"WHERE due_at <= ? ORDER BY due_at, id LIMIT ? {lock}"
    return await plain.rows(Due, earliest, moment(until), limit)


_TOLD = "id, kind, what, occurrence, due_at, data"  # of a row, to whoever does it


async def named(ids: Sequence[int], until: datetime) -> list[Due]:
    """Of these rows what still waits and is due up to a moment, in this order; locked as by `due`."""
    lock = "" if is_sqlite() else "FOR UPDATE SKIP LOCKED"
    marks = ", ".join("?" * len(ids))
    found = await plain.some(Due, _TOLD, f"WHERE id IN ({marks}) AND due_at <= ? {lock}", *ids, moment(until))
    place = {number: n for n, number in enumerate(ids)}
    return sorted(found, key=lambda row: place[row.id])


async def crowded(until: datetime, most: int) -> bool:
    """Whether more than so many are due up to a moment."""
    if ahead.covers(until):
        return False
    sql = "SELECT 1 FROM due WHERE due_at <= ? ORDER BY due_at LIMIT 1 OFFSET ?"
    return await first(sql, moment(until), most) is not None


async def crowd(until: datetime) -> AsyncIterator[list[Waiting]]:
    """All that is due up to a moment, earliest first, some at a time, with whoever has its ticket."""
    last, number = moment(NEVER), 0
    while True:
        page = await plain.table(f"{WAITING} due.due_at = ? AND due.id > ? {PAGED}", last, number, PAGE)
        if len(page) < PAGE:
            rest = f"{WAITING} due.due_at > ? AND due.due_at <= ? {PAGED}"
            page += await plain.table(rest, last, moment(until), PAGE - len(page))
        if page:
            yield [Waiting._make(row) for row in page]
        if len(page) < PAGE:
            return
        number, last = page[-1][0], page[-1][5]


async def done(rows: Sequence[Due], at: datetime, outcome: str = "done") -> None:
    """Mark occurrences as done, skipped, folded, paused or dropped; they will not come again.

    In a batch one that is planned anew in the same moment waits again.
    """
    batch = running()
    if batch is None or len(rows) > SEVERAL:
        with keeping("due"):
            await plain.update(Due, [row.id for row in rows], due_at=None, outcome=outcome, done_at=at)
    else:
        done_at = moment(at)
        await batch.add(DONE, [(outcome, done_at, row.id) for row in rows])
    ahead.gone({row.id for row in rows})


async def next_at() -> datetime | None:
    """The moment of the earliest thing still due."""
    if (known := ahead.next_of_all()) is not None:
        return known[0]
    found = as_moment(await first("SELECT due_at FROM due WHERE due_at IS NOT NULL ORDER BY due_at LIMIT 1"))
    ahead.found(found)
    return found


async def next_by(until: datetime) -> datetime | None:
    """The moment of the earliest thing due up to a moment, None where there is nothing."""
    if ahead.covers(until):
        return ahead.first(until)
    found = await next_at()
    return found if found is not None and found <= until else None


async def ever(kind: str, *, but: str = "") -> bool:
    """Whether anything of a kind was ever planned here; `but`: a mark of occurrences that do not count."""
    found = Due.filter(kind=kind)
    return await (found.exclude(occurrence__contains=but) if but else found).exists()


async def forget(before: datetime) -> None:
    """Drop what was settled long ago."""
    await plain.forget(Due, "due_at IS NULL AND done_at < ?", moment(before))
