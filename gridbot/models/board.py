"""The board of what is due: put, cancel, claim. Time is a table, not a thousand timers."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from gridbot.models import plain, recent
from gridbot.models.batch import Into
from gridbot.models.database import as_moment, first, insert, is_sqlite, moment
from gridbot.models.duty.duties import Due

REST = "rest"  # outcome of an occurrence that fell on a day of rest, or whose rule has changed
NEW = Into(
    "due",
    ("kind", "what", "occurrence", "due_at", "data", "outcome"),
    "ON CONFLICT (kind, what, occurrence) DO NOTHING",
)


@dataclass(frozen=True, slots=True)
class Plan:
    """Something to happen at `due_at` (UTC), once for each (kind, what, occurrence)."""

    kind: str
    what: str
    due_at: datetime
    occurrence: str = ""
    data: dict[str, object] = field(default_factory=dict)


async def put(*plans: Plan) -> None:
    """Plan occurrences; one already planned (or already done) stays as it is."""
    rows = [
        (p.kind, p.what, p.occurrence, moment(p.due_at), json.dumps(p.data) if p.data else "{}", "")
        for p in plans
    ]
    await insert(NEW, rows)
    for p in plans:
        recent.due(p.due_at)


async def again(*plans: Plan) -> None:
    """Plan occurrences anew, also those that were dropped or done before."""
    rows = [
        plain.new(Due, kind=p.kind, what=p.what, occurrence=p.occurrence, due_at=p.due_at, data=p.data)
        for p in plans
    ]
    anew = ", ".join(f"{name} = excluded.{name}" for name in ("due_at", "data", "outcome", "done_at"))
    await plain.add(rows, f"ON CONFLICT (kind, what, occurrence) DO UPDATE SET {anew}", unique=3)
    for p in plans:
        recent.due(p.due_at)


async def settle(*plans: Plan) -> None:
    """Plan occurrences, and move to their moment those that still wait or fell on a day of rest."""
    rows = [
        plain.new(Due, kind=p.kind, what=p.what, occurrence=p.occurrence, due_at=p.due_at, data=p.data)
        for p in plans
    ]
    anew = "due_at = excluded.due_at, data = excluded.data, outcome = ''"
    still = f"due.due_at IS NOT NULL OR due.outcome = '{REST}'"
    await plain.add(
        rows, f"ON CONFLICT (kind, what, occurrence) DO UPDATE SET {anew} WHERE {still}", unique=3
    )
    for p in plans:
        recent.due(p.due_at)


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
    waiting = Due.filter(what=what, due_at__isnull=False)
    if kinds:
        waiting = waiting.filter(kind__in=kinds)
    await waiting.update(due_at=None, outcome="dropped")


async def due(until: datetime, limit: int) -> list[Due]:
    """What is due up to a moment, earliest first; on PostgreSQL locked until the transaction ends."""
    recent.forget_due()
    lock = "" if is_sqlite() else "FOR UPDATE SKIP LOCKED"
    earliest = f"WHERE due_at <= ? ORDER BY due_at, id LIMIT ? {lock}"
    return await plain.rows(Due, earliest, moment(until), limit)


async def done(rows: Iterable[Due], at: datetime, outcome: str = "done") -> None:
    """Mark occurrences as done, skipped, folded, paused or dropped; they will not come again."""
    await plain.update(Due, [row.id for row in rows], due_at=None, outcome=outcome, done_at=at)


async def next_at() -> datetime | None:
    """The moment of the earliest thing still due."""
    if (known := recent.next_due()) is not None:
        return known[0]
    found = as_moment(await first("SELECT due_at FROM due WHERE due_at IS NOT NULL ORDER BY due_at LIMIT 1"))
    recent.due(found, only=True)
    return found


async def ever(kind: str) -> bool:
    """Whether anything of a kind was ever planned here."""
    return await Due.filter(kind=kind).exists()


async def forget(before: datetime) -> None:
    """Drop what was settled long ago."""
    await Due.filter(due_at__isnull=True, done_at__lt=before).delete()
