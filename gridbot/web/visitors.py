"""Who is looking: the person behind a page and the conversations open to him."""

from __future__ import annotations

from dataclasses import dataclass, replace

from gridbot.models.territory.directory import Group
from gridbot.models.territory.people import Person
from gridbot.transports.webchat import Line, WebChat
from gridbot.world import World

MOST_GROUPS = 12  # conversations in the list of one page


@dataclass(frozen=True, slots=True)
class Seat:
    """A group as its members see it in their list."""

    room: str
    name: str
    about: str
    residents: bool


@dataclass(frozen=True, slots=True)
class Visitor:
    """A person at a page: `name` is what the others read, `about` one line on who that is."""

    contact: str
    name: str
    about: str
    kind: str  # resident / staff / department / stranger
    seats: tuple[Seat, ...]


class Visitors:
    """Looks people up. `demo`: anybody may sit anywhere, and neighbours are shown by household and name."""

    def __init__(self, world: World, chat: WebChat, *, demo: bool) -> None:
        self._world, self._chat, self._demo = world, chat, demo

    async def visitor(self, contact: str) -> Visitor:
        person = await self.person(contact)
        return Visitor(contact, self.name(person), self.about(person), kind(person), self._seats(person))

    async def person(self, contact: str) -> Person:
        return await self._world.directory.person(self._chat.name, contact)

    def group(self, room: str) -> Group | None:
        """A group of this chat."""
        return next((group for group in self._groups() if group.room == room), None)

    def may_sit(self, person: Person, group: Group) -> bool:
        """Whether a group is a person's: his home or post is there, or he answers for it."""
        if self._demo:
            return True
        return self._belongs(person, group)

    def _belongs(self, person: Person, group: Group) -> bool:
        directory = self._world.directory
        if group.residents and person.home is not None and directory.inside(person.home.node, group.node):
            return True
        return any(
            directory.inside(group.node, post.node) or directory.inside(post.node, group.node)
            for post in person.posts
        )

    def _groups(self) -> list[Group]:
        return [g for g in self._world.directory.groups if g.transport in ("", self._chat.name)]

    def _seats(self, person: Person) -> tuple[Seat, ...]:
        groups = [group for group in self._groups() if self._belongs(person, group)]
        if not groups and self._demo:
            groups = self._groups()
        near = sorted(groups, key=lambda group: not self._is_near(person, group))
        return tuple(self.seat(group) for group in near[:MOST_GROUPS])

    @staticmethod
    def _is_near(person: Person, group: Group) -> bool:
        home = person.home.node if person.home else None
        return group.node in {home, *(post.node for post in person.posts)}

    def seat(self, group: Group) -> Seat:
        node = self._world.directory.nodes.get(group.node)
        place = node.name if node else ""
        plain = f"{place}{'居民群' if group.residents else '工作群'}"
        named = group.name or (group.room if not group.room.isascii() else plain)
        return Seat(group.room, named, place, group.residents)

    # --- how people are called ----------------------------------------------------------------------------

    def name(self, person: Person) -> str:
        """What the others in a group read beside the message."""
        home = person.home
        if person.posts:
            return f"{person.posts[0].role} {person.name}"
        if person.department:
            return next((d.name for d in self._world.directory.departments if d.id == person.department), "")
        if home is None:
            return person.name or person.contact if self._demo else "访客"
        if not self._demo:
            return f"{home.building}号楼居民{person.contact[-2:]}" if home.building else "居民"
        door = "-".join(part for part in (home.building, home.room) if part)
        return f"{door}{person.name}"

    async def signed(self, line: Line) -> Line:
        """A line read back later, under the name its writer has by now."""
        person = await self.person(line.sender)
        known = kind(person) != "stranger" and line.sender != self._chat.account
        return replace(line, name=self.name(person)) if known else line

    def about(self, person: Person) -> str:
        directory = self._world.directory
        if person.posts:
            places = dict.fromkeys(
                directory.nodes[p.node].name for p in person.posts if p.node in directory.nodes
            )
            return "、".join(list(places)[:3])
        if person.department:
            return "部门联系人"
        if person.home is not None:
            node = directory.nodes.get(person.home.node)
            building = f" {person.home.building}号楼" if person.home.building else ""
            return f"{node.name if node else ''}{building}居民"
        return "访客"


def kind(person: Person) -> str:
    if person.posts:
        return "staff"
    if person.department:
        return "department"
    return "resident" if person.home is not None else "stranger"
