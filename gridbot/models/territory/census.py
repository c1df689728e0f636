"""How many households and people a part of the tree has, by class."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from tortoise.expressions import Subquery

from gridbot.models import plain
from gridbot.models.acts import Act, change, created
from gridbot.models.cases.casework import State
from gridbot.models.cases.tickets import History, Ticket
from gridbot.models.database import connection
from gridbot.models.duty.care import Fact
from gridbot.models.territory.org import Household, Resident
from gridbot.profiles import OTHER

MANY = 500  # more nodes than this are not named one by one


@dataclass(frozen=True, slots=True)
class Census:
    """Counts; `bound`: households with somebody the bot can write to; `classes`: households, most first."""

    households: int
    people: int
    bound: int
    classes: tuple[tuple[str, int], ...]


async def count(nodes: Sequence[str]) -> Census:
    """Count the households of these nodes."""
    rows = await Household.filter(node__in=list(nodes)).values_list("id", "classes")
    held = {str(household): set(classes) for household, classes in rows}
    people, bound = 0, set[str]()
    here = Subquery(Household.filter(node__in=list(nodes)).values("id"))
    people_here = Resident.filter(household__in=here).values_list("household", "contact", "classes")
    for household, contact, classes in await people_here:
        if household in held:
            people += 1
            held[household].update(classes)
            bound.update([household] if contact else [])
    classes = Counter(name for found in held.values() for name in sorted(found))
    return Census(len(held), people, len(bound), tuple(classes.most_common()))


async def inhabited() -> list[str]:
    """The nodes that have households."""
    return await plain.different("household", "node")


async def unlisted(nodes: Collection[str], start: datetime, end: datetime, note: str) -> list[Ticket]:
    """Tickets of a span that are on no list: of the category 其他, or declined with this note."""
    tickets = Ticket.filter(grid__in=list(nodes)) if len(nodes) <= MANY else Ticket.all()
    others = await tickets.filter(category=OTHER, opened_at__gte=start, opened_at__lt=end)
    declined = {
        each.no: each
        for each in await tickets.filter(state=State.DECLINED, closed_at__gte=start, closed_at__lt=end)
    }
    lines = await History.filter(ticket__in=list(declined), what="decline", note__startswith=note)
    found = {each.no: each for each in (*others, *(declined[line.ticket] for line in lines))}
    inside = set(nodes)
    return sorted((each for each in found.values() if each.grid in inside), key=lambda each: each.no)


async def with_tickets() -> set[str]:
    """The grids from which any ticket came."""
    rows = await connection().execute_query_dict("SELECT DISTINCT grid FROM ticket")
    return {str(row["grid"]) for row in rows}


POPULATION = "户籍人口"


async def registered(nodes: Sequence[str]) -> dict[str, int]:
    """Registered people by node: what the office says (户籍人口), else the members on the register."""
    codes = list(dict.fromkeys(nodes))
    told = {
        row.subject.removeprefix("node:"): int(row.value)
        for row in await Fact.filter(field=POPULATION, subject__in=[f"node:{code}" for code in codes])
        if row.value.isdigit()
    }
    homes = dict(await Household.filter(node__in=codes).values_list("id", "node"))
    counted: Counter[str] = Counter()
    for household in await Resident.all().values_list("household", flat=True):
        if household in homes:
            counted[str(homes[household])] += 1
    return {code: told.get(code, counted[code]) for code in codes}


async def told(act: Act, node: str, people: int) -> None:
    """The office says how many registered people a node has."""
    row = await Fact.get_or_none(subject=f"node:{node}", field=POPULATION)
    if row is None:
        row = await Fact.create(
            subject=f"node:{node}", field=POPULATION, value=str(people), known_at=act.at, by=act.by
        )
        await created(act, row)
    else:
        await change(act, row, value=str(people), known_at=act.at, by=act.by)
