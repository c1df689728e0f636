"""What serving people takes besides tickets: errands in batches, answers told, places, resources, papers."""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model


class ErrandBatch(Model):
    """The papers of one day that go together to the office that does them (集中)."""

    id = fields.IntField(primary_key=True)
    node = fields.CharField(64)  # whose desk gathered them
    day = fields.DateField()
    runner = fields.CharField(64, default="")  # staff id of the one who goes
    tickets: list[int] = fields.JSONField(default=list)
    closed_at = fields.DatetimeField()

    class Meta:
        table = "errand_batch"
        unique_together = (("node", "day"),)


class Told(Model):
    """Something answered without a ticket: how to do it in person, a known answer, a planned outage."""

    id = fields.BigIntField(primary_key=True)
    at = fields.DatetimeField()
    node = fields.CharField(64, default="")
    what = fields.CharField(8)  # 告知 / 答复 / 停供
    item = fields.CharField(64)
    room = fields.CharField(128, null=True)  # the group that read the answer; null = in private

    class Meta:
        table = "told"
        indexes = (("room", "item", "at"), ("node", "at"))


class Facility(Model):
    """A place people need: a chemist, a clinic, a service centre with the matters it does."""

    id = fields.IntField(primary_key=True)
    node = fields.CharField(64, db_index=True)
    circle = fields.CharField(8)  # one of the five circles of a quarter of an hour
    kind = fields.CharField(32)
    name = fields.CharField(64)
    address = fields.CharField(128, default="")
    hours = fields.CharField(64, default="")
    phone = fields.CharField(32, default="")
    matters: list[str] = fields.JSONField(default=list)  # category ids a centre does
    by = fields.CharField(64)
    at = fields.DatetimeField()
    gone = fields.BooleanField(default=False)

    class Meta:
        table = "facility"


class Resource(Model):
    """What somebody would lend or do for neighbours: a wheelchair, a skill, an organisation's help."""

    id = fields.IntField(primary_key=True)
    node = fields.CharField(64, db_index=True)
    kind = fields.CharField(8)  # 资源 / 特长
    name = fields.CharField(64)
    owner = fields.CharField(64, default="")
    contact = fields.CharField(128, default="", db_index=True)
    phone = fields.CharField(32, default="")
    note = fields.TextField(default="")
    by = fields.CharField(128)
    at = fields.DatetimeField()
    gone = fields.BooleanField(default=False)

    class Meta:
        table = "resource"


class Offer(Model):
    """A resource was asked for: by whom, for what, and what its owner said."""

    id = fields.IntField(primary_key=True)
    resource = fields.IntField(db_index=True)
    node = fields.CharField(64, default="")
    asked_by = fields.CharField(64)  # staff id
    purpose = fields.CharField(128, default="")
    at = fields.DatetimeField()
    answer = fields.CharField(8, default="")  # yes / no
    answered_at = fields.DatetimeField(null=True)

    class Meta:
        table = "offer"


class HelpList(Model):
    """A campaign in which some cannot help themselves (养老认证): who needs somebody to do it with them."""

    id = fields.IntField(primary_key=True)
    node = fields.CharField(64)
    title = fields.CharField(64)
    by = fields.CharField(64)
    at = fields.DatetimeField()

    class Meta:
        table = "help_list"


class HelpItem(Model):
    """One household of such a list."""

    id = fields.BigIntField(primary_key=True)
    campaign = fields.IntField(db_index=True)  # HelpList.id
    household = fields.CharField(64)
    grid = fields.CharField(64)
    worker = fields.CharField(64, default="")
    ticket = fields.IntField(null=True)
    done_at = fields.DatetimeField(null=True)

    class Meta:
        table = "help_item"
        unique_together = (("campaign", "household"),)


class Opinion(Model):
    """A signed opinion of a worker, asked for by a leader: kept apart, never shown to residents."""

    id = fields.IntField(primary_key=True)
    matter = fields.CharField(128)
    household = fields.CharField(64, null=True)
    node = fields.CharField(64)
    asked_by = fields.CharField(64)  # staff id
    asked_at = fields.DatetimeField()
    worker = fields.CharField(64, db_index=True)  # staff id
    answer = fields.CharField(16, default="")
    words = fields.TextField(default="")
    signed_at = fields.DatetimeField(null=True)

    class Meta:
        table = "opinion"


class HotlineOrder(Model):
    """An order of a hotline that became a ticket: its own number and deadline, and what its form asks."""

    id = fields.IntField(primary_key=True)
    number = fields.CharField(64, unique=True)
    ticket = fields.IntField(db_index=True)
    source = fields.CharField(32, default="")
    caller = fields.CharField(64, default="")
    phone = fields.CharField(32, default="")
    due_at = fields.DatetimeField(null=True)  # as the order says
    at = fields.DatetimeField()

    class Meta:
        table = "hotline_order"


class ReplyForm(Model):
    """What a person decided for the reply to a hotline, everything else is filled in from the history."""

    no = fields.IntField(primary_key=True, generated=False)  # the ticket's
    verified = fields.CharField(8, default="")  # 属实 / 不属实 / 部分属实
    beyond = fields.BooleanField(default=False)  # 超职责
    kind = fields.CharField(16, default="")
    phone = fields.CharField(32, default="")
    printed_at = fields.DatetimeField(null=True)

    class Meta:
        table = "reply_form"


class Outage(Model):
    """Water, power, gas or heating that is cut off as planned: answers who asks until it ends."""

    id = fields.IntField(primary_key=True)
    node = fields.CharField(64, db_index=True)
    sub = fields.CharField(32)  # a sub-category of utilities_outage
    building = fields.CharField(16, default="")  # "" = everywhere in the node
    starts_at = fields.DatetimeField()
    ends_at = fields.DatetimeField()
    text = fields.TextField(default="")
    source = fields.CharField(64, default="")
    by = fields.CharField(64)
    at = fields.DatetimeField()
    over_at = fields.DatetimeField(null=True)  # ended early

    class Meta:
        table = "outage"


class Subscription(Model):
    """What a person wants to hear of regularly: a category, a scope, how often."""

    id = fields.IntField(primary_key=True)
    contact = fields.CharField(128, db_index=True)
    transport = fields.CharField(32)
    account = fields.CharField(128, default="")
    category = fields.CharField(32, default="")  # "" = everything
    sub = fields.CharField(32, null=True)
    node = fields.CharField(64)
    period = fields.CharField(8)  # day / week / month
    at = fields.DatetimeField()
    told_at = fields.DatetimeField(null=True)
    gone = fields.BooleanField(default=False)

    class Meta:
        table = "subscription"


class Filing(Model):
    """A short form that was filed (报备): a feast, a large gathering, building work."""

    id = fields.IntField(primary_key=True)
    form = fields.CharField(32)
    node = fields.CharField(64, db_index=True)
    household = fields.CharField(64, null=True)
    by = fields.CharField(64)
    day = fields.DateField(null=True)
    text = fields.TextField(default="")
    at = fields.DatetimeField()

    class Meta:
        table = "filing"


class KnownAnswer(Model):
    """A question an office has answered before, with the source and the day of the answer."""

    id = fields.IntField(primary_key=True)
    node = fields.CharField(64, db_index=True)
    question = fields.CharField(128)
    answer = fields.TextField()
    source = fields.CharField(128)
    as_of = fields.DateField()
    by = fields.CharField(64)
    at = fields.DatetimeField()
    gone = fields.BooleanField(default=False)

    class Meta:
        table = "known_answer"
