"""Visits: who lives where and is owed one, what is planned, what was made."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from tortoise.expressions import Q
from tortoise.queryset import QuerySet

from gridbot import jsons
from gridbot.models import plain
from gridbot.models.acts import Act, change, created
from gridbot.models.database import as_moment, moment
from gridbot.models.duty.duties import Visit
from gridbot.models.territory import people
from gridbot.models.territory.org import Household, Resident

AT_THE_DOOR = "上门"
BY_PHONE = "电话"
MODES = (AT_THE_DOOR, BY_PHONE, "视频", "路遇")
EVENING, MORNING, LOOKED_IN = "晚间看望", "晨间看望", "平安"
PAIR = (
    EVENING,
    MORNING,
    LOOKED_IN,
)  # looked after every evening and the next morning: kept apart from the rounds
UNASKED = "主动走访"
_OF_ROUNDS = "why NOT IN (" + ", ".join(f"'{why}'" for why in PAIR) + ")"
_PLANNED = f"done_at IS NULL AND NOT dropped AND arrive_by IS NULL AND {_OF_ROUNDS}"
# The same, so written that it is found by its worker: a city has a million visits that are not made yet.
_HIS = _PLANNED.replace("done_at IS NULL", "NOT (done_at IS NOT NULL)")
MANY = 500  # nodes a statement
REMEMBERED = timedelta(days=400)  # longer than the longest period between two visits


@dataclass(frozen=True, slots=True)
class Dwelling:
    """A household as planning sees it; `classes` are its own and its members'."""

    id: str
    node: str
    building: str
    unit: str
    room: str
    classes: frozenset[str]
    since: date | None
    head: str = ""
    people: Mapping[str, frozenset[str]] = field(default_factory=dict)  # name → classes

    @property
    def stairwell(self) -> tuple[tuple[int, str], ...]:
        """What a worker who goes from door to door sorts by."""
        return tuple(natural(part) for part in (self.building, self.unit, self.room))


def natural(text: str) -> tuple[int, str]:
    """2 before 10, numbers before names."""
    return (int(text), "") if text.isdigit() else (10**9, text)


@dataclass(frozen=True, slots=True)
class Made:
    """The last visit of any kind, and the last at the door: moments, UTC."""

    at: datetime | None = None
    at_the_door: datetime | None = None


async def dwellings(node: str) -> list[Dwelling]:
    """The households of one node, door by door."""
    return (await dwellings_of([node])).get(node, [])


async def dwellings_of(nodes: Collection[str]) -> dict[str, list[Dwelling]]:
    """The households of some nodes, by node, door by door."""
    marks = ", ".join("?" * len(nodes))
    members = await plain.table(
        "SELECT household, name, classes FROM resident "
        f"WHERE household IN (SELECT id FROM household WHERE node IN ({marks})) ORDER BY id",
        *nodes,
    )
    people: dict[str, dict[str, frozenset[str]]] = defaultdict(dict)
    for household, name, classes in members:
        people[household][name] = _classes(classes)
    homes = await plain.table(
        f"SELECT id, node, building, unit, room, classes, since, head FROM household WHERE node IN ({marks})",
        *nodes,
    )
    found: dict[str, list[Dwelling]] = defaultdict(list)
    for id, code, building, unit, room, classes, since, head in homes:
        members_of = people.get(id, _NOBODY)
        held = _classes(classes)
        found[code].append(
            Dwelling(
                id, code, building, unit, room, held.union(*members_of.values()) if members_of else held,
                plain.as_day(since) if since else None, head, members_of,
            )
        )  # fmt: skip
    for some in found.values():
        some.sort(key=lambda dwelling: (dwelling.stairwell, dwelling.id))
    return found


_NOBODY: Mapping[str, frozenset[str]] = {}


@lru_cache(maxsize=4096)
def _classes(cell: str) -> frozenset[str]:
    """A list of classes as the table keeps it."""
    return frozenset(jsons.read(cell))


@dataclass(slots=True)
class Open:
    """A planned visit that was not made yet, as far as planning needs it; planning changes it in place."""

    id: int
    household: str
    worker: str
    due_on: date | None
    why: str
    reminded_on: date | None = None
    dropped: bool = False


