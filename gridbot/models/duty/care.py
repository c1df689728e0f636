"""What the clock and the registers keep: series, pauses, facts, people in care, campaigns, crises."""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model


class Series(Model):
    """Up to which nominal day the occurrences of a recurring kind are on the board."""

    kind = fields.CharField(32, primary_key=True)
    through_on = fields.DateField()
    rule = fields.CharField(64, default="")  # changes with the schedules, the calendar and the org

    class Meta:
        table = "series"


class PauseRow(Model):
    """Days on which nothing is asked about somebody: from_on to until_on, both included."""

    id = fields.IntField(primary_key=True)
    what = fields.CharField(192, db_index=True)  # household:h1, person:h1/王奶奶, or the subject of a duty
    from_on = fields.DateField()
    until_on = fields.DateField(null=True)  # null = until somebody ends it
    why = fields.CharField(128, default="")
    by = fields.CharField(64)
    at = fields.DatetimeField()

    class Meta:
        table = "pause"


class Fact(Model):
    """What is known of a household or an area, and since when: the four checklists are made of these."""

    id = fields.IntField(primary_key=True)
    subject = fields.CharField(96)  # household:h1 or node:g1
    field = fields.CharField(32)
    value = fields.TextField(default="")
    known_at = fields.DatetimeField()
    by = fields.CharField(64)

    class Meta:
        table = "fact"
        unique_together = (("subject", "field"),)


class PersonClass(Model):
    """A class of people that an office made itself, with its programme: steps, and a talk every so often."""

    id = fields.IntField(primary_key=True)
    node = fields.CharField(64)
    name = fields.CharField(32)
    days = fields.IntField()  # a talk every so many days
    steps: list[str] = fields.JSONField(default=list)
    by = fields.CharField(64)
    at = fields.DatetimeField()

    class Meta:
        table = "person_class"
        unique_together = (("node", "name"),)


class KeyPerson(Model):
    """Somebody in care. Sensitive: least fields, every reading in the audit, never a word in a group."""

    id = fields.IntField(primary_key=True)
    household = fields.CharField(64, db_index=True)
    grid = fields.CharField(64, db_index=True)
    name = fields.CharField(64)
    kind = fields.CharField(32)  # the class
    plan = fields.TextField(default="")
    worker = fields.CharField(64)  # staff id of who answers for it
    step = fields.IntField(default=0)  # steps of the programme that are done
    next_on = fields.DateField(null=True)
    since_on = fields.DateField()
    ended_on = fields.DateField(null=True)

    class Meta:
        table = "key_person"


class Talk(Model):
    """One talk with somebody in care."""

    id = fields.IntField(primary_key=True)
    person = fields.IntField(db_index=True)  # key_person.id
    step = fields.CharField(32, default="")
    note = fields.TextField(default="")
    by = fields.CharField(64)
    at = fields.DatetimeField()

    class Meta:
        table = "talk"


class Presence(Model):
    """Whether a member of a household is there: 在家, 外出 or 返乡."""

    id = fields.IntField(primary_key=True)
    household = fields.CharField(64)
    grid = fields.CharField(64, db_index=True)
    name = fields.CharField(64)
    state = fields.CharField(8)
    by = fields.CharField(64)
    at = fields.DatetimeField()

    class Meta:
        table = "presence"
        unique_together = (("household", "name"),)


class Campaign(Model):
    """A list to be worked off once: households of a node that are asked, or the points of a checklist."""

    id = fields.IntField(primary_key=True)
    name = fields.CharField(64)
    node = fields.CharField(64, db_index=True)
    kind = fields.CharField(16)  # homes / checklist
    due_on = fields.DateField(null=True)
    by = fields.CharField(64)
    at = fields.DatetimeField()
    closed_at = fields.DatetimeField(null=True)

    class Meta:
        table = "campaign"


class CampaignItem(Model):
    """One household or one point of a campaign, answered once."""

    id = fields.IntField(primary_key=True)
    campaign = fields.IntField()
    subject = fields.CharField(96)  # a household's id, or the point's words
    grid = fields.CharField(64, db_index=True)
    answer = fields.TextField(default="")
    by = fields.CharField(64, default="")
    at = fields.DatetimeField(null=True)

    class Meta:
        table = "campaign_item"
        unique_together = (("campaign", "subject"),)


class Crisis(Model):
    """应急模式 of a node: from when to when."""

    id = fields.IntField(primary_key=True)
    node = fields.CharField(64, db_index=True)
    why = fields.CharField(64)
    by = fields.CharField(64)
    at = fields.DatetimeField()
    ended_at = fields.DatetimeField(null=True)

    class Meta:
        table = "crisis"


class Need(Model):
    """What a household needs brought or done during a crisis, a lower priority number goes first."""

    id = fields.IntField(primary_key=True)
    crisis = fields.IntField(db_index=True)
    grid = fields.CharField(64)
    household = fields.CharField(64, default="")
    contact = fields.CharField(128)
    kind = fields.CharField(16)  # 买菜 / 买药 / 就医
    text = fields.TextField(default="")
    priority = fields.IntField()
    at = fields.DatetimeField()
    done_by = fields.CharField(64, default="")
    done_at = fields.DatetimeField(null=True)

    class Meta:
        table = "need"


class Patrol(Model):
    """A worker's round of his grid: a note counted as work, without place or punch. light: 转 无事."""

    id = fields.IntField(primary_key=True)
    grid = fields.CharField(64)
    worker = fields.CharField(64)
    at = fields.DatetimeField()
    area = fields.CharField(64, default="")
    note = fields.TextField(default="")
    light = fields.BooleanField(default=False)

    class Meta:
        table = "patrol"
        indexes = (("grid", "at"),)


class Element(Model):
    """An entry of the six registers 人地事物情组织, with tags that all six share."""

    id = fields.IntField(primary_key=True)
    register = fields.CharField(8)
    node = fields.CharField(64, db_index=True)
    name = fields.CharField(64)
    tags: list[str] = fields.JSONField(default=list)
    by = fields.CharField(64)
    at = fields.DatetimeField()

    class Meta:
        table = "element"
        unique_together = (("node", "register", "name"),)


class ElementLink(Model):
    """A ticket or a visit that has to do with an entry of the registers."""

    id = fields.IntField(primary_key=True)
    element = fields.IntField()
    what = fields.CharField(64, db_index=True)  # ticket:12, visit:3

    class Meta:
        table = "element_link"
        unique_together = (("element", "what"),)


class HeldNote(Model):
    """A reminder that can wait: more than a handful a day are kept for the morning list."""

    id = fields.IntField(primary_key=True)
    staff = fields.CharField(64, db_index=True)
    text = fields.TextField()
    at = fields.DatetimeField()

    class Meta:
        table = "held_note"
