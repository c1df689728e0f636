"""Where somebody lives who is bound to no household and writes in private: as far as it can be told."""

from __future__ import annotations

from datetime import timedelta

from gridbot.handlers.reports.said import Said
from gridbot.handlers.turn import Turn
from gridbot.models.cases import questions, reported
from gridbot.models.territory import households
from gridbot.nlp import Place
from gridbot.nlp.slots import place as places

SHOP = 3  # signs of a nickname that can be the name of a place
UNCLEAR = "unclear"  # the question that keeps what nobody understood
LATELY = timedelta(days=1)  # so long what somebody said of his own door need not be asked again


async def grid(turn: Turn) -> str:
    """The grid of his last matter, else that of the only building which his nickname (3-702刘) can mean."""
    if not turn.private or turn.person.is_staff or turn.person.department is not None:
        return ""
    if known := await reported.grid_of(turn.heard.sender):
        return known
    door = places.parse_home(turn.heard.sender_name) if turn.heard.sender_name else None
    building = (door.building or (f"{door.row}排" if door.row else None)) if door is not None else None
    if not building or door is None or not door.room:
        return ""
    directory = turn.world.directory
    node = await households.node_of_building(directory, "", building)
    return directory.grid(node) if node is not None else ""


async def spot(turn: Turn, said: Said) -> Place | None:
    """Where the matter is of somebody bound to no household who names no place, as far as it can be told.

    A shop goes by its name (老马烧烤); the nickname 3-702刘 tells the building to the bot
    alone as in a group; else what he said of his own door a while ago.
    """
    if said.person.is_staff or said.person.department is not None or said.person.home is not None:
        return None
    name = turn.heard.sender_name if said.contact == turn.heard.sender else ""
    known = turn.world.gazetteer(said.node).find(name) if len(name) >= SHOP else []
    shop = next((each for start, end, each in known if (start, end) == (0, len(name)) and each.node), None)
    if shop is not None:
        return Place(landmark=shop.name, node=shop.node, text=shop.name)
    if not said.private:
        return None
    if (door := places.find(said.text, None, nickname=name)) is not None:
        return door
    for asked in await questions.waiting(said.contact, said.where.lane, turn.now, UNCLEAR):
        if (told := places.find(str(asked.data.get("words")))) is not None and told.building:
            return told  # 我是新搬来的 租的3号楼2单元803, and then what he wanted
    last = await reported.last_of_person(said.contact, turn.now - LATELY)
    before = places.find(last.place) if last is not None else None
    return before if before is not None and before.unit and (before.room or before.floor) else None
