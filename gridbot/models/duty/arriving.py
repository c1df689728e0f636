"""五必到: events at which somebody has to be at the door in time: 已知, 在途, 到场, 记录."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from gridbot.models.acts import Act, change, created
from gridbot.models.duty.duties import Visit

KNOWN, COMING, THERE, RECORDED = "已知", "在途", "到场", "记录"


def state(visit: Visit) -> str:
    """How far a must-visit is."""
    if visit.done_at is not None:
        return RECORDED
    if visit.arrived_at is not None:
        return THERE
    return COMING if visit.coming_at is not None else KNOWN


async def called(
    act: Act,
    *,
    household: str,
    grid: str,
    worker: str,
    why: str,
    by: datetime,
    day: object,
    ticket: int | None = None,
) -> Visit:
    """Somebody has to be there by a moment (UTC); `day` is that moment's own day."""
    visit = await Visit.create(
        household=household, grid=grid, worker=worker, why=why, due_on=day, arrive_by=by, ticket=ticket
    )
    await created(act, visit)
    return visit


async def known(household: str, why: str) -> Visit | None:
    """The same event of the same household, if nobody has recorded it yet."""
    return await Visit.filter(
        household=household, why=why, arrive_by__isnull=False, done_at__isnull=True, dropped=False
    ).first()


async def of_ticket(ticket: int) -> Visit | None:
    """The must-visit that goes with a ticket."""
    return await Visit.filter(ticket=ticket, arrive_by__isnull=False, dropped=False).first()


async def open_ones(workers: Collection[str]) -> list[Visit]:
    """What these workers have to be at or to record, the most pressing first."""
    rows = Visit.filter(
        worker__in=list(workers), arrive_by__isnull=False, done_at__isnull=True, dropped=False
    )
    return await rows.order_by("arrive_by", "id")


async def visit(id: int) -> Visit | None:
    return await Visit.get_or_none(id=id)


async def missed(visit: Visit, now: datetime) -> bool:
    """Whether nobody has come by now."""
    return (
        not visit.dropped
        and visit.arrived_at is None
        and visit.done_at is None
        and visit.arrive_by is not None
        and visit.arrive_by <= now
    )


async def step(act: Act, visit: Visit, to: str, *, worker: str) -> None:
    """在途 or 到场; who comes is whose it is from now on."""
    values: dict[str, object] = {"worker": worker}
    if to == THERE:
        values["arrived_at"] = act.at
    elif visit.coming_at is None:
        values["coming_at"] = act.at
    await change(act, visit, **values)


async def drop(act: Act, visit: Visit) -> None:
    """It was none of the five."""
    await change(act, visit, dropped=True)


async def came(visit: Visit, at: datetime, *, done: bool) -> None:
    """Its ticket tells that somebody was there, and (`done`) what came of it."""
    visit.arrived_at = visit.arrived_at or at
    if done:
        visit.done_at = visit.done_at or at
    await visit.save(update_fields=["arrived_at", "done_at"])


async def recorded(act: Act, visit: Visit, outcome: str, mode: str) -> None:
    """What was found and done; whoever records it was there."""
    await change(
        act, visit, done_at=act.at, arrived_at=visit.arrived_at or act.at, outcome=outcome, mode=mode
    )
