"""Mobilisations: who was called together for what, and what each answered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from tortoise import fields
from tortoise.models import Model

from gridbot.models import board
from gridbot.models.acts import Act, record
from gridbot.models.board import Plan
from gridbot.models.cases import casework
from gridbot.models.territory.directory import Directory
from gridbot.models.territory.people import Post
from gridbot.profiles import Rank

AGAIN, REPORT = "muster_again", "muster_report"
BEGIN = "muster_begin"  # a drill that was fixed for a later hour
WAITS = (
    timedelta(minutes=10),
    timedelta(minutes=20),
    timedelta(minutes=40),
)  # until the silent are called again
HOUR = timedelta(minutes=60)  # until the report


class Answer(StrEnum):
    """What somebody who was called says; the words are those of the chat."""

    HERE = "到"
    COMING = "在途"
    CANNOT = "不能"


class Mobilisation(Model):
    """Staff of some nodes called to a place at once. drill: everybody is told that it is an exercise."""

    no = fields.IntField(primary_key=True, generated=False)
    by = fields.CharField(64)  # staff id
    nodes: list[str] = fields.JSONField(default=list)
    reason = fields.TextField()
    place = fields.CharField(128, default="")
    drill = fields.BooleanField(default=False)
    called_at = fields.DatetimeField()  # to come where it was fixed for later
    closed_at = fields.DatetimeField(null=True)
    stopped = fields.BooleanField(default=False)

    class Meta:
        table = "mobilisation"


class Summons(Model):
    """One person called, by the account the call went to."""

    id = fields.BigIntField(primary_key=True)
    mobilisation = fields.IntField()
    contact = fields.CharField(128, db_index=True)
    staff = fields.CharField(64)
    node = fields.CharField(64)
    answer = fields.CharField(8, default="")
    words = fields.CharField(200, default="")
    answered_at = fields.DatetimeField(null=True)

    class Meta:
        table = "summons"
        unique_together = (("mobilisation", "contact"),)


def subject(no: int) -> str:
    """How the board names a mobilisation."""
    return f"mobilisation:{no}"


async def call(act: Act, made: Mobilisation, people: Sequence[Summons]) -> Mobilisation:
    """Store it under the next number with everybody called, and plan the calls to come and the report."""
    made.no, made.called_at = await casework.next_number(), act.at
    await made.save(force_create=True)
    await begin(made, people, act.at)
    await record(act.by, act.at, "mobilise", str(made.no))
    return made


async def fix(act: Act, made: Mobilisation, at: datetime) -> Mobilisation:
    """Store it under the next number; everybody is called at a later moment."""
    made.no, made.called_at = await casework.next_number(), at
    await made.save(force_create=True)
    await board.put(Plan(BEGIN, subject(made.no), at, "begin"))
    await record(act.by, act.at, "mobilise", str(made.no))
    return made


async def begin(made: Mobilisation, people: Sequence[Summons], at: datetime) -> None:
    """Everybody is called now: store whom, plan the calls to come and the report."""
    for one in people:
        one.mobilisation = made.no
    await Summons.bulk_create(people, batch_size=500)
    what = subject(made.no)
    steps = [Plan(AGAIN, what, at + wait, (at + wait).isoformat()) for wait in WAITS]
    await board.put(*steps, Plan(REPORT, what, at + HOUR, "report"))


def people_of(
    directory: Directory, nodes: Sequence[str], *, but: str | None
) -> tuple[list[Summons], list[Post]]:
    """Everybody with a post in these nodes or below, the caller left out; and those without an account.

    Whoever is somebody's deputy as well stands at the place of his own post.
    """
    called: dict[str, Summons] = {}
    unreachable: dict[str, Post] = {}
    deputies = set[str]()  # of whom no post of his own has been found yet
    for code in dict.fromkeys(code for node in nodes for code in directory.under(node)):
        for post in directory.at(code):
            if post.staff == but or post.rank is Rank.DEPARTMENT:
                continue
            if not post.contact:
                unreachable.setdefault(post.staff, post)
            elif post.contact not in called:
                called[post.contact] = Summons(contact=post.contact, staff=post.staff, node=post.node)
                if post.deputy_of:
                    deputies.add(post.contact)
            elif post.contact in deputies and not post.deputy_of:
                called[post.contact].node = post.node
                deputies.discard(post.contact)
    reached = {one.staff for one in called.values()}
    return list(called.values()), [post for post in unreachable.values() if post.staff not in reached]


async def get(no: int) -> Mobilisation | None:
    return await Mobilisation.get_or_none(no=no)


async def everybody(no: int) -> list[Summons]:
    """All who were called, in order of their places."""
    return await Summons.filter(mobilisation=no).order_by("node", "id")


async def waiting_for(
    contact: str, no: int | None = None, closed_since: datetime | None = None
) -> tuple[Mobilisation, Summons] | None:
    """The newest open mobilisation (or the one named) that called this account.

    `closed_since`: also one that was closed since then and has no answer of his.
    """
    mine = Summons.filter(contact=contact)
    if no is not None:
        mine = mine.filter(mobilisation=no)
    for one in await mine.order_by("-mobilisation").limit(5):
        made = await Mobilisation.get_or_none(no=one.mobilisation, stopped=False)
        if made is None:
            continue
        recent = made.closed_at is not None and closed_since is not None and made.closed_at >= closed_since
        recent = recent and not one.answer
        if no is not None or made.closed_at is None or recent:
            return made, one
    return None


async def newest(staff: str) -> Mobilisation | None:
    """The last one this leader called and did not take back."""
    return await Mobilisation.filter(by=staff, stopped=False).order_by("-no").first()


async def answered(one: Summons, answer: Answer, words: str, at: datetime) -> None:
    """Note an answer; a later one takes its place."""
    one.answer, one.words, one.answered_at = answer, words[:200], at
    await one.save(update_fields=["answer", "words", "answered_at"])


async def close(made: Mobilisation, at: datetime, *, stopped: bool = False) -> None:
    """It is over (or was taken back): nobody is called again."""
    made.closed_at, made.stopped = at, stopped
    await made.save(update_fields=["closed_at", "stopped"])
    await board.cancel(subject(made.no))
