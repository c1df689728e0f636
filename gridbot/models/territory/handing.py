"""A grid changes hands in one act: open tickets, planned visits, people in care, the post itself."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from tortoise.queryset import QuerySet

from gridbot.models.acts import Act, change, created, removed
from gridbot.models.cases import casework, ledger
from gridbot.models.cases.casework import LIVE
from gridbot.models.cases.tickets import Ticket
from gridbot.models.duty.care import KeyPerson
from gridbot.models.duty.duties import Visit
from gridbot.models.duty.owed import Diary
from gridbot.models.duty.visits import PAIR
from gridbot.models.neighbours.trust import Handing
from gridbot.models.territory import directory as org
from gridbot.models.territory.org import Post
from gridbot.models.territory.people import Post as Held


@dataclass(frozen=True, slots=True)
class Load:
    """What changes hands."""

    tickets: tuple[int, ...]
    visits: int
    people: int


async def load(staff: str, nodes: Collection[str]) -> Load:
    """What somebody has in hand at these nodes."""
    codes = list(nodes)
    numbers = (
        await Ticket.filter(assignee=staff, grid__in=codes, state__in=LIVE)
        .order_by("no")
        .values_list("no", flat=True)
    )
    return Load(
        tuple(int(str(no)) for no in numbers),
        await _visits(staff, codes).exclude(why__in=PAIR).count(),
        await KeyPerson.filter(worker=staff, grid__in=codes, ended_on__isnull=True).count(),
    )


def _visits(staff: str, codes: list[str]) -> QuerySet[Visit]:
    return Visit.filter(worker=staff, grid__in=codes, done_at__isnull=True, dropped=False)


async def diaries(staff: str, nodes: Collection[str], limit: int) -> list[Diary]:
    """The newest notes somebody kept of these nodes, oldest first: his successor reads what went on."""
    kept = Diary.filter(worker=staff, node__in=list(nodes), accepted=True)
    return list(reversed(await kept.order_by("-day", "-id").limit(limit)))


async def proposed(act: Act, old: str, new: str, nodes: Collection[str], *, by_old: bool) -> Handing:
    """Write down what is to be handed over; one that waits between these two is dropped."""
    await Handing.filter(old=old, new=new, done_at__isnull=True).update(dropped=True)
    row = await Handing.create(
        old=old, new=new, nodes=list(nodes), by=act.by, at=act.at, old_at=act.at if by_old else None
    )
    await created(act, row, undone={"dropped": True})
    return row


async def get(number: int) -> Handing | None:
    """One that is neither done nor dropped."""
    return await Handing.get_or_none(id=number, done_at__isnull=True, dropped=False)


async def done(number: int) -> Handing | None:
    """One that both have agreed to and that was carried out."""
    return await Handing.get_or_none(id=number, done_at__isnull=False)


async def given_back(number: int) -> None:
    """One that was carried out has been undone: it waits for nobody any more."""
    await Handing.filter(id=number).update(dropped=True)
    await org.raise_version()


async def name_of(staff: str) -> str:
    """What somebody is called now, "" for nobody; the directory may not know of a post given back."""
    post = await _post_of(staff)
    return post.name if post is not None else ""


async def role_of(staff: str) -> str:
    """What somebody is now, 网格员, "" for nobody."""
    post = await _post_of(staff)
    return post.role if post is not None else ""


async def contact_of(staff: str) -> str:
    """The account of somebody now, "" where he has none."""
    post = await _post_of(staff)
    return post.contact if post is not None else ""


async def _post_of(staff: str) -> Post | None:
    return await Post.filter(staff=staff).order_by("id").first()


async def agreed(act: Act, row: Handing, staff: str) -> bool:
    """One of the two says yes; returns whether both have."""
    if staff == row.old:
        await change(act, row, old_at=act.at)
    if staff == row.new:
        await change(act, row, new_at=act.at)
    return row.old_at is not None and row.new_at is not None


async def carry_out(act: Act, row: Handing, old: Sequence[Held], new: Held, note: str) -> Load:
    """Everything changes hands at once; `old` are the posts that go over to `new`."""
    codes = list(row.nodes)
    found = await load(row.old, codes)
    for no in found.tickets:
        ticket = await ledger.ticket(no)
        if ticket is not None:
            await casework.move(ticket, "succeed", act, note, assignee=row.new)
    for visit in await _visits(row.old, codes):
        await change(act, visit, worker=row.new)
    for person in await KeyPerson.filter(worker=row.old, grid__in=codes, ended_on__isnull=True):
        await change(act, person, worker=row.new)
    for post in old:
        for held in await Post.filter(staff=row.old, role=post.role, node=post.node):
            await removed(act, held)
        now_his, new_post = await Post.get_or_create(
            staff=row.new, role=post.role, node=post.node,
            defaults={
                "name": new.name, "phone": new.phone, "contact": new.contact, "hours": new.hours,
                "employment": new.employment,
            },
        )  # fmt: skip
        if new_post:
            await created(act, now_his)
    for deputy in await Post.filter(deputy_of=row.old, node__in=codes):
        await change(act, deputy, deputy_of="" if deputy.staff == row.new else row.new)
    await change(act, row, done_at=act.at)
    await org.raise_version()
    return found


async def came_from(act: Act, staff: str, source: str) -> None:
    """Where somebody came from (老党员, 退役军人 …) stands with each of his posts."""
    for post in await Post.filter(staff=staff):
        await change(act, post, source=source)
