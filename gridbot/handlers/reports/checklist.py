"""What a matter takes: its papers, steps, place, hours and telephone, sent in private."""

from __future__ import annotations

from collections.abc import Sequence

from gridbot.handlers.turn import Turn
from gridbot.models.cases.serving import Facility
from gridbot.models.territory import facilities
from gridbot.models.territory.directory import Node
from gridbot.services import At, Item

# The levels of a territory that people mean by village, town and county.
_LEVELS = {
    At.VILLAGE: ("社区", "村"),
    At.TOWN: ("街道", "乡", "镇", "办事处"),
    At.COUNTY: ("区", "县", "市"),
}


def node_at(turn: Turn, code: str, at: At) -> Node | None:
    """The node of a territory at which a matter is done, seen from a grid; None where it has none."""
    directory = turn.world.directory
    own = directory.profile(code).territory.done_at.get(at, ())
    if own:
        return next((node for node in directory.up(code) if node.level in own), None)
    for node in directory.up(code):
        level = node.level
        if "小组" in level or (at is At.COUNTY and ("社区" in level or "片区" in level)):
            continue
        if any(word in level for word in _LEVELS[at]):
            return node
    return None


def level_of(turn: Turn, item: Item | None, code: str) -> str:
    """Who does it, as people say it: 社区（村）可以办 …, or what that level is called here."""
    at = item.at if item is not None else At.VILLAGE
    if own := turn.world.directory.profile(code).territory.done_at.get(at):
        return turn.texts.say("errand.at_own", level=own[0])
    return turn.texts.say(f"errand.at_{at.name.lower()}")


async def place_for(turn: Turn, item: Item, code: str) -> Facility | None:
    """The nearest place on file that does the matter: one that says so, else one of its kinds."""
    above = [node.code for node in turn.world.directory.up(code)]
    return await facilities.doing(above, item.category, item.where)


async def where(turn: Turn, item: Item, code: str) -> str:
    """Where to go, when, and whom to call; as much as is on file."""
    found = await place_for(turn, item, code)
    node = node_at(turn, code, item.at)
    say = turn.texts.say
    if found is None:
        name = f"{node.name}{item.where[0] if item.where else ''}" if node else "、".join(item.where)
        phone = turn.world.office.phone
        return say("errand.where_unknown", name=name, phone=phone or say("errand.hotline"))
    return place(turn, found)


def place(turn: Turn, found: Facility) -> str:
    """One line: name, address, hours, telephone."""
    parts = (found.name, found.address, found.hours, found.phone)
    return turn.texts.say("nearby.place", parts="，".join(part for part in parts if part))


async def text(turn: Turn, item: Item, code: str) -> str:
    """The whole sheet of a matter, as a resident or a worker reads it."""
    say = turn.texts.say
    node = node_at(turn, code, item.at)
    lines = [say("errand.title", zh=item.zh)]
    if item.in_person:
        lines.append(say("errand.in_person"))
    if item.steps:
        lines.append(say("errand.steps", steps=numbered(item.steps)))
    lines.append(say("errand.papers", papers=numbered(item.papers)))
    level = level_of(turn, item, code)
    if item.in_person and item.where:
        lines.append(say("errand.at_office", level=level, office=item.where[0]))
    else:
        lines.append(say("errand.at", level=level, name=f"（{node.name}）" if node else ""))
    lines.append(say("errand.where", where=await where(turn, item, code)))
    if item.days:
        lines.append(say("errand.days", days=item.days))
    if item.note:
        lines.append(item.note)
    lines.append(sourced(turn, item))
    return "\n".join(lines)


def sourced(turn: Turn, item: Item) -> str:
    """Where it was read and of which day, and that the counter has the last word."""
    key = "errand.source_local" if item.local else "errand.source"
    return turn.texts.say(key, source=item.source, day=item.as_of or "")


def numbered(lines: Sequence[str]) -> str:
    """1. …2. … each on a line of its own."""
    return "\n".join(f"{n}. {line}" for n, line in enumerate(lines, 1))
