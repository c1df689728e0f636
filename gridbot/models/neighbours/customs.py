"""What a village arranges itself: its organisations, weddings and funerals, who goes round at night."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from gridbot.models.acts import Act, change, created
from gridbot.models.neighbours.trust import Feast, Organisation, PatrolTurn


async def organisations(nodes: Collection[str]) -> list[Organisation]:
    """The organisations of some nodes."""
    return await Organisation.filter(node__in=list(nodes)).order_by("node", "id")


async def organised(act: Act, node: str, name: str, head: str, members: str) -> None:
    """Enter an organisation, or who is in it now."""
    row = await Organisation.get_or_none(node=node, name=name)
    if row is None:
        row = await Organisation.create(
            node=node, name=name, head=head, members=members, by=act.by, at=act.at
        )
        await created(act, row)
    else:
        await change(act, row, head=head, members=members, by=act.by, at=act.at)


async def feast(
    act: Act, node: str, kind: str, household: str, day: date, place: str, guests: int | None
) -> Feast:
    """A wedding or a funeral is announced."""
    row = await Feast.create(
        node=node, kind=kind, household=household, day=day, place=place, guests=guests, by=act.by, at=act.at
    )
    await created(act, row)
    return row


async def get_feast(number: int) -> Feast | None:
    return await Feast.get_or_none(id=number)


async def on_patrol(act: Act, node: str, day: date, people: Sequence[str]) -> None:
    """Who goes round on a day; said again, it is changed."""
    row = await PatrolTurn.get_or_none(node=node, day=day)
    if row is None:
        row = await PatrolTurn.create(node=node, day=day, people=list(people), by=act.by, at=act.at)
        await created(act, row)
    else:
        await change(act, row, people=list(people), by=act.by)


async def patrols(nodes: Collection[str], first: date, last: date) -> list[PatrolTurn]:
    """The roster of some nodes, both days included."""
    rows = PatrolTurn.filter(node__in=list(nodes), day__gte=first, day__lte=last)
    return await rows.order_by("day", "id")


async def patrol(node: str, day: date) -> PatrolTurn | None:
    return await PatrolTurn.get_or_none(node=node, day=day)
