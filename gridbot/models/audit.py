"""Who did what, in a chain that shows tampering; and what can be taken back."""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model


class Audit(Model):
    """One recorded act: chained by the SHA-256 of the previous row and this one."""

    id = fields.BigIntField(primary_key=True)
    at = fields.DatetimeField()
    by = fields.CharField(128)
    what = fields.CharField(64)
    subject = fields.CharField(128, default="")
    detail = fields.CharField(255, default="")  # never text of people, names or telephones
    chain = fields.CharField(64)

    class Meta:
        table = "audit"


class Change(Model):
    """What a row was before an act, so that the act can be taken back for some minutes."""

    id = fields.BigIntField(primary_key=True)
    act = fields.BigIntField(db_index=True)  # the turn that did it
    by = fields.CharField(128)
    at = fields.DatetimeField()
    model = fields.CharField(32)
    key = fields.CharField(64)
    before: dict[str, object] | None = fields.JSONField(null=True)  # null = was created
    undone = fields.BooleanField(default=False)

    class Meta:
        table = "change"
        indexes = (("by", "at"),)


class ConsoleLink(Model):
    """A one-time sign-in link to the console and the session that came of it: only hashes are kept."""

    id = fields.IntField(primary_key=True)
    token = fields.CharField(64, unique=True)  # SHA-256 of the link's token
    session = fields.CharField(64, null=True, unique=True)  # SHA-256 of the cookie
    staff = fields.CharField(64)
    made_at = fields.DatetimeField()
    expires_at = fields.DatetimeField()
    used_at = fields.DatetimeField(null=True)

    class Meta:
        table = "console_link"
