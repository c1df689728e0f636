"""Where somebody lives who is bound to no household and writes in private: as far as it can be told."""

from __future__ import annotations

from gridbot.handlers.turn import Turn
from gridbot.models.cases import ledger
from gridbot.models.territory import households
from gridbot.nlp.slots import place as places


async def grid(turn: Turn) -> str:
    """The grid of his last matter, else that of the only building which his nickname (3-702刘) can mean."""
    if not turn.private or turn.person.is_staff or turn.person.department is not None:
        return ""
    if known := await ledger.grid_of(turn.heard.sender):
        return known
    door = places.parse_home(turn.heard.sender_name) if turn.heard.sender_name else None
    building = (door.building or (f"{door.row}排" if door.row else None)) if door is not None else None
    if not building or door is None or not door.room:
        return ""
    directory = turn.world.directory
    node = await households.node_of_building(list(directory.nodes), building)
    return directory.grid(node) if node is not None else ""
