"""Appointments in stages, and what stands against somebody: an office, being away, nobody behind him."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from gridbot.models.acts import Act, change, created
from gridbot.models.duty.care import Presence
from gridbot.models.neighbours.trust import Appointment, AppointmentStage
from gridbot.models.territory import directory as org
from gridbot.models.territory.directory import Directory
from gridbot.models.territory.org import Post, Resident
from gridbot.profiles import Rank

SELF, NOMINATED, RECOMMENDED, EXAMINED, APPROVED, ADJUSTED = (
    "自荐", "举荐", "推荐", "把关", "审核", "动态调整",
)  # fmt: skip
STAGES = (SELF, NOMINATED, RECOMMENDED, EXAMINED, APPROVED, ADJUSTED)
OPEN, ACTIVE, ENDED = "open", "active", "ended"
IN_OFFICE, AWAY, NO_BACKING = "在职干部", "长期外出", "无群众基础"
GONE = "外出"


async def opened(act: Act, row: Appointment) -> Appointment:
    """Begin an appointment."""
    row.at = act.at
    await row.save()
    await created(act, row)
    return row


async def get(number: int) -> Appointment | None:
    return await Appointment.get_or_none(id=number)


async def running(name: str, role: str, node: str) -> Appointment | None:
    """The one that is under way for a person, a role and a place."""
    return await Appointment.filter(name=name, role=role, node=node, state=OPEN).order_by("id").first()


async def at(nodes: Collection[str]) -> list[Appointment]:
    """Those under way at these nodes."""
    return await Appointment.filter(node__in=list(nodes), state=OPEN).order_by("id")


async def staged(
    act: Act, row: Appointment, stage: str, words: str, *, yes: bool = True, **values: object
) -> None:
    """Somebody has done his part; the stage counts from 1."""
    line = await AppointmentStage.create(
        appointment=row.id, stage=stage, by=act.by, verdict="yes" if yes else "no", words=words, at=act.at
    )
    await created(act, line)
    passed = max(row.stage, STAGES.index(stage) + 1) if yes else row.stage
    await change(act, row, stage=passed, **values)


async def stages(number: int) -> list[AppointmentStage]:
    """What was done, in order."""
    return await AppointmentStage.filter(appointment=number).order_by("id")


async def backing(number: int) -> int:
    """How many different people have nominated somebody."""
    found = AppointmentStage.filter(appointment=number, stage=NOMINATED, verdict="yes")
    return len(set(await found.values_list("by", flat=True)))


async def against(row: Appointment, directory: Directory, forbidden: Sequence[str], least: int) -> list[str]:
    """Which of the forbidden kinds somebody is, as far as the registers tell."""
    found = []
    if IN_OFFICE in forbidden and any(p.rank is Rank.LEADER and p.name == row.name for p in directory.posts):
        found.append(IN_OFFICE)
    if AWAY in forbidden and await _away(row):
        found.append(AWAY)
    if NO_BACKING in forbidden and await backing(row.id) < least:
        found.append(NO_BACKING)
    return found


async def _away(row: Appointment) -> bool:
    where = Presence.filter(household=row.household, name=row.name).order_by("-at")
    known = await where.first() if row.household else None
    return known is not None and known.state == GONE


async def household_of(contact: str) -> str:
    """The household an account is bound to, "" for none."""
    found = await Resident.filter(contact=contact).order_by("id").first() if contact else None
    return found.household if found is not None else ""


async def activate(act: Act, row: Appointment) -> str:
    """Give somebody the post; returns his staff id: the one he has, else a new one."""
    held = await Post.filter(contact=row.contact).first() if row.contact else None
    staff = held.staff if held is not None else f"n{row.id}"
    post, new = await Post.get_or_create(
        staff=staff, role=row.role, node=row.node,
        defaults={
            "name": row.name, "contact": row.contact, "phone": row.phone, "source": row.source,
            "employment": "兼职",
        },
    )  # fmt: skip
    if new:
        await created(act, post)
    await org.raise_version()
    return str(post.staff)


async def dismiss(row: Appointment) -> None:
    """Take the post away again."""
    await Post.filter(staff=row.staff, role=row.role, node=row.node).delete()
    await org.raise_version()