def _rounds(**which: object) -> QuerySet[Visit]:
    """Planned visits that were not made yet."""
    return Visit.filter(done_at__isnull=True, dropped=False, **which).exclude(why__in=PAIR)


async def owed(nodes: Collection[str]) -> dict[str, list[Open]]:
    """The planned visits of some nodes that were not made yet, by node."""
    found: dict[str, list[Open]] = defaultdict(list)
    sql = (
        "SELECT grid, id, household, worker, due_on, why FROM visit "
        f"WHERE grid IN ({', '.join('?' * len(nodes))}) AND {_PLANNED} ORDER BY id"
    )
    for grid, id, household, worker, due_on, why in await plain.table(sql, *nodes):
        found[grid].append(Open(id, household, worker, plain.as_day(due_on) if due_on else None, why))
    return found


async def forsaken(inhabited: Collection[str]) -> list[str]:
    """The nodes where visits are owed though nobody lives there any more."""
    rest = [grid for grid in await plain.different("visit", "grid") if grid not in set(inhabited)]
    found: list[str] = []
    for start in range(0, len(rest), MANY):
        found += await owed(rest[start : start + MANY])
    return found


async def made(nodes: Collection[str], now: datetime) -> dict[str, Made]:
    """The last visits of each household of some nodes."""
    sql = (
        f"SELECT household, done_at, mode FROM visit WHERE grid IN ({', '.join('?' * len(nodes))}) "
        f"AND done_at >= ? AND NOT dropped AND {_OF_ROUNDS} ORDER BY done_at"
    )
    found: dict[str, Made] = {}
    for household, done_at, mode in await plain.table(sql, *nodes, moment(now - REMEMBERED)):
        before, at = found.get(household, Made()), as_moment(done_at)
        found[household] = Made(at, at if mode == AT_THE_DOOR else before.at_the_door)
    return found


async def load(worker: str, day: date) -> dict[date, int]:
    """How many visits a worker has planned on each day from this one on."""
    planned = await plain.table(
        f"SELECT due_on, COUNT(*) FROM visit WHERE worker = ? AND due_on >= ? AND {_HIS} GROUP BY due_on",
        worker,
        plain.day(day),
    )
    return defaultdict(int, {plain.as_day(due_on): int(count) for due_on, count in planned})


async def store(new: Sequence[Visit], changed: Sequence[Open]) -> None:
    """Write what planning made and moved."""
    await plain.add(new)
    moved = [plain.new(Visit, **{name: getattr(one, name) for name in ("id", *_MOVED)}) for one in changed]
    await plain.save(moved, *_MOVED)


_MOVED = ("worker", "due_on", "why", "dropped", "reminded_on")


# --- reminding --------------------------------------------------------------------------------------------


class Owed(NamedTuple):
    """A visit as far as reminding needs it."""

    id: int
    household: str
    worker: str
    due_on: date
    why: str
    reminded_on: date | None


class Door(NamedTuple):
    """Where a household lives."""

    id: str
    building: str
    unit: str
    room: str
    address: str

    @property
    def stairwell(self) -> tuple[tuple[int, str], ...]:
        """What a worker who goes from door to door sorts by."""
        return tuple(natural(part) for part in (self.building, self.unit, self.room))

    def __str__(self) -> str:
        """As its worker calls it: 3-2-502."""
        return people.door(self.building, self.unit, self.room, self.address) or self.id


NOWHERE = Door("", "", "", "", "")


async def near(workers: Collection[str], until: date) -> list[Owed]:
    """What these workers owe up to a day, the oldest first."""
    if not workers:
        return []
    marks = ", ".join("?" * len(workers))
    found = await plain.table(
        f"SELECT {', '.join(Owed._fields)} FROM visit WHERE worker IN ({marks}) AND due_on <= ?"
        f" AND {_HIS} ORDER BY due_on, id",
        *workers,
        plain.day(until),
    )
    return [_owed(row) for row in found]


