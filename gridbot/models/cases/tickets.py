"""Tickets: their rows, their lawful moves, their history."""

from __future__ import annotations

from tortoise import fields
from tortoise.indexes import PartialIndex
from tortoise.models import Model


class Ticket(Model):
    """One matter. Its node has it now, its grid is where it belongs: moments are UTC."""

    no = fields.IntField(primary_key=True, generated=False)
    kind = fields.CharField(8)  # issue / service
    category = fields.CharField(32)
    sub = fields.CharField(32, null=True)
    urgency = fields.CharField(16, default="normal")
    state = fields.CharField(16, default="open")
    node = fields.CharField(64)
    grid = fields.CharField(64)
    transport = fields.CharField(32)
    account = fields.CharField(128, default="")
    room = fields.CharField(128, null=True)  # the group it was reported in; null = in private
    reporter = fields.CharField(128, default="")  # contact
    called = fields.CharField(64, default="")  # nickname of one bound to no household; blanked with the words
    household = fields.CharField(64, null=True)
    place = fields.CharField(256, default="")
    building = fields.CharField(16, null=True)
    unit = fields.CharField(16, null=True)
    landmark = fields.CharField(128, null=True)
    summary = fields.TextField(default="")  # the reporter's words, blanked some days after closing
    assignee = fields.CharField(64, null=True)  # staff id
    departments: list[str] = fields.JSONField(default=list)
    sensitive = fields.BooleanField(default=False)  # never a word of it in a group
    confidence = fields.FloatField(default=0.0)
    because: list[object] = fields.JSONField(default=list)
    opened_at = fields.DatetimeField()
    first_reply_due_at = fields.DatetimeField(null=True)
    first_reply_at = fields.DatetimeField(null=True)
    due_at = fields.DatetimeField(null=True)
    promised_at = fields.DatetimeField(null=True)
    promised_until = fields.DatetimeField(null=True)  # 明天下午, 周五: somebody comes between the two
    paused_until = fields.DatetimeField(null=True)
    result = fields.TextField(default="")
    resolved_at = fields.DatetimeField(null=True)
    closed_at = fields.DatetimeField(null=True)
    satisfaction = fields.CharField(16, null=True)
    merged_into = fields.IntField(null=True)
    returns = fields.IntField(default=0)
    urges = fields.IntField(default=0)
    stage = fields.CharField(16, null=True)
    return_due_at = fields.DatetimeField(null=True)
    exported_no = fields.CharField(64, null=True)
    route = fields.CharField(32, default="")  # the profile's route it goes by, "" for the tree
    step = fields.IntField(default=0)  # where on that route it is
    scale = fields.CharField(8, default="small")  # small / big: one grid, or many hands
    lead = fields.CharField(64, default="")  # who leads a joint task: a department's or a colleague's id
    passes = fields.IntField(default=0)  # how often it was handed on: 0 is solved by whoever got it first
    own = fields.BooleanField(default=False)  # found by staff (a patrol, a visit), not reported by a resident
    vacancy = fields.CharField(64, default="")  # the post that should have had it and is vacant
    arrive_due_at = fields.DatetimeField(null=True)  # somebody has to be on the spot by then
    arrived_at = fields.DatetimeField(null=True)

    class Meta:
        table = "ticket"
        indexes = (
            ("state", "grid"),
            ("state", "due_at"),
            ("opened_at",),
            ("resolved_at",),
            ("assignee", "state"),
            ("reporter", "opened_at"),
            ("grid", "opened_at"),
            ("grid", "resolved_at"),
            ("node", "state"),
        )


class History(Model):
    """Append-only: every move of every ticket: the state can be rebuilt from it."""

    id = fields.BigIntField(primary_key=True)
    ticket = fields.IntField(db_index=True)
    at = fields.DatetimeField()
    what = fields.CharField(32)
    by = fields.CharField(128)  # staff id, contact, or "bot"
    was = fields.CharField(16, default="")
    now = fields.CharField(16)
    role = fields.CharField(32, default="")  # in which of his roles somebody acted
    note = fields.TextField(default="")

    class Meta:
        table = "history"


class TicketMessage(Model):
    """A message that belongs to a ticket or a candidate: the only texts that are kept."""

    id = fields.BigIntField(primary_key=True)
    ticket = fields.IntField(null=True, db_index=True)
    candidate = fields.IntField(null=True, db_index=True)
    room = fields.CharField(128, null=True)
    contact = fields.CharField(128)
    message = fields.CharField(128, db_index=True)  # the platform's id
    text = fields.TextField(default="")
    media: list[str] = fields.JSONField(default=list)
    at = fields.DatetimeField()

    class Meta:
        table = "ticket_message"


class Supporter(Model):
    """A neighbour who joined a ticket (我家也是)."""

    id = fields.BigIntField(primary_key=True)
    ticket = fields.IntField(db_index=True)
    contact = fields.CharField(128)
    household = fields.CharField(64, null=True)
    room = fields.CharField(128, null=True)
    at = fields.DatetimeField()

    class Meta:
        table = "supporter"
        unique_together = (("ticket", "contact"),)
        indexes = (("at",),)


class Candidate(Model):
    """What may be a ticket: the worker is asked (state candidate until answered)."""

    id = fields.IntField(primary_key=True)
    transport = fields.CharField(32)
    account = fields.CharField(128, default="")
    room = fields.CharField(128, null=True)
    contact = fields.CharField(128)
    grid = fields.CharField(64)
    message = fields.CharField(128, default="")
    text = fields.TextField(default="")
    reading: dict[str, object] = fields.JSONField(default=dict)
    kind = fields.CharField(8)
    category = fields.CharField(32, null=True)
    confidence = fields.FloatField(default=0.0)
    at = fields.DatetimeField()
    asked = fields.CharField(64, default="")  # staff id
    answer = fields.CharField(16, default="")  # yes / no / corrected / withdrawn / expired
    answered_at = fields.DatetimeField(null=True)
    ticket = fields.IntField(null=True)

    class Meta:
        table = "candidate"
        indexes = (
            ("asked", "answer"),
            ("contact", "at"),
            PartialIndex(fields=("grid",), condition={"answer": ""}),
        )


class Question(Model):
    """Something the bot asked one person in one place: a saved intent that lacks one slot."""

    id = fields.BigIntField(primary_key=True)
    lane = fields.CharField(255)
    contact = fields.CharField(128)
    kind = fields.CharField(32)  # card, place, which, verdict, confirm …
    subject = fields.IntField(null=True)  # a ticket's or candidate's number
    data: dict[str, object] = fields.JSONField(default=dict)
    asked_at = fields.DatetimeField()
    expires_at = fields.DatetimeField()

    class Meta:
        table = "question"
        indexes = (("contact", "lane"),)
