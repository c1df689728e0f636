"""What is kept of hearing itself: pictures that wait for words, questions that gather, readings put right."""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model


class EarlyMedia(Model):
    """A picture or voice note that came before any words: its key and kind, never its content."""

    id = fields.BigIntField(primary_key=True)
    room = fields.CharField(128, default="")  # "" = in private
    contact = fields.CharField(128)
    message = fields.CharField(128)  # the platform's id
    media: list[str] = fields.JSONField(default=list)
    at = fields.DatetimeField(db_index=True)

    class Meta:
        table = "early_media"
        indexes = (("contact", "room"),)


class WeakSignal(Model):
    """A household asked its neighbours whether they have the same trouble. No words are kept."""

    id = fields.BigIntField(primary_key=True)
    grid = fields.CharField(64)
    building = fields.CharField(16, default="")
    category = fields.CharField(32)
    household = fields.CharField(128)  # its id, the contact where it is unknown
    at = fields.DatetimeField(db_index=True)

    class Meta:
        table = "weak_signal"
        indexes = (("grid", "category"),)


class Correction(Model):
    """A reading that somebody of the staff put right: a redacted example with its right answer."""

    id = fields.BigIntField(primary_key=True)
    at = fields.DatetimeField()
    node = fields.CharField(64)  # the grid it was said in
    by = fields.CharField(64)  # staff id
    what = fields.CharField(16)  # dropped / corrected / made / recategorised
    text = fields.TextField()  # redacted
    was = fields.CharField(40, default="")  # the category it was read as, "" = nothing
    kind = fields.CharField(8)  # the right answer: issue / service / none
    category = fields.CharField(32, default="")

    class Meta:
        table = "correction"
