"""How far the occurrences of recurring kinds have been planned."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from gridbot.models import plain
from gridbot.models.duty.care import Series


async def known() -> dict[str, Series]:
    """Every kind that was ever planned."""
    return {row.kind: row for row in await plain.rows(Series, "ORDER BY kind")}


async def store(reached: Sequence[tuple[str, date, str]]) -> None:
    """Of each kind: all occurrences up to a nominal day are on the board, by this rule."""
    rows = [plain.new(Series, kind=kind, through_on=through, rule=rule) for kind, through, rule in reached]
    anew = "through_on = excluded.through_on, rule = excluded.rule"
    await plain.add(rows, f"ON CONFLICT (kind) DO UPDATE SET {anew}")
