"""The register of households and people: what is known, what is missing, who is there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from tortoise.expressions import Subquery

from gridbot.models.acts import Act, change, created
from gridbot.models.duty.care import Fact, Presence
from gridbot.models.territory.org import Household, Resident
from gridbot.profiles.care import Care
from gridbot.workdays import WorkCalendar, months_after

AT_HOME, AWAY, BACK = "在家", "外出", "返乡"
MANY = 500  # households a statement
HEAD, PHONE, PEOPLE, CLASSES = "户主", "电话", "人数", "类别"


@dataclass(frozen=True, slots=True)
class Member:
    """A member of a household, as the register shows one."""

    name: str
    phone: str
    presence: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A household's page: `facts` are the fields of the four sheets with the moment they were learned."""

    home: Household
    members: tuple[Member, ...]
    facts: Mapping[str, tuple[str, datetime | None]]

    def missing(self, fields: Sequence[str], since: datetime) -> list[str]:
        """The fields unknown or known from before a moment; what the import brought is taken as it is."""
        return [name for name in fields if not self._clear(name, since)]

    def _clear(self, name: str, since: datetime) -> bool:
        value, known_at = self.facts.get(name, ("", None))
        return bool(value) and (known_at is None or known_at >= since)


def of_home(id: str) -> str:
    return f"household:{id}"


def of_node(code: str) -> str:
    return f"node:{code}"


def masked(name: str) -> str:
    """张*: as whoever does not work with the household reads a name."""
    return f"{name[:1]}*" if name else ""


async def entry(home: Household) -> Entry:
    """The page of a household."""
    return (await _entries([home]))[0]


async def entries(node: str) -> list[Entry]:
    """The pages of all households of a node."""
    return await _entries(await Household.filter(node=node).order_by("id"))


async def pages(ids: Iterable[str]) -> list[Entry]:
    """The pages of households by id."""
    return await _entries(await Household.filter(id__in=list(ids)).order_by("id"))


def fields(care: Care) -> list[str]:
    """The fields of the sheets that are a household's own."""
    return [name for sheet, names in care.sheets.items() if sheet not in care.area_sheets for name in names]


def since(care: Care, calendar: WorkCalendar, now: datetime) -> datetime:
    """From when on a field counts as known."""
    return calendar.at(months_after(calendar.day_of(now), -care.fresh_months), calendar.hours[0][0])


NO_PHONE = "无手机老人"


def questions(page: Entry, care: Care, calendar: WorkCalendar, now: datetime) -> list[str]:
    """What the four sheets still want to know of a household."""
    asked = [name for name in fields(care) if name != PHONE or NO_PHONE not in page.home.classes]
    return page.missing(asked, since(care, calendar, now))


async def _entries(homes: Sequence[Household]) -> list[Entry]:
    ids = [home.id for home in homes]
    people: dict[str, list[Resident]] = defaultdict(list)
    there: dict[tuple[str, str], str] = {}
    facts: dict[str, dict[str, tuple[str, datetime | None]]] = defaultdict(dict)
    for start in range(0, len(ids), MANY):
        part = ids[start : start + MANY]
        for person in await Resident.filter(household__in=part).order_by("-head", "id"):
            people[person.household].append(person)
        for row in await Presence.filter(household__in=part):
            there[row.household, row.name] = row.state
        for fact in await Fact.filter(subject__in=[of_home(id) for id in part]):
            facts[fact.subject][fact.field] = (fact.value, fact.known_at)
    return [_entry(home, people[home.id], there, facts[of_home(home.id)]) for home in homes]


def _entry(
    home: Household,
    people: Sequence[Resident],
    there: Mapping[tuple[str, str], str],
    facts: dict[str, tuple[str, datetime | None]],
) -> Entry:
    classes = sorted({*home.classes, *(one for person in people for one in person.classes)})
    imported = {
        HEAD: home.head, PHONE: home.phone, PEOPLE: str(len(people)) if len(people) > 1 else "",
        CLASSES: "、".join(classes),
    }  # fmt: skip
    for name, value in imported.items():
        if value and name not in facts:
            facts[name] = (value, None)
    members = tuple(Member(p.name, p.phone, there.get((home.id, p.name), AT_HOME)) for p in people if p.name)
    return Entry(home, members, facts)


