"""Where a matter is: its grid, its place as staff read it, the home or the group it was said in."""

from __future__ import annotations

from functools import lru_cache

from gridbot.handlers.reports.said import Said
from gridbot.handlers.turn import Turn
from gridbot.models.cases.tickets import Ticket
from gridbot.models.territory import households
from gridbot.models.territory.people import Home, Person
from gridbot.nlp import Kind, Place
from gridbot.nlp.slots import house_words
from gridbot.nlp.slots import place as places

# Matters that happen somewhere outside a home: without a place nobody can go there.
NOWHERE = frozenset({"dispute", "other", "property_mgmt"})


def grid_of(turn: Turn, said: Said, place: Place | None) -> str:
    """The grid a matter belongs to: the named place's, else the speaker's own, else the group's."""
    directory = turn.world.directory
    if place is not None and place.node and place.node in directory.nodes:
        return directory.grid(place.node)
    group = directory.group(said.where.transport, said.where.room)
    here = group.node if group is not None else said.node
    homes = [said.person.home.node] if said.person.home else [post.node for post in said.person.posts]
    for home in homes:
        if not here or directory.inside(home, here):
            return directory.grid(home)
    return directory.grid(here)


async def find_grid(turn: Turn, said: Said, place: Place | None) -> str:
    """The same, where only a community or nothing is known: by the building that is named; never nowhere."""
    directory = turn.world.directory
    found = grid_of(turn, said, place)
    if found and not directory.children.get(found):
        return await _of_another(turn, said, found, place) or found
    building = (place.building or (f"{place.row}排" if place.row else None)) if place is not None else None
    if building:
        only = await households.node_of_building(directory, found, building)
        if only is not None:
            return directory.grid(only)
    below = _stairwell(turn, found, place)
    if not below and found and said.where.room is not None:
        below = await _of_another(turn, said, found, place)
    return below or found or directory.top()


async def _of_another(turn: Turn, said: Said, found: str, place: Place | None) -> str:
    """我们家13号楼没暖气, in the wrong group, of one of no known home: the only grid with the building."""
    known = said.person.home is not None or said.person.posts or said.where.room is None
    if known or place is None or place.node or not place.building or not _has_building(place.text):
        return ""
    directory = turn.world.directory
    if await households.node_of_building(directory, found, place.building) is not None:
        return ""
    only = await households.node_of_building(directory, "", place.building)
    return directory.grid(only) if only is not None else ""


async def next_door(turn: Turn, found: str, place: Place | None) -> str:
    """The grid beside this one that has the building named: 4号楼, said in the group of 3号楼."""
    if place is None or place.node or not place.building or not _has_building(place.text):
        return ""
    directory = turn.world.directory
    above = directory.nodes[found].parent
    only = await households.node_of_building(directory, above, place.building) if above else None
    return directory.grid(only) if only is not None else ""


def _stairwell(turn: Turn, found: str, place: Place | None) -> str:
    """The node below a building whose name tells the stairwell that was named: 1单元."""
    if place is None or not place.unit or not found:
        return ""
    directory = turn.world.directory
    below = (directory.nodes[code] for code in directory.children.get(found, ()))
    named = ((node.code, places.find(node.name)) for node in below)
    return next((code for code, known in named if known is not None and known.unit == place.unit), "")


def said_place(place: Place | None) -> str:
    """A place as staff read it; where only a nickname told it, its building and unit."""
    if place is None:
        return ""
    if not place.text and not place.landmark:
        row = f"{place.row}排" if place.row else ""
        building = f"{place.building}号楼" if place.building else ""
        room = f"{place.room}号" if row and place.room else place.room or ""
        return building + row + (f"{place.unit}单元" if place.unit else "") + room
    if place.building and place.text and not _has_building(place.text):
        return f"{place.building}号楼{place.text}"  # 2单元, said by somebody of building 3
    if place.landmark and place.landmark not in place.text:
        return f"{place.text}（{place.landmark}）" if place.text else place.landmark
    return place.text


@lru_cache(maxsize=1024)
def _has_building(text: str) -> bool:
    found = places.find(text)
    return found is not None and bool(found.building or found.row)


def written(said: Said, place: Place | None, near: Home | None, here: Place | None) -> str:
    """What staff read: the place that was said, else the speaker's home, else what his nickname tells."""
    named = (_below_home(place, near) or _below_group(place, here)) + said_place(place)
    if near is not None and (place is None or not (place.text or place.landmark)):
        if spot := house_words.spot(said.text):
            return spot
        if (house_words.beside(said.text) or house_words.shared(said.text)) and near.building.isdigit():
            return _stairwell_of(near)
    if place is not None and not place.text and not place.landmark and near is not None:
        return home_place(said.person) or named
    return named or (home_place(said.person) if near is not None else "")


def _stairwell_of(home: Home) -> str:
    """Whose door it is beside stays untold: 对门, of somebody at 3-1-502, is in 3号楼1单元."""
    return f"{home.building}号楼" + (f"{home.unit}单元" if home.unit else "")


def _below_home(place: Place | None, near: Home | None) -> str:
    """三楼, 2单元, said by somebody of a building there: what his words take for granted."""
    if place is None or near is None or not near.building.isdigit():
        return ""
    if place.building or place.row or place.landmark or place.estate or not (place.unit or place.floor):
        return ""
    unit = f"{near.unit}单元" if near.unit and not place.unit else ""
    return f"{near.building}号楼{unit}"


def building(near: Home | None, place: Place | None, here: Place | None) -> str:
    """The building that goes without saying: of the speaker's home, else of the group."""
    return near.building if near is not None else _below_group(place, here).removesuffix("号楼")


def _below_group(place: Place | None, here: Place | None) -> str:
    """2单元, said by somebody of no known home in the group of one building."""
    if place is None or here is None or not here.building or place.building or place.row:
        return ""
    vague = not place.landmark and not place.estate and (place.unit or place.floor)
    return f"{here.building}号楼" if vague else ""


def home_in(turn: Turn, said: Said, grid: str) -> Home | None:
    """The home of whoever speaks, where it lies in the grid of the matter: elsewhere it tells nothing."""
    home = said.person.home
    return home if home is not None and turn.world.directory.inside(home.node, grid) else None


def home_place(person: Person) -> str:
    home = person.home
    return home.door if home else ""


def group_place(turn: Turn, said: Said) -> Place | None:
    """What the group's own name tells of the place: 3号楼居民群."""
    directory = turn.world.directory
    group = directory.group(said.where.transport, said.where.room)
    if group is None:
        return None
    node = directory.nodes.get(group.node)
    return places.find(group.name) or (places.find(node.name) if node is not None else None)


def lacks_place(ticket: Ticket) -> bool:
    """Whether nobody could find the spot, so that it has to be asked for, once."""
    return ticket.kind == Kind.ISSUE and not ticket.place and ticket.category not in NOWHERE


def asked_where(turn: Turn, ticket: Ticket) -> str:
    """How people of a grid of this kind are asked for a place: 几号楼几单元, 第几排几号, 哪家店."""
    directory = turn.world.directory
    node, kinds = directory.nodes.get(ticket.grid), directory.profile(ticket.grid).territory
    return kinds.kind(node.kind if node is not None else "").where or turn.texts.say("places.where")
