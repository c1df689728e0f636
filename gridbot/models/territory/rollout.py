"""How far the use of the bot has come in a part of the tree, level by level."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from gridbot.models.territory.directory import Directory
from gridbot.profiles import Rank


@dataclass(frozen=True, slots=True)
class Reach:
    """Of the nodes of one level: how many have a group, a bound worker, a first matter; who is behind."""

    level: str
    nodes: int
    grouped: int
    bound: int
    begun: int
    behind: tuple[str, ...]  # names of nodes without a group or without a bound worker


def reaches(directory: Directory, tops: Iterable[str], begun: Collection[str]) -> list[Reach]:
    """Every level below these nodes, from the top; a node has what anything at or below it has."""
    below = list(dict.fromkeys(code for top in tops for code in directory.under(top)))
    grouped = _upwards(directory, {group.node for group in directory.groups if group.residents})
    workers = (Rank.WORKER, Rank.DEPUTY, Rank.LEADER, Rank.HELPER)
    bound = _upwards(directory, {p.node for p in directory.posts if p.contact and p.rank in workers})
    started = _upwards(directory, begun)
    levels: dict[str, list[str]] = {}
    for code in below:
        if not directory.virtual(code):
            levels.setdefault(directory.nodes[code].level, []).append(code)
    return [
        Reach(
            level,
            len(codes),
            sum(code in grouped for code in codes),
            sum(code in bound for code in codes),
            sum(code in started for code in codes),
            tuple(directory.nodes[code].name for code in codes if code not in grouped & bound),
        )
        for level, codes in levels.items()
    ]


def _upwards(directory: Directory, codes: Iterable[str]) -> set[str]:
    """The nodes and everything above them."""
    found: set[str] = set()
    for code in codes:
        for node in directory.up(code):
            if node.code in found:
                break
            found.add(node.code)
    return found
