"""Several households in one line: 3-502 5-101 漏水赔偿."""

from __future__ import annotations

from collections.abc import Sequence

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
    for word in _apart(text, turn.texts.say("dispute.joints").split()):
        address = place.parse_home(word)
        if address is None or not address.room or address.text != word:
            rest.append(word)
            continue
        found.append(await one(turn, address, homes.area(turn)))
    return found, " ".join(rest)


def _apart(text: str, joints: Sequence[str]) -> list[str]:
    """3-2-601和5-1-101因停车 as words of their own: a door, a door, the rest; lone joints are left out."""
    words = []
    for said in text.split():
        left = said
        while left:
            while joint := next((joint for joint in joints if left.startswith(joint)), ""):
                left = left[len(joint) :]
            home = place.parse_home(left) if left else None
            tail = left[len(home.text) :] if home is not None and home.room else ""
            if home is None or not left.startswith(home.text) or not tail.startswith(tuple(joints)):
                words += [left] if left else []
                break
            words.append(home.text)
            left = tail
    return words


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
