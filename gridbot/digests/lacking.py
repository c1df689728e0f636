"""What a leader's digest says about posts nobody holds and grids that have lost their size."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b

from gridbot.models.territory.gaps import Gap
from gridbot.profiles import Rank
from gridbot.world import World

NAMED = 3  # of a sort; the rest are counted


def lacking(world: World, nodes: Iterable[str]) -> Iterator[str]:
    """At most three lines: vacant posts, grids that came up to these nodes, sizes out of the band."""
    tops = list(nodes)
    below = list(dict.fromkeys(code for top in tops for code in world.directory.under(top)))
    yield from _line(world, "posts", _gaps(world, below, "post"))
    yield from _line(world, "uncovered", uncovered(world, tops, below))
    yield from _line(world, "sizes", _gaps(world, below, "large", "small"))


def mark(lines: Sequence[str]) -> str:
    """What tells one state of these lines from another, "" for none: 16 characters."""
    return blake2b("\n".join(lines).encode(), digest_size=8).hexdigest() if lines else ""


def uncovered(world: World, tops: Iterable[str], below: Iterable[str]) -> list[str]:
    """Grids without a worker of their own whose matters go to whoever leads one of `tops`."""
    directory, tops = world.directory, set(tops)
    found = []
    for code in below:
        node = directory.nodes[code]
        if not directory.is_grid(code) or directory.at(code, Rank.WORKER, Rank.LEADER) or node.owner:
            continue
        stand_in = directory.worker(code)
        if stand_in is not None and stand_in.node in tops:
            found.append(world.texts.say("gaps.worker", node=node.name, name=stand_in.name))
    return found


def _gaps(world: World, below: Iterable[str], *what: str) -> list[str]:
    known = world.directory.gaps
    return [said(world, gap) for code in below for gap in known.get(code, ()) if gap.what in what]


def said(world: World, gap: Gap) -> str:
    """A gap as people read it."""
    return world.texts.say(f"gaps.{gap.what}", **gap.params)


def _line(world: World, name: str, things: list[str]) -> Iterator[str]:
    if things:
        more = world.texts.say("gaps.and_more", count=len(things)) if len(things) > NAMED else ""
        yield world.texts.say(f"digest.{name}", things="；".join(things[:NAMED]) + more, count=len(things))
