"""Who is not asked for some days: in hospital, away, on leave from care."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from tortoise.expressions import Q

from gridbot.models import plain
from gridbot.models.acts import Act, change, created
from gridbot.models.duty.care import PauseRow

_DIGEST = "digest:"


def of_person(household: str, name: str) -> str:
    """How a pause names a member of a household."""
    return f"person:{household}/{name}"


def of_digest(staff: str, period: str) -> str:
    """How a pause names a digest somebody wants no more; `period` as the digest has it."""
    return f"{_DIGEST}{period}:{staff}"


async def digests_off(day: date) -> set[tuple[str, str]]:
    """(period, staff) of every digest that somebody has stopped."""
    rows = await plain.table(
        "SELECT what FROM pause WHERE what LIKE ? AND from_on <= ? AND (until_on IS NULL OR until_on >= ?)",
        f"{_DIGEST}%",
        plain.day(day),
        plain.day(day),
    )
    found = (str(what).removeprefix(_DIGEST).partition(":") for (what,) in rows)
    return {(period, staff) for period, _, staff in found}


async def resting(subjects: Collection[str], day: date) -> set[str]:
    """Which of these subjects are paused on a day."""
    wanted = list(subjects)
    found: set[str] = set()
    for start in range(0, len(wanted), 500):
        part = wanted[start : start + 500]
        marks = ", ".join("?" * len(part))
        rows = await plain.table(
            f"SELECT what FROM pause WHERE what IN ({marks}) AND from_on <= ? "
            "AND (until_on IS NULL OR until_on >= ?)",
            *part,
            plain.day(day),
            plain.day(day),
        )
        found.update(str(what) for (what,) in rows)
    return found


async def resting_on(day: date) -> set[str]:
    """Everything that is paused on a day."""
    rows = await plain.table(
        "SELECT what FROM pause WHERE from_on <= ? AND (until_on IS NULL OR until_on >= ?)",
        plain.day(day),
        plain.day(day),
    )
    return {str(what) for (what,) in rows}


async def pause(act: Act, what: str, first: date, last: date | None, why: str) -> PauseRow:
    """Nothing is asked about a subject from one day to another (None: until it is resumed)."""
    row = await PauseRow.create(what=what, from_on=first, until_on=last, why=why[:128], by=act.by, at=act.at)
    await created(act, row)
    return row


async def resume(act: Act, what: str, day: date) -> bool:
    """From this day on somebody is asked about again; False where nothing was paused."""
    open_ones = PauseRow.filter(Q(until_on__isnull=True) | Q(until_on__gte=day), what=what)
    rows = await open_ones.order_by("id")
    for row in rows:
        await change(act, row, until_on=day - timedelta(days=1))
    return bool(rows)
