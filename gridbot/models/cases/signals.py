"""Neighbours who ask one another whether they have the same trouble: three households make a matter."""

from __future__ import annotations

from datetime import datetime, timedelta

from gridbot.models.cases.hearing import WeakSignal

WITHIN = timedelta(minutes=30)
ENOUGH = 3  # households


async def noticed(grid: str, building: str, category: str, household: str, now: datetime) -> int:
    """Remember that a household asked; returns how many have, of this building within half an hour."""
    await WeakSignal.filter(at__lt=now - WITHIN).delete()
    asked = WeakSignal.filter(grid=grid, building=building, category=category)
    known = {str(one) for one in await asked.values_list("household", flat=True)}
    if household not in known:
        await WeakSignal.create(grid=grid, building=building, category=category, household=household, at=now)
    return len(known | {household})


async def settled(grid: str, building: str, category: str) -> None:
    """They have become one matter; counting begins anew."""
    await WeakSignal.filter(grid=grid, building=building, category=category).delete()


async def forget(before: datetime) -> None:
    """Forget what was asked before a moment."""
    await WeakSignal.filter(at__lt=before).delete()
