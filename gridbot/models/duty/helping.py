"""Campaigns in which some need help (养老认证): who they are, and who has been helped."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from gridbot.models.acts import Act, change, created
from gridbot.models.cases.serving import HelpItem, HelpList
from gridbot.models.territory.org import Household, Resident

# Classes that say somebody cannot fill in a form on a telephone himself.
NEEDY = frozenset({"需代填", "无智能机", "无手机老人", "不会用手机"})
OPEN = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Helped:
    """One household of a list, as its worker reads it."""

    household: str
    door: str
    name: str
    done: bool


async def who_needs_help(nodes: Sequence[str]) -> list[Household]:
    """The households of these nodes of which somebody needs help, by their own or their members' classes."""
    homes = await Household.filter(node__in=list(nodes)).order_by("node", "building", "unit", "room")
    members: Mapping[str, list[Resident]] = defaultdict(list)
    for person in await Resident.filter(household__in=[home.id for home in homes]):
        members[person.household].append(person)
    return [
        home
        for home in homes
        if NEEDY & set(home.classes) or any(NEEDY & set(person.classes) for person in members[home.id])
    ]


async def open_list(nodes: Sequence[str], title: str, act: Act) -> HelpList | None:
    """The list of that title made at one of these nodes within sixty days."""
    found = HelpList.filter(node__in=list(nodes), title=title, at__gte=act.at - OPEN)
    return await found.order_by("-id").first()


async def open_lists(nodes: Sequence[str], act: Act) -> list[HelpList]:
    return await HelpList.filter(node__in=list(nodes), at__gte=act.at - OPEN).order_by("id")


async def make(act: Act, node: str, title: str, homes: Sequence[tuple[Household, str]]) -> HelpList:
    """A new list: households with the staff id of whoever helps them."""
    row = await HelpList.create(node=node, title=title, by=act.by, at=act.at)
    await created(act, row)
    for home, worker in homes:
        item = await HelpItem.create(campaign=row.id, household=home.id, grid=home.node, worker=worker)
        await created(act, item)
    return row


async def of_list(campaign: int, worker: str | None = None) -> list[Helped]:
    """The households of a list (of one worker), those still to be helped first."""
    items = await HelpItem.filter(campaign=campaign).order_by("id")
    if worker is not None:
        items = [item for item in items if item.worker == worker]
    homes = {home.id: home for home in await Household.filter(id__in=[item.household for item in items])}
    found = [
        Helped(
            item.household, _door(homes[item.household]), homes[item.household].head, item.done_at is not None
        )
        for item in items
        if item.household in homes
    ]
    return sorted(found, key=lambda one: one.done)


def _door(home: Household) -> str:
    return "-".join(part for part in (home.building, home.unit, home.room) if part) or home.address


async def workers_of(campaign: int) -> list[str]:
    """The staff ids of those who help with a list."""
    items = await HelpItem.filter(campaign=campaign).order_by("id")
    return list(dict.fromkeys(item.worker for item in items if item.worker))


async def helped(act: Act, household: str, text: str, ticket: int) -> tuple[HelpList, int] | None:
    """A household has been helped with what a text names: its list, and how many of it remain."""
    for item in await HelpItem.filter(household=household, done_at__isnull=True).order_by("-id"):
        row = await HelpList.get_or_none(id=item.campaign)
        if row is None or row.title not in text or act.at - row.at > OPEN:
            continue
        await change(act, item, done_at=act.at, ticket=ticket)
        left = await HelpItem.filter(campaign=row.id, worker=item.worker, done_at__isnull=True).count()
        return row, left
    return None
