"""Places people need and the centres that do their matters: found by kind, nearest first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from gridbot.models.acts import Act, change, created
from gridbot.models.cases.serving import Facility, Told

SHOWN = 5


async def of_kinds(nodes: Sequence[str], kinds: Sequence[str], word: str = "") -> list[Facility]:
    """The places of these kinds (or whose name holds the word) at these nodes, nearest node first."""
    rows = await Facility.filter(node__in=list(nodes), gone=False).order_by("id")
    fit = [row for row in rows if row.kind in kinds or (word and word in row.name)]
    return sorted(fit, key=lambda row: list(nodes).index(row.node))[:SHOWN]


async def named(nodes: Sequence[str], text: str) -> Facility | None:
    """The place whose name stands in a text, the nearest first; None where none does."""
    rows = await Facility.filter(node__in=list(nodes), gone=False).order_by("id")
    fit = [row for row in rows if row.name in text]
    return min(fit, key=lambda row: list(nodes).index(row.node), default=None)


async def doing(nodes: Sequence[str], category: str, kinds: Sequence[str]) -> Facility | None:
    """The nearest centre that says it does a category, else the nearest of these kinds, in their order."""
    order = list(nodes)
    rows = await Facility.filter(node__in=order, gone=False).order_by("id")
    rows.sort(key=lambda row: order.index(row.node))
    named = next((row for row in rows if category in row.matters), None)
    if named is not None:
        return named
    fit = [row for row in rows if row.kind in kinds]
    return min(fit, key=lambda row: list(kinds).index(row.kind), default=None)


async def get(number: int) -> Facility | None:
    return await Facility.get_or_none(id=number, gone=False)


async def add(
    act: Act,
    node: str,
    circle: str,
    kind: str,
    name: str,
    *,
    address: str = "",
    hours: str = "",
    phone: str = "",
    matters: Sequence[str] = (),
) -> Facility:
    """Put a place on file; one of the same name at the same node is corrected instead."""
    known = await Facility.filter(node=node, name=name, gone=False).first()
    if known is not None:
        await change(
            act, known, circle=circle, kind=kind, address=address, hours=hours, phone=phone,
            matters=list(matters),
        )  # fmt: skip
        return known
    row = await Facility.create(
        node=node, name=name, circle=circle, kind=kind, address=address, hours=hours, phone=phone,
        matters=list(matters), by=act.by, at=act.at,
    )  # fmt: skip
    await created(act, row)
    return row


async def remove(act: Act, row: Facility) -> None:
    """Take a place off the list."""
    await change(act, row, gone=True)


async def told(at: datetime, node: str, what: str, item: str, room: str | None) -> None:
    """Count something that was answered without a ticket."""
    await Told.create(at=at, node=node, what=what, item=item, room=room)


async def told_lately(room: str, item: str, since: timedelta, now: datetime) -> bool:
    """Whether a group has read this answer within a while."""
    return await Told.filter(room=room, item=item, at__gte=now - since).exists()
