"""Meetings: who is invited, what is on the agenda, what was decided; decisions are tickets."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from tortoise import fields
from tortoise.models import Model

from gridbot.models import board
from gridbot.models.acts import Act, record
from gridbot.models.board import Plan
from gridbot.models.cases import casework
from gridbot.models.cases.casework import LIVE
from gridbot.models.cases.tickets import Ticket

AGENDA, AFTER = "meeting_agenda", "meeting_after"
PACK_AHEAD = timedelta(hours=2)
ASK_AFTER = timedelta(hours=2)


class Meeting(Model):
    """A meeting of a node. analysis: the staff look at what came in, liaison: with partners from outside."""

    no = fields.IntField(primary_key=True, generated=False)
    kind = fields.CharField(16)  # analysis / liaison
    node = fields.CharField(64, db_index=True)
    by = fields.CharField(64)
    text = fields.TextField(default="")
    starts_at = fields.DatetimeField()
    invited: list[str] = fields.JSONField(default=list)  # contacts
    decisions: list[int] = fields.JSONField(default=list)  # tickets
    minutes = fields.TextField(default="")
    stopped = fields.BooleanField(default=False)

    class Meta:
        table = "meeting"


def subject(no: int) -> str:
    """How the board names a meeting."""
    return f"meeting:{no}"


async def call(act: Act, made: Meeting) -> None:
    """Store it under the next number; its agenda and the question for decisions are planned."""
    made.no = await casework.next_number()
    await made.save(force_create=True)
    await board.put(*_plans(made, act.at))
    await record(act.by, act.at, "meeting", str(made.no))


async def move(act: Act, made: Meeting, starts_at: datetime, place: str) -> None:
    """It takes place at another time or another place; what was planned around it moves with it."""
    made.starts_at, made.text = starts_at, place
    await made.save(update_fields=["starts_at", "text"])
    await board.again(*_plans(made, act.at))
    await record(act.by, act.at, "meeting.moved", str(made.no))


def _plans(made: Meeting, now: datetime) -> tuple[Plan, Plan]:
    what = subject(made.no)
    agenda = max(made.starts_at - PACK_AHEAD, now)
    return Plan(AGENDA, what, agenda), Plan(AFTER, what, made.starts_at + ASK_AFTER)


async def get(no: int) -> Meeting | None:
    return await Meeting.get_or_none(no=no)


async def invited_to(contact: str, now: datetime) -> Meeting | None:
    """The next meeting this account is invited to."""
    coming = await Meeting.filter(stopped=False, starts_at__gt=now).order_by("starts_at").limit(50)
    return next((one for one in coming if contact in one.invited), None)


async def coming(nodes: Collection[str], now: datetime) -> list[Meeting]:
    """The meetings of these nodes that have not begun, the next one first."""
    found = Meeting.filter(node__in=list(nodes), stopped=False, starts_at__gt=now)
    return await found.order_by("starts_at").limit(9)


async def lately(nodes: Collection[str], since: datetime, now: datetime) -> Meeting | None:
    """The last meeting of these nodes that began in that time, else the only one that is still to come."""
    found = Meeting.filter(node__in=list(nodes), stopped=False)
    begun = await found.filter(starts_at__gte=since, starts_at__lte=now).order_by("-starts_at").first()
    if begun is not None:
        return begun
    coming = await found.filter(starts_at__gt=now).order_by("starts_at").limit(2)
    return coming[0] if len(coming) == 1 else None


async def before(made: Meeting) -> Meeting | None:
    """The one of its kind at its node before it."""
    earlier = Meeting.filter(node=made.node, kind=made.kind, stopped=False, starts_at__lt=made.starts_at)
    return await earlier.order_by("-starts_at").first()


async def unfinished(made: Meeting) -> list[Ticket]:
    """Its decisions that are not carried out yet."""
    return await Ticket.filter(no__in=list(made.decisions), state__in=LIVE).order_by("no")


async def decided(made: Meeting, ticket: int) -> None:
    """A decision that became a ticket."""
    made.decisions = [*made.decisions, ticket]
    await made.save(update_fields=["decisions"])


async def noted(made: Meeting, text: str) -> None:
    """A line of the minutes."""
    made.minutes = f"{made.minutes}\n{text}".strip()
    await made.save(update_fields=["minutes"])


async def stop(made: Meeting) -> None:
    """It does not take place."""
    made.stopped = True
    await made.save(update_fields=["stopped"])
    await board.cancel(subject(made.no))
