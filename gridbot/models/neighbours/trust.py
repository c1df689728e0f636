"""Trust between office and neighbours: rows of inquiries, disputes, appointments, points, scores."""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model


class Inquiry(Model):
    """A question put to staff: is this really from the office, who has seen this, somebody acts strangely.

    kind: really (核实), search (协查), suspicious (可疑), alike (an account with a leader's name),
    money (somebody asked for money in an office's name). The words are blanked with those of tickets.
    """

    id = fields.IntField(primary_key=True)
    kind = fields.CharField(16)
    node = fields.CharField(64, db_index=True)
    transport = fields.CharField(32, default="")
    account = fields.CharField(128, default="")
    contact = fields.CharField(128)  # who asked, or whose account it is about
    room = fields.CharField(128, null=True)
    staff = fields.CharField(64, default="")  # who was asked, or whose name it is
    text = fields.TextField(default="")
    at = fields.DatetimeField()
    answer = fields.CharField(16, default="")  # yes / no
    outcome = fields.TextField(default="")
    closed_by = fields.CharField(64, default="")
    closed_at = fields.DatetimeField(null=True)

    class Meta:
        table = "inquiry"
        indexes = (("kind", "contact", "at"),)


class InquiryReply(Model):
    """What a colleague answered to a search."""

    id = fields.IntField(primary_key=True)
    inquiry = fields.IntField(db_index=True)
    staff = fields.CharField(64)
    text = fields.TextField(default="")
    at = fields.DatetimeField()

    class Meta:
        table = "inquiry_reply"


class Dispute(Model):
    """A dispute in the ledger: parties are households, shown masked, and never in a group of residents.

    risk: 红 / 黄 / 绿. state: open, agreed, closed.
    """

    id = fields.IntField(primary_key=True)
    ticket = fields.IntField(null=True, unique=True)
    node = fields.CharField(64, db_index=True)
    kind = fields.CharField(32, default="")  # a sub-category of dispute
    risk = fields.CharField(4)
    households: list[str] = fields.JSONField(default=list)
    words = fields.TextField(default="")
    mediator = fields.CharField(64, default="")  # staff id
    state = fields.CharField(8, default="open")
    agreement = fields.TextField(default="")
    by = fields.CharField(128)
    opened_at = fields.DatetimeField()
    agreed_at = fields.DatetimeField(null=True)
    closed_at = fields.DatetimeField(null=True)

    class Meta:
        table = "dispute"


class DisputeLine(Model):
    """What was done about a dispute: attempt, agreed, follow_up, risk, mediator."""

    id = fields.IntField(primary_key=True)
    dispute = fields.IntField(db_index=True)
    what = fields.CharField(16)
    words = fields.TextField(default="")
    by = fields.CharField(64)
    at = fields.DatetimeField()

    class Meta:
        table = "dispute_line"


class Mediator(Model):
    """What is known of a mediator besides the post: subjects, home, and whose disputes are not for him."""

    staff = fields.CharField(64, primary_key=True)
    subjects: list[str] = fields.JSONField(default=list)
    home = fields.CharField(64, default="")  # household id
    kin: list[str] = fields.JSONField(default=list)  # household ids
    last_at = fields.DatetimeField(null=True)  # when he was last called
    by = fields.CharField(64)
    at = fields.DatetimeField()

    class Meta:
        table = "mediator"


class Appointment(Model):
    """Somebody on the way to a post. stage counts the stages passed, state: open, active, ended."""

    id = fields.IntField(primary_key=True)
    name = fields.CharField(64)
    contact = fields.CharField(128, default="")
    household = fields.CharField(64, default="")
    phone = fields.CharField(32, default="")
    role = fields.CharField(32)
    node = fields.CharField(64, db_index=True)
    source = fields.CharField(64, default="")
    stage = fields.IntField(default=0)
    state = fields.CharField(8, default="open")
    conflicts: list[str] = fields.JSONField(default=list)  # found or declared
    reason = fields.TextField(default="")  # why it was approved in spite of them
    staff = fields.CharField(64, default="")  # the post's holder once active
    at = fields.DatetimeField()
    decided_at = fields.DatetimeField(null=True)

    class Meta:
        table = "appointment"


