"""Who takes part in a ticket besides its holder, and who stands in for whom: the rows."""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model


class Party(Model):
    """A department or a colleague called to a ticket, with its own state and times (UTC).

    state: asked (the desk has not confirmed), called, came, done, returned. role: lead, support,
    called (to an emergency), below (the level that goes on answering to the resident).
    """

    id = fields.BigIntField(primary_key=True)
    ticket = fields.IntField(db_index=True)
    role = fields.CharField(8)
    who = fields.CharField(64, db_index=True)  # a department's id or a staff id
    department = fields.BooleanField(default=False)
    state = fields.CharField(8, default="called")
    by = fields.CharField(64, default="")  # who called
    asked_at = fields.DatetimeField()
    called_at = fields.DatetimeField(null=True)
    due_at = fields.DatetimeField(null=True, db_index=True)  # to come or to answer by
    came_at = fields.DatetimeField(null=True)
    done_at = fields.DatetimeField(null=True)
    words = fields.TextField(default="")
    rating = fields.CharField(16, default="")  # the town's: 解决 / 到场 / 未到场

    class Meta:
        table = "party"
        unique_together = (("ticket", "who", "role"),)


class Absence(Model):
    """Somebody is away from one moment to another, stand_in is whoever he named, "" for his deputy."""

    id = fields.BigIntField(primary_key=True)
    staff = fields.CharField(64, db_index=True)
    starts_at = fields.DatetimeField()
    ends_at = fields.DatetimeField()
    stand_in = fields.CharField(64, default="")
    made_at = fields.DatetimeField()
    dropped = fields.BooleanField(default=False)

    class Meta:
        table = "absence"
