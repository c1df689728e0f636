"""Who is speaking: a contact with the posts and the household behind it."""

from __future__ import annotations

from dataclasses import dataclass, field

from gridbot.profiles import Rank


@dataclass(frozen=True, slots=True)
class Post:
    """One role of one person at one node."""

    staff: str
    name: str = field(repr=False)
    role: str
    rank: Rank
    node: str
    phone: str = field(repr=False)
    contact: str
    deputy_of: str
    employment: str
    hours: str
    duties: tuple[str, ...] = ()  # what is written on the post itself; the profile's come on top


@dataclass(frozen=True, slots=True)
class Home:
    """A household as far as casework needs it."""

    id: str
    node: str
    building: str = ""
    unit: str = ""
    room: str = ""
    address: str = ""

    @property
    def door(self) -> str:
        """How staff call it: 3-2-502; in a village without buildings by its address, 后山7号."""
        return door(self.building, self.unit, self.room, self.address)


ROW = "排"


def door(building: str, unit: str, room: str, address: str) -> str:
    """How staff call a household, "" where nothing of it is known."""
    if not unit and not (building and room):  # a village's house: 后山7号
        number = building or room
        return address or (f"{number}号" if number.isdigit() and building else number)
    if building.endswith(ROW) and room.isdigit() and not unit:  # a house of a row: 7排7号
        return f"{building}{room}号"
    return "-".join(part for part in (building, unit, room) if part) or address


@dataclass(frozen=True, slots=True)
class Person:
    """One account: its posts (none for a resident), its household (none for a stranger)."""

    contact: str
    transport: str
    posts: tuple[Post, ...] = ()
    home: Home | None = None
    department: str | None = None  # the department whose contact this is
    opted_out: bool = False
    name: str = field(default="", repr=False)

    @property
    def staff(self) -> str | None:
        """The staff id, None for residents and strangers."""
        return self.posts[0].staff if self.posts else None

    @property
    def is_staff(self) -> bool:
        return bool(self.posts)

    @property
    def ranks(self) -> frozenset[Rank]:
        return frozenset(post.rank for post in self.posts)

    @property
    def who(self) -> str:
        """How histories name the actor: the staff id, else the department's id, else the contact."""
        return self.staff or self.department or self.contact