class AppointmentStage(Model):
    """One act of one person in an appointment."""

    id = fields.IntField(primary_key=True)
    appointment = fields.IntField(db_index=True)
    stage = fields.CharField(16)
    by = fields.CharField(128)
    verdict = fields.CharField(8, default="yes")  # yes / no
    words = fields.TextField(default="")
    at = fields.DatetimeField()

    class Meta:
        table = "appointment_stage"


class Handing(Model):
    """One colleague hands a grid over to another. It is done when both have said so."""

    id = fields.IntField(primary_key=True)
    old = fields.CharField(64)
    new = fields.CharField(64)
    nodes: list[str] = fields.JSONField(default=list)
    by = fields.CharField(64)
    at = fields.DatetimeField()
    old_at = fields.DatetimeField(null=True)
    new_at = fields.DatetimeField(null=True)
    done_at = fields.DatetimeField(null=True)
    dropped = fields.BooleanField(default=False)

    class Meta:
        table = "handing"


class PointEntry(Model):
    """Points of a household, earned or spent. It counts once a second person has confirmed it.

    state: pending, confirmed, refused.
    """

    id = fields.IntField(primary_key=True)
    household = fields.CharField(64, db_index=True)
    grid = fields.CharField(64)
    amount = fields.IntField()  # negative where they are spent
    why = fields.CharField(128)
    kind = fields.CharField(16)  # act / hours / goods
    by = fields.CharField(128)  # staff id, or the account that asked for goods
    at = fields.DatetimeField()
    state = fields.CharField(16, default="pending")
    confirmed_by = fields.CharField(64, default="")
    confirmed_at = fields.DatetimeField(null=True)

    class Meta:
        table = "point_entry"
        indexes = (("grid", "state"),)


class Good(Model):
    """What points can be exchanged for."""

    id = fields.IntField(primary_key=True)
    node = fields.CharField(64, db_index=True)
    name = fields.CharField(64)
    price = fields.IntField()
    stock = fields.IntField()
    by = fields.CharField(64)
    at = fields.DatetimeField()

    class Meta:
        table = "good"
        unique_together = (("node", "name"),)


class Activity(Model):
    """Something volunteers do together: a team, a time, hours that count."""

    id = fields.IntField(primary_key=True)
    node = fields.CharField(64, db_index=True)
    team = fields.CharField(32)
    title = fields.CharField(64)
    starts_at = fields.DatetimeField()
    by = fields.CharField(64)
    at = fields.DatetimeField()
    closed_at = fields.DatetimeField(null=True)

    class Meta:
        table = "activity"


class SignUp(Model):
    """Somebody of a household joined a team, or comes to an activity."""

    id = fields.IntField(primary_key=True)
    team = fields.CharField(32)
    activity = fields.IntField(null=True, db_index=True)
    node = fields.CharField(64)
    contact = fields.CharField(128)
    household = fields.CharField(64)
    name = fields.CharField(64, default="")
    at = fields.DatetimeField()
    hours = fields.FloatField(default=0)

    class Meta:
        table = "sign_up"
        unique_together = (("team", "activity", "contact"),)


class ScoreEntry(Model):
    """Points of a worker or a department in a quarter, each with the row it comes from.

    state: counted, appealed, struck.
    """

    id = fields.IntField(primary_key=True)
    who = fields.CharField(64)
    department = fields.BooleanField(default=False)
    node = fields.CharField(64, default="")
    quarter = fields.CharField(8)  # 2026Q1
    rule = fields.CharField(32)
    points = fields.FloatField()
    source = fields.CharField(64)  # ticket:12, visit:3
    at = fields.DatetimeField()
    state = fields.CharField(16, default="counted")
    appeal = fields.TextField(default="")
    ruling = fields.TextField(default="")
    ruled_by = fields.CharField(64, default="")
    ruled_at = fields.DatetimeField(null=True)

    class Meta:
        table = "score_entry"
        unique_together = (("who", "rule", "source", "quarter"),)
        indexes = (("quarter", "who"),)


