"""Rounds of a grid that were noted: counted as work, never placed, timed or compared."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from gridbot.models.acts import Act, created
from gridbot.models.duty.care import Patrol


async def note(act: Act, *, grid: str, worker: str, area: str, words: str, light: bool = False) -> Patrol:
    row = await Patrol.create(grid=grid, worker=worker, at=act.at, area=area[:64], note=words, light=light)
    await created(act, row)
    return row


async def lately(worker: str, since: datetime, *, light: bool) -> Patrol | None:
    """The first note of a worker since a moment."""
    return await Patrol.filter(worker=worker, light=light, at__gte=since).order_by("id").first()


async def count(grids: Collection[str], since: datetime, until: datetime) -> int:
    """How many rounds were noted in some grids."""
    return await Patrol.filter(grid__in=list(grids), at__gte=since, at__lt=until).count()
