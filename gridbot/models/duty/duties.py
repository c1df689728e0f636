"""Duties: everything that falls due by the clock, and the visits, reports and receipts that come of it."""

from __future__ import annotations

from tortoise import fields
from tortoise.indexes import PartialIndex
from tortoise.models import Model

from gridbot.models.partial import Where


class Due(Model):
    """Something due at a moment, unique by (kind, what, occurrence).

    due_at becomes null when it has been done or dropped, so the index holds only what waits: the row
    itself stays, and a second planning of the same occurrence changes nothing.
    """

    id = fields.BigIntField(primary_key=True)
    kind = fields.CharField(32)  # a job of schedules/timetable.py
    what = fields.CharField(128)  # whom or what it concerns, e.g. "ticket:1024"
    occurrence = fields.CharField(64, default="")
    due_at = fields.DatetimeField(null=True)
    data: dict[str, object] = fields.JSONField(default=dict)
    outcome = fields.CharField(16, default="")  # done / dropped / skipped
    done_at = fields.DatetimeField(null=True)

    class Meta:
        table = "due"
        unique_together = (("kind", "what", "occurrence"),)
        # What waits, in the order in which it falls due. Of what is done digests count what was left out.
        indexes = (
            Where(fields=("due_at", "id"), where="due_at IS NOT NULL"),
            PartialIndex(fields=("done_at",), condition={"outcome": "skipped"}),
        )


class Visit(Model):
    """A visit that falls due or was made: why is the class or the trigger, in Chinese."""

    id = fields.BigIntField(primary_key=True)
    household = fields.CharField(64, db_index=True)
    grid = fields.CharField(64, default="")  # node of the household
    person = fields.CharField(64, default="")  # whom, where one member is meant
    worker = fields.CharField(64, default="")  # staff id
    due_on = fields.DateField(null=True)
    why = fields.CharField(64, default="")
    done_at = fields.DatetimeField(null=True)
    mode = fields.CharField(8, default="")  # 上门 / 电话 / 视频 / 路遇
    outcome = fields.TextField(default="")
    dropped = fields.BooleanField(default=False)  # re-planned or no longer owed
    reminded_on = fields.DateField(null=True)  # the worker was told that it falls due within a week
    escalated_on = fields.DateField(null=True)  # the leader was told that it is overdue
    told: list[str] = fields.JSONField(default=list)  # what was explained on the way (宣传)
    arrive_by = fields.DatetimeField(null=True)  # 五必到: when somebody has to be there
    coming_at = fields.DatetimeField(null=True)  # 在途
    arrived_at = fields.DatetimeField(null=True)  # 到场
    ticket = fields.IntField(null=True)

    class Meta:
        table = "visit"
        indexes = (("worker", "due_on"), ("grid", "due_on"), ("grid", "done_at"), ("done_at", "due_on"))


class Announcement(Model):
    """A notice to households: previewed, confirmed, sent at its time, receipts counted where asked."""

    no = fields.IntField(primary_key=True, generated=False)
    by = fields.CharField(64)  # staff id
    audience: list[str] = fields.JSONField(default=list)  # node codes
    building = fields.CharField(16, default="")  # one building of the audience, "" for all of it
    text = fields.TextField()
    receipt = fields.BooleanField(default=False)
    urgent = fields.BooleanField(default=False)
    state = fields.CharField(16, default="draft")  # draft / checking / confirmed / sent / stopped
    made_at = fields.DatetimeField()
    send_at = fields.DatetimeField(null=True)
    sent_at = fields.DatetimeField(null=True)
    sent: list[str] = fields.JSONField(default=list)  # rooms and contacts
    expires_at = fields.DatetimeField(null=True)  # from then on nobody is told or reminded of it
    corrects = fields.IntField(null=True)  # the announcement whose readers this one is for
    checked_by = fields.CharField(64, default="")  # the second leader, where one had to agree
    questions = fields.IntField(default=0)  # asked about it

    class Meta:
        table = "announcement"


class AckRow(Model):
    """A household's receipt of an announcement."""

    id = fields.BigIntField(primary_key=True)
    announcement = fields.IntField(db_index=True)
    household = fields.CharField(64)
    contact = fields.CharField(128)
    at = fields.DatetimeField()

    class Meta:
        table = "receipt"
        unique_together = (("announcement", "household"),)


class DigestRow(Model):
    """A digest that was delivered: the text is what the leader got."""

    id = fields.BigIntField(primary_key=True)
    to = fields.CharField(64)  # staff id
    node = fields.CharField(64)
    period = fields.CharField(8)  # day / week / month / quarter / year
    at = fields.DatetimeField()
    text = fields.TextField()
    lacks = fields.CharField(16, default="")  # a mark of what the org lacked there then

    class Meta:
        table = "digest"
        indexes = (("to", "node"),)