async def owed_until(nodes: Collection[str], until: date) -> list[Owed]:
    """What is owed at some nodes up to a day, the oldest first."""
    wanted, found = sorted(nodes), list[Owed]()
    for start in range(0, len(wanted), MANY):
        part = wanted[start : start + MANY]
        rows = await plain.table(
            f"SELECT {', '.join(Owed._fields)} FROM visit "
            f"WHERE grid IN ({', '.join('?' * len(part))}) AND due_on <= ? AND {_HIS}",
            *part,
            plain.day(until),
        )
        found += [_owed(row) for row in rows]
    return sorted(found, key=lambda one: (one.due_on, one.id))


def _owed(row: Sequence[Any]) -> Owed:
    id, household, worker, due_on, why, told = row
    return Owed(id, household, worker, plain.as_day(due_on), why, plain.as_day(told) if told else None)


async def reminded(visits: Iterable[Owed], day: date) -> None:
    """The worker was told that these fall due within a week."""
    await Visit.filter(id__in=[visit.id for visit in visits]).update(reminded_on=day)


async def overdue(day: date, limit: int) -> list[Visit]:
    """Visits past their day of which the leader has not heard."""
    rows = _rounds(due_on__lt=day, escalated_on__isnull=True, arrive_by__isnull=True)
    return await rows.order_by("grid", "due_on", "id").limit(limit)


async def escalated(visits: Iterable[Visit], day: date) -> None:
    """The leader was told."""
    await Visit.filter(id__in=[visit.id for visit in visits]).update(escalated_on=day)


async def doors(ids: Iterable[str]) -> dict[str, Door]:
    """Where households live, by id."""
    wanted = list(dict.fromkeys(ids))
    if not wanted:
        return {}
    marks = ", ".join("?" * len(wanted))
    sql = f"SELECT {', '.join(Door._fields)} FROM household WHERE id IN ({marks})"
    return {row[0]: Door(*row) for row in await plain.table(sql, *wanted)}


def door(home: Household) -> str:
    """A household as its worker calls it: 3-2-502."""
    return str(Door(home.id, home.building, home.unit, home.room, home.address))


# --- making -----------------------------------------------------------------------------------------------


async def homes(
    nodes: Collection[str], buildings: Collection[str], unit: str | None, room: str
) -> list[Household]:
    """The households at an address within some nodes; every unit's where none is said."""
    found = Household.filter(node__in=list(nodes), room=room)
    if buildings:
        found = found.filter(building__in=list(buildings))
    if unit:
        found = found.filter(unit=unit)
    return await found.order_by("id").limit(10)


async def numbered(nodes: Collection[str], number: str) -> list[Household]:
    """The households of some nodes in a house known by its number alone, as in a village."""
    plain_ones = Q(building="", room=number) | Q(building=number, unit="", room="")
    by_address = Q(address__endswith=f"{number}号")
    found = await Household.filter(plain_ones | by_address, node__in=list(nodes)).order_by("id").limit(50)
    ending = f"{number}号"
    return [
        home
        for home in found
        if not home.address.endswith(ending) or not home.address.removesuffix(ending)[-1:].isdigit()
    ][:10]


async def household(id: str) -> Household | None:
    return await Household.get_or_none(id=id)


async def record(
    act: Act, home: Household, *, worker: str, mode: str, outcome: str, needs_door: bool
) -> tuple[Visit, bool]:
    """Write down a visit; returns it, and whether it settles what was owed.

    A visit settles every class at once; where only the door counts a call is kept as a call.
    """
    open_ones = await _rounds(household=home.id).order_by("due_on", "id")
    there = mode == AT_THE_DOOR
    settled = [visit for visit in open_ones if there or not (needs_door or visit.arrive_by)]
    for visit in settled:
        arrived = {"arrived_at": visit.arrived_at or act.at} if visit.arrive_by else {}
        await change(act, visit, done_at=act.at, mode=mode, outcome=outcome, worker=worker, **arrived)
    if settled:
        return settled[0], True
    visit = await Visit.create(
        household=home.id, grid=home.node, worker=worker, why=UNASKED,
        done_at=act.at, mode=mode, outcome=outcome,
    )  # fmt: skip
    await created(act, visit)
    return visit, there or not needs_door


