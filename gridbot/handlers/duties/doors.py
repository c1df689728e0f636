"""Several households in one line: 3-502 5-101 漏水赔偿."""

from __future__ import annotations

from gridbot.errors import Refusal
from gridbot.handlers.duties import homes
from gridbot.handlers.turn import Turn
from gridbot.models.duty import visits
from gridbot.models.territory.org import Household
from gridbot.nlp import Place
from gridbot.nlp.slots import place


async def named(turn: Turn, text: str) -> tuple[list[Household], str]:
    """The households whose doors stand in a text as words, within the speaker's posts, and the other words.

    Raises Refusal for a door nobody knows, or that two households have.
    """
    found: list[Household] = []
    rest = []
    for word in text.split():
        address = place.parse_home(word)
        if address is None or not address.room or address.text != word:
            rest.append(word)
            continue
        found.append(await one(turn, address, homes.area(turn)))
    return found, " ".join(rest)


async def one(turn: Turn, address: Place, nodes: list[str]) -> Household:
    """The household at an address within some nodes; raises Refusal."""
    buildings = [b for b in (address.building, address.row, f"{address.row}排" if address.row else None) if b]
    there = await visits.homes(nodes, buildings, address.unit, address.room or "")
    if len(there) != 1:
        raise Refusal("visit.no_home" if not there else "dispute.two_homes", door=address.text)
    return there[0]


def masked(home: Household) -> str:
    """A household as a ledger shows it: the building, a star for the rest, the surname."""
    where = home.building or home.address[:2]
    return f"{where}-*{home.head[:1]}*" if home.head else f"{where}-*"
