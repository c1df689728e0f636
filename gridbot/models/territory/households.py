"""Finding households by where they live."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gridbot.models.territory.org import Household, Resident
from gridbot.models.territory.people import Home


async def at(
    nodes: Sequence[str], building: str | None, unit: str | None, room: str
) -> tuple[Home | None, str]:
    """The only household of these nodes at an address, and the account of its head ("" if none is bound)."""
    found = Household.filter(node__in=list(dict.fromkeys(nodes)), room=room)
    if building:
        found = found.filter(building=building)
    rows = [row for row in await found.limit(20) if not unit or not row.unit or row.unit == unit]
    if len(rows) != 1:
        return None, ""
    return await bound(rows[0])


async def bound(row: Household) -> tuple[Home, str]:
    """A household, and the account of its head ("" if none is bound)."""
    home = Home(row.id, row.node, row.building, row.unit, row.room, row.address)
    bound = await Resident.filter(household=row.id).exclude(contact="").order_by("-head", "id").first()
    return home, bound.contact if bound else ""


async def node_of_building(nodes: Sequence[str], building: str) -> str | None:
    """The only one of these nodes that has households in a building; None where several have, or none."""
    found = await Household.filter(building=building).distinct().values_list("node", flat=True)
    inside = set(nodes) & {str(node) for node in found}
    return inside.pop() if len(inside) == 1 else None


async def by_ids(ids: Iterable[str]) -> list[Household]:
    """The households of these ids, in their order; one that is gone is left out."""
    wanted = list(dict.fromkeys(ids))
    found = {row.id: row for row in await Household.filter(id__in=wanted)} if wanted else {}
    return [found[id] for id in wanted if id in found]
