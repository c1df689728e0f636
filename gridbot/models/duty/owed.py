"""The rows of reports that fall due by the calendar, and of workers' diaries."""

from __future__ import annotations

from enum import StrEnum

from tortoise import fields
from tortoise.models import Model


class Said(StrEnum):
    """有事, 零报告, 未报: three things, never two."""

    SOMETHING = "something"
    ZERO = "zero"
    MISSING = "missing"


class Duty(Model):
    """A report that a node owes for some days, both ends included.

    sheet: the report a level above signs; its text is frozen with its mark once it is signed.
    """

    id = fields.BigIntField(primary_key=True)
    name = fields.CharField(64)
    node = fields.CharField(64)
    window_start = fields.DateField()
    window_end = fields.DateField()
    closes_on = fields.DateField(db_index=True)
    sheet = fields.BooleanField(default=False)
    focus = fields.CharField(64, default="")
    state = fields.CharField(16, default="missing")
    lines: list[str] = fields.JSONField(default=list)  # what was found, one entry a message
    by = fields.CharField(64, default="")
    at = fields.DatetimeField(null=True)
    signed_by = fields.CharField(64, default="")
    signed_at = fields.DatetimeField(null=True)
    text = fields.TextField(default="")
    mark = fields.CharField(64, default="")

    class Meta:
        table = "duty"
        unique_together = (("name", "node", "window_start", "sheet"),)
        indexes = (("node", "closes_on"),)


class Diary(Model):
    """A worker's note of a day: his own words, or a draft of what is on record that he may accept."""

    id = fields.BigIntField(primary_key=True)
    worker = fields.CharField(64, db_index=True)
    node = fields.CharField(64)
    day = fields.DateField()
    text = fields.TextField()
    accepted = fields.BooleanField(default=True)
    at = fields.DatetimeField()

    class Meta:
        table = "diary"