async def known(subject: str) -> dict[str, tuple[str, datetime | None]]:
    """What is known of a household or an area."""
    rows = await Fact.filter(subject=subject).order_by("id")
    return {row.field: (row.value, row.known_at) for row in rows}


async def learn(act: Act, subject: str, name: str, value: str) -> None:
    """A field is known anew."""
    row = await Fact.get_or_none(subject=subject, field=name)
    if row is not None:
        await change(act, row, value=value, known_at=act.at, by=act.by)
        return
    await created(
        act, await Fact.create(subject=subject, field=name, value=value, known_at=act.at, by=act.by)
    )


async def correct(act: Act, home: Household, name: str, value: str) -> None:
    """补: a field of a household; head, telephone and classes are the register's own."""
    if name == HEAD:
        await change(act, home, head=value[:64])
    elif name == PHONE:
        await change(act, home, phone=value[:32])
    elif name == CLASSES:
        await change(act, home, classes=[part for part in value.replace("，", "、").split("、") if part])
    await learn(act, of_home(home.id), name, value)


async def confirm(act: Act, home: Household, names: Sequence[str]) -> None:
    """A visit that found all as it was: what is known is known anew."""
    page = await entry(home)
    for name in names:
        if page.facts.get(name, ("", None))[0]:
            await learn(act, of_home(home.id), name, page.facts[name][0])


async def there(act: Act, home: Household, name: str, state: str) -> None:
    """Somebody is at home, away, or back for the season."""
    row = await Presence.get_or_none(household=home.id, name=name)
    if row is not None:
        await change(act, row, state=state, by=act.by, at=act.at)
        return
    row = await Presence.create(
        household=home.id, grid=home.node, name=name, state=state, by=act.by, at=act.at
    )
    await created(act, row)


async def households_with(state: str, since: datetime) -> set[str]:
    """Households of which somebody was noted to be in this state since a moment."""
    rows = await Presence.filter(state=state, at__gte=since).values_list("household", flat=True)
    return {str(household) for household in rows}


@dataclass(frozen=True, slots=True)
class GridFacts:
    """格情: numbers only."""

    homes: int
    people: int
    away: int
    back: int
    of_classes: int

    @property
    def at_home(self) -> int:
        return self.people - self.away


async def facts_of(nodes: Collection[str], ordinary: str) -> GridFacts:
    """Counts over some nodes; a household without members on file counts as one person.

    Who is 外出 or 返乡 by his class in the org is so until somebody notes something else of him.
    """
    homes = await Household.filter(node__in=list(nodes)).values_list("id", "classes")
    ids = [str(id) for id, _ in homes]
    found = Resident.filter(household__in=ids).values_list("household", "name", "classes")
    people = await found if ids else []
    named = {str(household) for household, _, _ in people}
    held = [classes for _, classes in homes] + [classes for _, _, classes in people]
    rows = await Presence.filter(grid__in=list(nodes)).values_list("household", "name", "state")
    noted = {(str(household), str(name)): str(state) for household, name, state in rows}
    by_class = {
        (str(household), str(name)): state
        for household, name, classes in people
        for state in (AWAY, BACK)
        if state in (classes or [])
    }
    presence = list({**by_class, **noted}.values())
    ordinaries = {ordinary, AWAY, BACK, AT_HOME}
    return GridFacts(
        homes=len(ids),
        people=len(people) + len(set(ids) - named),
        away=presence.count(AWAY),
        back=presence.count(BACK),
        of_classes=sum(any(one not in ordinaries for one in classes or []) for classes in held),
    )


async def names_anybody(grid: str, text: str) -> bool:
    """Whether a text holds the name of somebody who lives in the grid."""
    for home in await Household.filter(node=grid).only("id", "head"):
        if len(home.head) > 1 and home.head in text:
            return True
    nearby = Resident.filter(household__in=Subquery(Household.filter(node=grid).values("id")))
    return any(len(person.name) > 1 and person.name in text for person in await nearby.only("id", "name"))