async def attempted(act: Act, home: Household, *, worker: str, mode: str, outcome: str) -> None:
    """Somebody was there and met nobody: it is kept, and nothing is settled by it."""
    visit = await Visit.create(
        household=home.id, grid=home.node, worker=worker, why=UNASKED, dropped=True,
        done_at=act.at, mode=mode, outcome=outcome,
    )  # fmt: skip
    await created(act, visit)


async def put_off(act: Act, household: str, day: date, told_on: date | None = None) -> int:
    """What is owed to a household by this day is owed on it now; returns how many visits.

    `told_on`: the worker has just read the new day and is not told of it again before it comes.
    """
    rows = await _rounds(household=household, arrive_by__isnull=True, due_on__lt=day)
    for visit in rows:
        await change(act, visit, due_on=day, reminded_on=told_on)
    return len(rows)


async def due_on(household: str) -> date | None:
    """The day a household's next visit is owed on; None where none is."""
    row = await _rounds(household=household, arrive_by__isnull=True).order_by("due_on").first()
    return row.due_on if row is not None else None


async def drop_owed(act: Act, household: str) -> None:
    """Nothing is owed to a household any more."""
    for visit in await _rounds(household=household):
        await change(act, visit, dropped=True)


async def told(act: Act, visit: Visit, what: Sequence[str]) -> None:
    """What was explained on the way."""
    await change(act, visit, told=list(dict.fromkeys([*visit.told, *what])))


async def one(id: int) -> Visit | None:
    return await Visit.get_or_none(id=id)


async def book(household: str, limit: int) -> list[Visit]:
    """The last visits of a household, newest first, look-ins and vain ones too."""
    return await Visit.filter(household=household, done_at__isnull=False).order_by("-done_at").limit(limit)


async def people_named(nodes: Collection[str], name: str) -> list[tuple[Resident | None, Household]]:
    """Residents and heads of households of some nodes whose name is, or whose surname begins, `name`."""
    exact = await _people(nodes, Q(name=name), Q(head=name))
    return exact or await _people(nodes, Q(name__startswith=name[:1]), Q(head__startswith=name[:1]))


async def named_in(nodes: Collection[str], text: str) -> list[Household]:
    """The households of some nodes of which a member's, or the head's, whole name stands in a short text."""
    spans = {text[at : at + size] for size in (2, 3, 4) for at in range(len(text) - size + 1)}
    found = await _people(nodes, Q(name__in=spans), Q(head__in=spans))
    return [home for _, home in found]


async def name_in(nodes: Collection[str], text: str) -> str:
    """The only member or head of some nodes' households whose whole name stands in a short text, else ""."""
    spans = {text[at : at + size] for size in (2, 3, 4) for at in range(len(text) - size + 1)}
    found = await _people(nodes, Q(name__in=spans), Q(head__in=spans))
    names = {resident.name if resident else home.head for resident, home in found}
    return names.pop() if len(names) == 1 else ""


async def _people(nodes: Collection[str], people: Q, heads: Q) -> list[tuple[Resident | None, Household]]:
    homes = {h.id: h for h in await Household.filter(heads, node__in=list(nodes)).limit(50)}
    found: dict[tuple[str, str], tuple[Resident | None, Household]] = {}
    for resident in await Resident.filter(people).limit(200):
        home = homes.get(resident.household) or await Household.get_or_none(
            id=resident.household, node__in=list(nodes)
        )
        if home is not None:
            found[home.id, resident.name] = (resident, home)
    known = {home for home, _ in found}
    return [*found.values(), *((None, home) for home in homes.values() if home.id not in known)]


async def planned_look_ins(node: str, day: date, why: str) -> set[tuple[str, str]]:
    """The households and people whose look-in of this kind and day is planned (or made) already."""
    rows = await Visit.filter(grid=node, due_on=day, why=why).values_list("household", "person")
    return {(household, person) for household, person in rows}


