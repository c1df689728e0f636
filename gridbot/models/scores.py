"""Scores of a quarter: points for outcomes that are recorded anyway, each with the row it comes from."""

from __future__ import annotations

from collections.abc import Collection

from gridbot.models.trust import ScoreEntry, Star


async def star(who: str, quarter: str) -> Star | None:
    """The stars of somebody in a quarter."""
    return await Star.get_or_none(who=who, quarter=quarter)


async def entries(quarter: str, who: Collection[str] = ()) -> list[ScoreEntry]:
    """The entries of a quarter, in order (of these people only)."""
    found = ScoreEntry.filter(quarter=quarter)
    return await (found.filter(who__in=list(who)) if who else found).order_by("id")
