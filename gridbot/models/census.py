"""How many households and people a part of the tree has, by class."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from gridbot.models.org import Household, Resident


@dataclass(frozen=True, slots=True)
class Census:
    """Counts; `bound`: households with somebody the bot can write to; `classes`: households, most first."""

    households: int
    people: int
    bound: int
    classes: tuple[tuple[str, int], ...]


async def count(nodes: Sequence[str]) -> Census:
    """Count the households of these nodes."""
    rows = await Household.filter(node__in=list(nodes)).values_list("id", "classes")
    held = {str(household): set(classes) for household, classes in rows}
    people, bound = 0, set[str]()
    for household, contact, classes in await Resident.all().values_list("household", "contact", "classes"):
        if household in held:
            people += 1
            held[household].update(classes)
            bound.update([household] if contact else [])
    classes = Counter(name for found in held.values() for name in found)
    return Census(len(held), people, len(bound), tuple(classes.most_common()))


async def inhabited() -> list[str]:
    """The nodes that have households."""
    return sorted(str(node) for node in await Household.all().distinct().values_list("node", flat=True))
