"""How far the occurrences of recurring kinds have been planned."""

from __future__ import annotations

from datetime import date

from gridbot.models import plain
from gridbot.models.care import Series


async def known() -> dict[str, Series]:
    """Every kind that was ever planned."""
    return {row.kind: row for row in await plain.rows(Series, "ORDER BY kind")}


async def store(kind: str, through: date, rule: str) -> None:
    """All occurrences up to a nominal day are on the board, by this rule."""
    row = plain.new(Series, kind=kind, through_on=through, rule=rule)
    anew = "through_on = excluded.through_on, rule = excluded.rule"
    await plain.add([row], f"ON CONFLICT (kind) DO UPDATE SET {anew}")
