"""Whom a leader means by 全社区, 本网格, 第一网格, 3号楼."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gridbot.errors import Refusal
from gridbot.handlers.turn import Turn
from gridbot.models.spreading import announcements
from gridbot.models.territory.directory import SHORTEST_ENDING, Node
from gridbot.nlp.slots import place
from gridbot.profiles import Rank

ALL_OF_IT = frozenset(
    (
        *("全体", "所有人", "全体居民", "所有居民", "各位居民", "全部"),
        *("各小区", "各群", "各居民群", "各楼", "大家", "各户"),
    )
)
EVERYBODY = (
    "全体工作人员", "全体网格员", "全体人员", "全体居民", "全体", "全员", "所有人员", "所有人", "全部人员",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Audience:
    """Nodes with everything below them; `building`: only that building's households."""

    nodes: tuple[str, ...]
    name: str
    building: str = ""


def knows(turn: Turn, name: str) -> bool:
    """Whether the words name a part of what the speaker leads (or of the tree at all)."""
    name = _bare(name)
    return bool(name in ALL_OF_IT or _level(turn, name) or _nodes(turn, name) or _building(name))


def _bare(name: str) -> str:
    """青石社区全体人员 is 青石社区."""
    end = next((word for word in EVERYBODY if name.endswith(word) and name != word), "")
    return name.removesuffix(end) if name not in ALL_OF_IT else name


async def audience_of(turn: Turn, name: str) -> Audience:
    """The audience named, the speaker's own nodes where none is; raises NotAllowed and Refusal."""
    nodes = await _audience(turn, name)
    for code in nodes.nodes:
        turn.require(code, Rank.LEADER)
    return nodes


async def _audience(turn: Turn, name: str) -> Audience:
    own, name = _own(turn), _bare(name)
    if not name or name in ALL_OF_IT:
        return _named(turn, own)
    if level := _level(turn, name):
        return _named(turn, _at_level(turn, own, level))
    building = _building(name)
    found = _nodes(turn, name)
    if found and not (building and await _empty(turn, found)):
        return _named(turn, [node.code for node in found])
    below = [code for node in own for code in turn.world.directory.under(node)]
    grids = await announcements.grids_with(building, below)
    if not grids:
        raise Refusal("announce.no_scope", scope=name)
    return Audience(tuple(grids), name, building)


async def _empty(turn: Turn, nodes: Sequence[Node]) -> bool:
    """Whether no household hangs on these nodes: a building's do on its grid."""
    below = [code for node in nodes for code in turn.world.directory.under(node.code)]
    return not await announcements.count(below, "")


def _named(turn: Turn, codes: Sequence[str]) -> Audience:
    nodes = turn.world.directory.nodes
    return Audience(tuple(codes), "、".join(nodes[code].name for code in codes if code in nodes))


def _own(turn: Turn) -> list[str]:
    """What the speaker leads, the topmost only."""
    directory = turn.world.directory
    nodes = list(dict.fromkeys(post.node for post in turn.person.posts if post.rank is Rank.LEADER))
    return [code for code in nodes if not any(directory.inside(code, top) for top in nodes if top != code)]


def _level(turn: Turn, name: str) -> str:
    """全社区, 本网格 → the level's name; "" where it is none of the levels in force."""
    if len(name) < 2 or name[0] not in "全本":
        return ""
    level = name[1:]
    known = {node.level for node in turn.world.directory.nodes.values()}
    return next((one for one in sorted(known) if one and (one == level or level in one)), "")


def _at_level(turn: Turn, own: Sequence[str], level: str) -> list[str]:
    """The node of that level at or above each of the speaker's; his own where he stands higher."""
    found = []
    for code in own:
        above = (node.code for node in turn.world.directory.up(code) if node.level == level)
        found.append(next(above, code))
    return list(dict.fromkeys(found))


def _nodes(turn: Turn, name: str) -> list[Node]:
    """The node of that name (several joined by 、); of several of one name those the speaker leads."""
    directory, found = turn.world.directory, []
    own = _own(turn)
    for part in name.replace("，", "、").replace(",", "、").split("、"):
        same = [node for node in directory.nodes.values() if part in (node.name, node.code)]
        mine = [node for node in same if any(directory.inside(node.code, top) for top in own)]
        if not same and len(part) >= SHORTEST_ENDING:  # 第三网格 of 东街社区第三网格
            ends = [node for node in directory.nodes.values() if node.name.endswith(part)]
            mine = [node for node in ends if any(directory.inside(node.code, top) for top in own)]
        if not (mine or same):
            return []
        found += mine or same
    return found


def _building(name: str) -> str:
    """The number of the building, where the words are nothing but that."""
    found = place.find(name)
    alone = found is not None and found.text == name and not (found.room or found.unit or found.floor)
    return found.building or "" if found is not None and alone else ""
