"""What came in and what goes out, as rows: the queue of unfinished turns, the keys seen, the outbox."""

from __future__ import annotations

from tortoise import fields
from tortoise.indexes import PartialIndex
from tortoise.models import Model

from gridbot.models.partial import Where


class Seen(Model):
    """The key that recognises a redelivery: nothing else of chatter is kept."""

    key = fields.BigIntField(primary_key=True, generated=False)
    at = fields.BigIntField()  # Unix seconds, for forgetting old keys

    class Meta:
        table = "seen"


class Inbox(Model):
    """A message waiting for its turn: the row goes when the turn is done."""

    id = fields.BigIntField(primary_key=True)
    key = fields.BigIntField()
    lane = fields.CharField(255, db_index=True)
    urgent = fields.BooleanField(default=False)
    event: dict[str, object] = fields.JSONField()
    received_at = fields.DatetimeField()
    attempts = fields.IntField(default=0)
    parked = fields.BooleanField(default=False)
    fault = fields.CharField(255, default="")

    class Meta:
        table = "inbox"


class Outbox(Model):
    """A message to be sent, being sent, or sent. Stored in the same transaction as what caused it."""

    id = fields.BigIntField(primary_key=True)
    lane = fields.CharField(255)
    transport = fields.CharField(32)
    account = fields.CharField(128, default="")
    room = fields.CharField(128, null=True)
    contact = fields.CharField(128, null=True)
    text = fields.TextField()
    key = fields.CharField(64, default="")
    extra: dict[str, object] = fields.JSONField(default=dict)
    ticket = fields.IntField(null=True)
    urgent = fields.BooleanField(default=False)
    once = fields.CharField(128, null=True, unique=True)
    turn = fields.BigIntField(null=True)  # the inbox row that caused it, for 撤销
    made_at = fields.DatetimeField()
    # When it may leave; null once it is settled (sent or dead), so that the index holds only work.
    due_at = fields.DatetimeField(null=True)
    state = fields.CharField(8, default="queued")  # queued sending unknown sent dead dropped
    attempts = fields.IntField(default=0)
    sent_at = fields.DatetimeField(null=True)
    sent_id = fields.CharField(128, null=True)
    fault = fields.CharField(255, default="")

    class Meta:
        table = "outbox"
        # A minute may bring a hundred thousand messages: each has a place only where it is looked for.
        indexes = (
            ("lane", "made_at"),
            Where(fields=("ticket",), where="ticket IS NOT NULL"),
            Where(fields=("turn",), where="turn IS NOT NULL"),
            Where(fields=("sent_id",), where="sent_id IS NOT NULL"),
            Where(fields=("due_at", "id"), where="due_at IS NOT NULL"),
            Where(fields=("due_at",), where="due_at IS NOT NULL AND attempts > 0"),
            PartialIndex(fields=("made_at",), condition={"state": "dead"}),
        )


class Tally(Model):
    """Counts that outlive what was forgotten: how many were received, how many were nothing …"""

    id = fields.BigIntField(primary_key=True)
    day = fields.DateField()
    name = fields.CharField(64)
    node = fields.CharField(64, default="")
    value = fields.BigIntField(default=0)

    class Meta:
        table = "tally"
        unique_together = (("day", "name", "node"),)


class Number(Model):
    """Named sequences: "matter" numbers tickets, announcements and mobilisations together."""

    name = fields.CharField(32, primary_key=True)
    value = fields.BigIntField(default=0)

    class Meta:
        table = "number"
