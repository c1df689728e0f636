"""Trainings of staff: who was invited, who came, who has to make it up."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from tortoise import fields
from tortoise.models import Model

from gridbot.models import board
from gridbot.models.acts import Act, record
from gridbot.models.board import Plan
from gridbot.models.cases import casework

REMIND, CLOSE = "training_remind", "training_close"
EARLY = timedelta(hours=1)  # 到 counts from so long before it begins …
LATE = timedelta(hours=12)  # … until so long after


class Training(Model):
    """An hour of teaching for staff, makes_up names the one it repeats for those who were not there."""

    no = fields.IntField(primary_key=True, generated=False)
    by = fields.CharField(64)
    nodes: list[str] = fields.JSONField(default=list)
    text = fields.TextField()
    starts_at = fields.DatetimeField()
    makes_up = fields.IntField(null=True)
    stopped = fields.BooleanField(default=False)

    class Meta:
        table = "training"


class Attendance(Model):
    """Somebody invited, came_at is empty until he says that he is there."""

    id = fields.BigIntField(primary_key=True)
    training = fields.IntField(db_index=True)
    staff = fields.CharField(64)
    contact = fields.CharField(128, db_index=True)
    node = fields.CharField(64)
    came_at = fields.DatetimeField(null=True)

    class Meta:
        table = "attendance"
        unique_together = (("training", "staff"),)


def subject(no: int) -> str:
    """How the board names a training."""
    return f"training:{no}"


async def invite(
    act: Act, made: Training, people: Sequence[Attendance], plans: Sequence[tuple[str, datetime]]
) -> None:
    """Store it under the next number with everybody invited; `plans`: what the clock does and when."""
    made.no = await casework.next_number()
    await made.save(force_create=True)
    for one in people:
        one.training = made.no
    await Attendance.bulk_create(people, batch_size=500)
    await board.put(*(Plan(kind, subject(made.no), at) for kind, at in plans))
    await record(act.by, act.at, "training", str(made.no))


async def get(no: int) -> Training | None:
    return await Training.get_or_none(no=no)


async def latest(nodes: Collection[str]) -> Training | None:
    """The last training for any of these nodes that was not called off."""
    inside = set(nodes)
    for one in await Training.filter(stopped=False).order_by("-no").limit(50):
        if inside & set(one.nodes):
            return one
    return None


async def everybody(no: int) -> list[Attendance]:
    """All who were invited, in order of their places."""
    return await Attendance.filter(training=no).order_by("node", "id")


async def now_on(contact: str, now: datetime) -> tuple[Training, Attendance] | None:
    """The training this account is invited to that takes place about now."""
    for one in await Attendance.filter(contact=contact).order_by("-training").limit(10):
        made = await Training.get_or_none(no=one.training, stopped=False)
        if made is not None and made.starts_at - EARLY <= now <= made.starts_at + LATE:
            return made, one
    return None


async def invited_to(contact: str, now: datetime) -> tuple[Training, Attendance] | None:
    """The next training this account is invited to."""
    found = []
    for one in await Attendance.filter(contact=contact).order_by("-training").limit(10):
        made = await Training.get_or_none(no=one.training, stopped=False)
        if made is not None and made.starts_at > now:
            found.append((made, one))
    return min(found, key=lambda pair: pair[0].starts_at, default=None)


async def came(one: Attendance, at: datetime) -> None:
    """Note that somebody is there; the first time counts."""
    if one.came_at is None:
        one.came_at = at
        await one.save(update_fields=["came_at"])


async def absent(no: int) -> list[Attendance]:
    """Who did not come and has not made it up since."""
    later = await Training.filter(makes_up=no).values_list("no", flat=True)
    again = Attendance.filter(training__in=list(later), came_at__isnull=False)
    made_up = {str(staff) for staff in await again.values_list("staff", flat=True)}
    missing = Attendance.filter(training=no, came_at__isnull=True).order_by("node", "id")
    return [one for one in await missing if one.staff not in made_up]


async def held(since: datetime, until: datetime) -> list[Training]:
    """What took place in a span."""
    found = Training.filter(stopped=False, starts_at__gte=since, starts_at__lt=until)
    return await found.order_by("starts_at")


async def stop(made: Training) -> None:
    """It does not take place."""
    made.stopped = True
    await made.save(update_fields=["stopped"])
    await board.cancel(subject(made.no))
