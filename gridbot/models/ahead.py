"""What a batch knows of the board: the earliest moment of all, and the rows of the next minutes, read ahead.

Something planned within those minutes has no number yet: what is known ends before it, until the few rows
that are new there are read (`gap`, `fill`).
Kept right by board.py, which alone writes the board in plain SQL; whatever else changes it makes the batch
forget (see models/batch.py), and so does a part that is undone. Without a batch nothing is known.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import NamedTuple

from gridbot.models.batch import running
from gridbot.models.duty.duties import Due

NEVER = datetime.min.replace(tzinfo=UTC)
Key = tuple[str, str, str]  # kind, what, occurrence


@dataclass(slots=True)
class _Known:
    """`rows`: all that waits until `until` (inclusive), the last first. `next`: the earliest of all.

    `later`: the same from there until `reach`, but for what was planned meanwhile.
    """

    until: datetime = NEVER
    rows: list[Due] = field(default_factory=list)
    reach: datetime = NEVER
    later: list[Due] = field(default_factory=list)
    keys: set[Key] = field(default_factory=set)  # of these rows, at least
    ids: set[int] = field(default_factory=set)
    next: datetime | None = None
    sure: bool = False  # whether `next` is known


def look(rows: Iterable[Due], until: datetime) -> None:
    """These rows, by moment and number, are all that waits until a moment."""
    if (batch := running()) is not None:
        waiting = list(rows)[::-1]
        keys = {(row.kind, row.what, row.occurrence) for row in waiting}
        ids = {row.id for row in waiting}
        batch.known["due"] = _Known(until, waiting, until, keys=keys, ids=ids)


class Gap(NamedTuple):
    """Between these moments (the second included) some rows are not known; these are."""

    since: datetime
    until: datetime
    ids: list[int]


def gap() -> Gap | None:
    """Where something was planned within what was known."""
    known = _known()
    if known is None or known.reach <= known.until:
        return None
    return Gap(known.until, known.reach, [row.id for row in known.later])


def fill(rows: Sequence[Due]) -> None:
    """These are the rows that were missing in the gap."""
    known = _known()
    assert known is not None
    known.rows = sorted((*known.later, *rows), key=_place, reverse=True) + known.rows
    known.until, known.later = known.reach, []
    known.keys.update((row.kind, row.what, row.occurrence) for row in rows)
    known.ids.update(row.id for row in rows)


def _place(row: Due) -> tuple[datetime, int]:
    return row.due_at or NEVER, row.id


def covers(until: datetime) -> bool:
    """Whether everything is known that waits until a moment."""
    known = _known()
    return known is not None and until <= known.until


def first(until: datetime) -> datetime | None:
    """The earliest moment of what is known to wait until one."""
    known = _known()
    if known is None or not known.rows:
        return None
    at = known.rows[-1].due_at
    return at if at is not None and at <= until else None


def take(until: datetime, limit: int) -> list[Due]:
    """What is known to wait until a moment, earliest first; it is somebody else's from now on."""
    known, taken = _known(), list[Due]()
    while known is not None and known.rows and len(taken) < limit:
        at = known.rows[-1].due_at
        if at is None or at > until:
            break
        taken.append(known.rows.pop())
        known.ids.discard(taken[-1].id)
        known.sure = False
    return taken


def planned(keys: Iterable[Key], at: datetime) -> None:
    """Something waits for a moment; rows with these keys may have been changed."""
    known = _known()
    if known is None:
        return
    if known.sure and (known.next is None or at < known.next):
        known.next = at
    if at <= known.until:  # it has no number yet: it is read when its time comes
        known.until = at - datetime.resolution
        split = bisect_left(known.rows, True, key=lambda row: row.due_at is not None and row.due_at < at)
        known.later += known.rows[:split]
        del known.rows[:split]
    if (known.rows or known.later) and not known.keys.isdisjoint(keys):
        forget()


def gone(ids: Collection[int]) -> None:
    """These rows wait no more."""
    known = _known()
    if known is not None:
        known.sure = False
        if (known.rows or known.later) and not known.ids.isdisjoint(ids):
            known.rows = [row for row in known.rows if row.id not in ids]
            known.later = [row for row in known.later if row.id not in ids]


def dropped(what: str, kinds: Iterable[str]) -> None:
    """Nothing waits any more about a subject (of these kinds; of all where none is named)."""
    known, named = _known(), set(kinds)
    if known is not None:
        known.sure = False
        for rows in (known.rows, known.later):
            rows[:] = [row for row in rows if row.what != what or (named and row.kind not in named)]


def next_of_all() -> tuple[datetime | None] | None:
    """The moment of the earliest thing that waits, where it is known."""
    known = _known()
    if known is not None and known.rows:
        return (known.rows[-1].due_at,)
    return (known.next,) if known is not None and known.sure else None


def found(at: datetime | None) -> None:
    """The earliest thing that waits is due at this moment (None: nothing waits)."""
    batch, known = running(), _known()
    if batch is not None and known is None:
        known = batch.known["due"] = _Known()
    if known is not None:
        known.next, known.sure = at, True


def forget() -> None:
    """Nothing is known any more."""
    if (batch := running()) is not None:
        batch.known.pop("due", None)


def _known() -> _Known | None:
    batch = running()
    return None if batch is None else batch.known.get("due")
