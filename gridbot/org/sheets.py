"""The sheets of an org: their columns, in order, and the table each fills."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from gridbot.models.territory.org import (
    CalendarDay,
    Department,
    Group,
    Household,
    Landmark,
    Node,
    Post,
    Resident,
    Table,
)


class Kind(StrEnum):
    TEXT = "text"
    NUMBER = "number"  # of a building, unit or room: 3号楼 is 3
    COUNT = "count"
    DAY = "day"
    LIST = "list"
    YES_NO = "yes_no"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Column:
    """`needed`: the header must name it; `filled`: no cell of it may be empty."""

    name: str
    kind: Kind = Kind.TEXT
    attribute: str = ""  # of the model; "" = the column's name
    needed: bool = False
    filled: bool = False
    choices: Mapping[str, str] = field(default_factory=dict)  # what people write → what is stored
    keeps: bool = False  # an empty cell leaves what is there

    @property
    def at(self) -> str:
        return self.attribute or self.name


@dataclass(frozen=True, slots=True)
class Sheet:
    """One file: `key` are the columns by which a row is recognised again."""

    name: str
    model: type[Table]
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    natural: bool = False  # the key is the table's primary key

    def column(self, name: str) -> Column | None:
        return next((each for each in self.columns if each.name == name), None)


def _must(name: str, kind: Kind = Kind.TEXT, **more: str) -> Column:
    return Column(name, kind, needed=True, filled=True, **more)  # type: ignore[arg-type]


_AUDIENCES = dict.fromkeys(("residents", "居民", "居民群"), "residents")
_AUDIENCES |= dict.fromkeys(("staff", "工作", "工作群", "工作人员"), "staff")
_LISTENING = {"mention": "mention", "keywords": "keywords", "off": "off"}
_EMPLOYMENT = {"专职": "专职", "兼职": "兼职"}
_DAY_KINDS = dict.fromkeys(("work", "班", "上班", "工作"), "work")
_DAY_KINDS |= dict.fromkeys(("rest", "休", "休息", "放假"), "rest")

NODES = Sheet(
    "nodes",
    Node,
    ("code",),
    (
        _must("code"),
        Column("parent", needed=True),
        _must("name"),
        Column("level"),
        Column("kind"),
        Column("profile"),
        Column("declared_units", Kind.COUNT),
        Column("area"),
        Column("owner"),
        Column("party"),
    ),
    natural=True,
)
STAFF = Sheet(
    "staff",
    Post,
    ("id", "role", "node"),
    (
        _must("id", attribute="staff"),
        _must("name"),
        _must("role"),
        _must("node"),
        Column("phone"),
        Column("contact", keeps=True),
        Column("deputy_of"),
        Column("employment", Kind.CHOICE, choices=_EMPLOYMENT, keeps=True),
        Column("hours"),
        Column("departments", Kind.LIST),
        Column("duties", Kind.LIST),
        Column("source"),
    ),
)
DEPARTMENTS = Sheet(
    "departments",
    Department,
    ("id",),
    (
        _must("id"),
        _must("name"),
        Column("categories", Kind.LIST),
        Column("node"),
        Column("contact", keeps=True),
        Column("hours"),
        Column("person"),
        Column("phone"),
    ),
    natural=True,
)
ROOMS = Sheet(
    "rooms",
    Group,
    ("transport", "room"),
    (
        Column("room", needed=True),
        _must("node"),
        Column("audience", Kind.CHOICE, needed=True, filled=True, choices=_AUDIENCES),
        Column("listen", Kind.CHOICE, choices=_LISTENING, keeps=True),
        Column("transport"),
        Column("name", attribute="topic", keeps=True),
    ),
)
HOUSEHOLDS = Sheet(
    "households",
    Household,
    ("id",),
    (
        _must("id"),
        _must("node"),
        Column("address"),
        Column("building", Kind.NUMBER),
        Column("unit", Kind.NUMBER),
        Column("room", Kind.NUMBER),
        Column("head"),
        Column("classes", Kind.LIST),
        Column("phone"),
        Column("since", Kind.DAY),
    ),
    natural=True,
)
RESIDENTS = Sheet(
    "residents",
    Resident,
    ("household", "name"),
    (
        Column("contact", keeps=True),
        _must("household"),
        Column("name"),
        Column("head", Kind.YES_NO),
        Column("birth", Kind.DAY),
        Column("classes", Kind.LIST),
        Column("phone"),
    ),
)
PLACES = Sheet(
    "places",
    Landmark,
    ("node", "name"),
    (Column("node", needed=True), _must("name"), Column("aliases", Kind.LIST), Column("kind")),
)
CALENDAR = Sheet(
    "calendar",
    CalendarDay,
    ("day",),
    (
        _must("day", Kind.DAY),
        Column("kind", Kind.CHOICE, needed=True, filled=True, choices=_DAY_KINDS),
        Column("name"),
    ),
    natural=True,
)

SHEETS = (NODES, STAFF, DEPARTMENTS, ROOMS, HOUSEHOLDS, RESIDENTS, PLACES, CALENDAR)
BY_NAME = {sheet.name: sheet for sheet in SHEETS}
