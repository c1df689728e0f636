"""The marks an office gives itself by hand: the rows."""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model


class Mark(Model):
    """One indicator of a node and a year, its evidence says where it is proved."""

    id = fields.BigIntField(primary_key=True)
    node = fields.CharField(64, db_index=True)
    year = fields.IntField()
    name = fields.CharField(64)
    score = fields.FloatField()
    evidence = fields.TextField(default="")
    by = fields.CharField(64)
    at = fields.DatetimeField()

    class Meta:
        table = "mark"
