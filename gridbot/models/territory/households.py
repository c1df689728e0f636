"""Finding households by where they live."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gridbot.models import plain
from gridbot.models.territory.directory import Directory
from gridbot.models.territory.org import Household, Resident
from gridbot.models.territory.people import Home

SMALL = 5000  # nodes of an org whose buildings are known all at once
KEPT = 16  # buildings of a greater one that are remembered


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


async def node_of_building(directory: Directory, above: str, building: str) -> str | None:
    """The only node at or below one ("": anywhere) that has households in a building; else None."""
    housing = await _housing(directory, building)
    inside = [node for node in (directory.under(above) if above else directory.nodes) if node in housing]
    return inside[0] if len(inside) == 1 else None


async def _housing(directory: Directory, building: str) -> frozenset[str]:
    """The nodes with households in a building; of a small org all are read once, of a city a few are kept."""
    known = directory.housing
    if len(directory.nodes) <= SMALL:
        if not known:
            pairs = await plain.table("SELECT DISTINCT building, node FROM household WHERE building <> ''")
            nodes: dict[str, set[str]] = {"": set()}
            for name, node in pairs:
                nodes.setdefault(str(name), set()).add(str(node))
            known.update({name: frozenset(some) for name, some in nodes.items()})
        return known.get(building, frozenset())
    if building not in known:
        if len(known) >= KEPT:
            known.clear()
        found = await plain.table("SELECT DISTINCT node FROM household WHERE building = ?", building)
        known[building] = frozenset(str(node) for (node,) in found)
    return known[building]


async def by_ids(ids: Iterable[str]) -> list[Household]:
    """The households of these ids, in their order; one that is gone is left out."""
    wanted = list(dict.fromkeys(ids))
    found = {row.id: row for row in await Household.filter(id__in=wanted)} if wanted else {}
    return [found[id] for id in wanted if id in found]