async def open_look_ins(node: str, day: date, why: str) -> list[Visit]:
    """Those of this kind and day that nobody has made yet."""
    rows = Visit.filter(grid=node, due_on=day, why=why, done_at__isnull=True, dropped=False)
    return await rows.order_by("id")


async def rest_look_ins(
    act: Act, home: str, person: str, first: date, last: date | None, *, rest: bool
) -> None:
    """The look-ins of somebody on some days are left out (`rest`) or owed again."""
    rows = Visit.filter(
        household=home, person=person, why__in=PAIR, due_on__gte=first, done_at__isnull=True, dropped=not rest
    )
    if last is not None:
        rows = rows.filter(due_on__lte=last)
    for visit in await rows:
        await change(act, visit, dropped=rest)


async def look_ins_at(household: str, day: date, whys: Collection[str]) -> list[Visit]:
    """The look-ins of a household on a day that nobody has made yet."""
    rows = Visit.filter(household=household, due_on=day, why__in=list(whys), done_at__isnull=True)
    rows = rows.filter(dropped=False)
    return await rows.order_by("id")


async def seen(act: Act, rows: Sequence[Visit], *, worker: str, outcome: str) -> None:
    """These look-ins are made by a visit at the door."""
    for visit in rows:
        await change(act, visit, done_at=act.at, mode=AT_THE_DOOR, outcome=outcome, worker=worker)


async def escalated_at(nodes: Collection[str], day: date) -> int:
    """Visits within some nodes that are past their day, of which the leader has heard."""
    rows = _rounds(grid__in=list(nodes), due_on__lt=day, escalated_on__isnull=False, arrive_by__isnull=True)
    return await rows.count()


async def look_ins_of(nodes: Collection[str], day: date) -> list[Visit]:
    """Every look-in of a day within some nodes."""
    return await Visit.filter(grid__in=list(nodes), due_on=day, why__in=PAIR, dropped=False).order_by("id")


async def seen_on_the_way(nodes: Collection[str], since: datetime, until: datetime) -> list[Visit]:
    """Who was looked in on, within some nodes and that time, without its being due."""
    rows = Visit.filter(grid__in=list(nodes), done_at__gte=since, done_at__lt=until, why=LOOKED_IN)
    return await rows.order_by("id")


async def told_of_since(nodes: Collection[str], since: datetime) -> dict[str, str]:
    """What was told last since a moment of each person who is looked in on, by name."""
    rows = Visit.filter(grid__in=list(nodes), done_at__gte=since, dropped=False).exclude(person="")
    return {str(who): str(how) for who, how in await rows.order_by("id").values_list("person", "outcome")}


async def check_on(household: str, person: str, day: date, first: str) -> Visit | None:
    """The look-in of this day that was not made yet, of both the `first` (MORNING or EVENING).

    Who was seen in the morning has to be seen again in the evening; what the evening tells may be
    about the morning.
    """
    rows = Visit.filter(
        household=household, person__in=(person, ""), due_on=day, done_at__isnull=True, dropped=False,
        why__in=(MORNING,) if first == MORNING else PAIR,
    )  # fmt: skip
    found = await rows.order_by("id")
    return next((visit for visit in found if visit.why == first), found[0] if found else None)


async def classes_of(home: Household) -> frozenset[str]:
    """The classes of a household and of its members."""
    rows = await Resident.filter(household=home.id).values_list("classes", flat=True)
    held = (one for row in rows if isinstance(row, list) for one in row)
    return frozenset(home.classes).union(str(one) for one in held)


async def looked_in(
    act: Act, home: Household, person: str, *, worker: str, outcome: str, day: date, first: str
) -> Visit:
    """Write down that somebody was looked in on; the evening's or morning's duty is done by it."""
    visit = await check_on(home.id, person, day, first)
    if visit is not None:
        await change(act, visit, done_at=act.at, mode=AT_THE_DOOR, outcome=outcome, worker=worker)
        return visit
    visit = await Visit.create(
        household=home.id, grid=home.node, person=person, worker=worker, why=LOOKED_IN,
        done_at=act.at, mode=AT_THE_DOOR, outcome=outcome,
    )  # fmt: skip
    await created(act, visit)
    return visit
