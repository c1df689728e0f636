"""The demo's cast: whom one may play."""

from __future__ import annotations

from dataclasses import dataclass

from gridbot.models.reckoning import overview
from gridbot.models.territory.directory import Group
from gridbot.web.visitors import Visitors
from gridbot.world import World

FIRST_BUILDING = "3号楼"  # the story on the start page plays there


@dataclass(frozen=True, slots=True)
class Persona:
    """Somebody to play; `room` is the group to begin in ("" = the private chat)."""

    contact: str
    name: str
    about: str
    kind: str
    room: str


@dataclass(frozen=True, slots=True)
class Cast:
    suggested: tuple[Persona, ...]  # a resident, his grid's worker, its leader
    everybody: tuple[Persona, ...]


async def cast(world: World, visitors: Visitors) -> Cast:
    """Everybody with an account, staff first; and the three with whom the story can be played."""
    directory = world.directory
    contacts = list(dict.fromkeys(post.contact for post in directory.posts if post.contact))
    contacts += [d.contact for d in directory.departments if d.contact and d.contact not in contacts]
    contacts += [one for one in await overview.residents_with_account() if one not in contacts]
    everybody = [await _persona(visitors, contact) for contact in contacts]
    return Cast(await _suggested(world, visitors), tuple(everybody))


async def _persona(visitors: Visitors, contact: str, room: str = "") -> Persona:
    visitor = await visitors.visitor(contact)
    first = room or next((s.room for s in visitor.seats if s.residents or visitor.kind != "resident"), "")
    return Persona(contact, visitor.name, visitor.about, visitor.kind, first)


async def _suggested(world: World, visitors: Visitors) -> tuple[Persona, ...]:
    """A neighbour of 3号楼, the worker and the leader of that grid."""
    directory = world.directory
    group = _story_group(world, visitors)
    if group is None:
        return ()
    neighbour = await overview.neighbour(directory.under(group.node), building="3")
    worker, leader = directory.worker(group.node), directory.leader(group.node)
    found = [neighbour, worker.contact if worker else None, leader.contact if leader else None]
    return tuple([await _persona(visitors, one, group.room) for one in dict.fromkeys(found) if one])


def _story_group(world: World, visitors: Visitors) -> Group | None:
    groups = [g for g in world.directory.groups if g.residents and visitors.group(g.room) is not None]
    named = [g for g in groups if FIRST_BUILDING in visitors.seat(g).name]
    return next(iter([*named, *groups]), None)
