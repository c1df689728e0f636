"""Points of households: earned by confirmed acts, spent on goods, each with two people behind it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from gridbot.models.acts import Act, change, created
from gridbot.models.neighbours.trust import Good, PointEntry

MANY = 500  # more nodes than this are not named one by one
PENDING, CONFIRMED, REFUSED = "pending", "confirmed", "refused"
ACT, HOURS, GOODS = "act", "hours", "goods"


async def entered(act: Act, household: str, grid: str, amount: int, why: str, kind: str) -> PointEntry:
    """Write down points that wait for a second person; negative where they are spent."""
    row = await PointEntry.create(
        household=household, grid=grid, amount=amount, why=why[:128], kind=kind, by=act.by, at=act.at
    )
    await created(act, row, undone={"state": REFUSED})
    return row


async def get(numbers: Collection[int]) -> list[PointEntry]:
    """Entries by their numbers, in order."""
    return await PointEntry.filter(id__in=list(numbers)).order_by("id")


async def pending(grids: Collection[str], since: datetime) -> list[PointEntry]:
    """What waits for a second person at some nodes, the oldest first."""
    rows = PointEntry.filter(state=PENDING, at__gte=since)
    found = rows.filter(grid__in=list(grids)) if len(grids) <= MANY else rows
    wanted = set(grids)
    return [row for row in await found.order_by("id") if row.grid in wanted]


async def settled(act: Act, row: PointEntry, *, yes: bool) -> None:
    """A second person confirms it, or does not."""
    state = CONFIRMED if yes else REFUSED
    await change(act, row, state=state, confirmed_by=act.by, confirmed_at=act.at)


async def balance(household: str) -> int:
    """What a household may spend: confirmed points, less what it has asked for."""
    rows = PointEntry.filter(household=household).exclude(state=REFUSED)
    found = await rows.values_list("amount", "state")
    return sum(int(amount) for amount, state in found if state == CONFIRMED or amount < 0)


async def last(household: str, limit: int) -> list[PointEntry]:
    """The newest entries of a household."""
    return await PointEntry.filter(household=household).order_by("-id").limit(limit)


async def earned_since(household: str, since: datetime) -> list[PointEntry]:
    """What a household was given since a moment, confirmed or waiting."""
    rows = PointEntry.filter(household=household, at__gte=since, amount__gt=0)
    return await rows.exclude(state=REFUSED).order_by("id")


async def members(grids: Collection[str]) -> Mapping[str, int]:
    """Confirmed points by household, for an export."""
    rows = PointEntry.filter(grid__in=list(grids), state=CONFIRMED).values_list("household", "amount")
    found: dict[str, int] = {}
    for household, amount in await rows:
        found[str(household)] = found.get(str(household), 0) + int(amount)
    return found


# --- goods ------------------------------------------------------------------------------------------------


async def goods(nodes: Collection[str]) -> list[Good]:
    """What there is at some nodes, the cheapest first."""
    return await Good.filter(node__in=list(nodes), stock__gt=0).order_by("price", "id")


async def offered(act: Act, node: str, name: str, price: int, stock: int) -> None:
    """Put something on the shelf, or change what stands there."""
    row = await Good.get_or_none(node=node, name=name)
    if row is None:
        row = await Good.create(node=node, name=name, price=price, stock=stock, by=act.by, at=act.at)
        await created(act, row)
    else:
        await change(act, row, price=price, stock=stock)


async def taken(act: Act, row: Good, count: int) -> None:
    """Goods leave the shelf."""
    await change(act, row, stock=row.stock - count)


async def returned(act: Act, nodes: Collection[str], name: str, count: int) -> None:
    """What was not handed out goes back on the shelf."""
    row = await Good.filter(node__in=list(nodes), name=name).order_by("id").first()
    if row is not None:
        await change(act, row, stock=row.stock + count)
