"""应急模式: what households need brought or done while it lasts."""

from __future__ import annotations

from collections.abc import Collection

from gridbot.models.acts import Act, change, created
from gridbot.models.duty.care import Crisis, Need


async def running(above: Collection[str]) -> Crisis | None:
    """The crisis of a node or of one above it."""
    return await Crisis.filter(node__in=list(above), ended_at__isnull=True).order_by("-id").first()


async def begin(act: Act, node: str, why: str) -> Crisis:
    crisis = await Crisis.create(node=node, why=why[:64], by=act.by, at=act.at)
    await created(act, crisis)
    return crisis


async def end(act: Act, crisis: Crisis) -> None:
    await change(act, crisis, ended_at=act.at)


async def crisis(id: int) -> Crisis | None:
    return await Crisis.get_or_none(id=id)


async def open_ones() -> list[Crisis]:
    return await Crisis.filter(ended_at__isnull=True).order_by("id")


async def need(
    act: Act, crisis: Crisis, *, grid: str, household: str, contact: str, kind: str, text: str, priority: int
) -> Need:
    row = await Need.create(
        crisis=crisis.id, grid=grid, household=household, contact=contact, kind=kind, text=text,
        priority=priority, at=act.at,
    )  # fmt: skip
    await created(act, row)
    return row


async def waiting(crisis: Crisis, grids: Collection[str] | None = None) -> list[Need]:
    """What is still to be done, the most pressing first."""
    rows = Need.filter(crisis=crisis.id, done_at__isnull=True)
    if grids is not None:
        rows = rows.filter(grid__in=list(grids))
    return await rows.order_by("priority", "at", "id")


async def all_of(crisis: Crisis) -> list[Need]:
    return await Need.filter(crisis=crisis.id).order_by("id")


async def done(act: Act, row: Need) -> None:
    await change(act, row, done_at=act.at, done_by=act.by)