class Star(Model):
    """The stars of a worker in a quarter: drafted from the score, given by a person."""

    id = fields.IntField(primary_key=True)
    who = fields.CharField(64)
    node = fields.CharField(64)
    quarter = fields.CharField(8)
    total = fields.FloatField()
    draft = fields.IntField()
    stars = fields.IntField(null=True)
    reason = fields.CharField(128, default="")
    decided_by = fields.CharField(64, default="")
    decided_at = fields.DatetimeField(null=True)

    class Meta:
        table = "star"
        unique_together = (("who", "quarter"),)


class Discussion(Model):
    """A question put to the neighbours of a node. state: open, summed, done."""

    id = fields.IntField(primary_key=True)
    node = fields.CharField(64, db_index=True)
    title = fields.CharField(128)
    rooms: list[str] = fields.JSONField(default=list)
    by = fields.CharField(64)
    at = fields.DatetimeField()
    closes_at = fields.DatetimeField()
    state = fields.CharField(8, default="open")
    result = fields.TextField(default="")
    decided_at = fields.DatetimeField(null=True)
    tickets: list[int] = fields.JSONField(default=list)

    class Meta:
        table = "discussion"


class Voice(Model):
    """What a household said to a discussion, or promised: hands or things, never money."""

    id = fields.IntField(primary_key=True)
    discussion = fields.IntField(db_index=True)
    contact = fields.CharField(128)
    household = fields.CharField(64, default="")
    stance = fields.CharField(8, default="")  # for / against / pledge
    words = fields.TextField(default="")
    at = fields.DatetimeField()

    class Meta:
        table = "voice"


class Emblem(Model):
    """One of the stars of an estate, with the evidence for it."""

    id = fields.IntField(primary_key=True)
    node = fields.CharField(64)
    name = fields.CharField(32)
    evidence = fields.TextField(default="")
    met = fields.BooleanField(default=False)
    by = fields.CharField(64)
    at = fields.DatetimeField()

    class Meta:
        table = "emblem"
        unique_together = (("node", "name"),)


class Organisation(Model):
    """An organisation of a village: 红白理事会, 村民议事会, 调委会 …"""

    id = fields.IntField(primary_key=True)
    node = fields.CharField(64, db_index=True)
    name = fields.CharField(64)
    head = fields.CharField(64, default="")
    members = fields.TextField(default="")
    by = fields.CharField(64)
    at = fields.DatetimeField()

    class Meta:
        table = "organisation"
        unique_together = (("node", "name"),)


class Feast(Model):
    """A wedding or a funeral that was announced to the village: when, where, how many come."""

    id = fields.IntField(primary_key=True)
    node = fields.CharField(64, db_index=True)
    kind = fields.CharField(8)  # 红事 / 白事
    household = fields.CharField(64, default="")
    day = fields.DateField()
    place = fields.CharField(64, default="")
    guests = fields.IntField(null=True)
    by = fields.CharField(128)
    at = fields.DatetimeField()

    class Meta:
        table = "feast"


class PatrolTurn(Model):
    """Who goes round on a day for the village's patrol."""

    id = fields.IntField(primary_key=True)
    node = fields.CharField(64, db_index=True)
    day = fields.DateField(db_index=True)
    people: list[str] = fields.JSONField(default=list)  # names; those with an account are reminded
    by = fields.CharField(64)
    at = fields.DatetimeField()
    done_at = fields.DatetimeField(null=True)

    class Meta:
        table = "patrol_turn"
        unique_together = (("node", "day"),)
