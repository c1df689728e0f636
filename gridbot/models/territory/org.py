"""Who and where: the territory tree, posts, departments, groups, households and residents."""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model

Table = Model  # any of those below, for whoever treats them alike


class Node(Model):
    """A place in the territory tree, of any depth: a grid is a leaf with households and a worker."""

    code = fields.CharField(64, primary_key=True)
    parent = fields.CharField(64, null=True, db_index=True)
    name = fields.CharField(128)
    level = fields.CharField(32, default="")
    kind = fields.CharField(32, default="")
    profile = fields.CharField(64, default="")  # "" = the parent's
    declared_units = fields.IntField(null=True)
    area = fields.CharField(256, default="")
    owner = fields.CharField(64, default="")  # of a 专属 grid: the department whose own it is
    party = fields.CharField(128, default="")  # the party organisation of this place

    class Meta:
        table = "node"


class Post(Model):
    """One role of one person at one node: a person with several roles has several posts."""

    id = fields.IntField(primary_key=True)
    staff = fields.CharField(64, db_index=True)  # the person's id in staff.csv
    name = fields.CharField(64)
    role = fields.CharField(32)
    node = fields.CharField(64, db_index=True)
    phone = fields.CharField(32, default="")
    contact = fields.CharField(128, default="", db_index=True)
    deputy_of = fields.CharField(64, default="")  # a staff id
    employment = fields.CharField(8, default="专职")
    hours = fields.CharField(64, default="")  # 09:00-17:30; "" = office hours
    departments: list[str] = fields.JSONField(default=list)
    duties: list[str] = fields.JSONField(default=list)  # what the holder answers for, besides the profile's
    source = fields.CharField(64, default="")  # where the holder came from: 村干部, 退役军人 …

    class Meta:
        table = "post"
        unique_together = (("staff", "role", "node"),)


class Department(Model):
    """A body outside the tree: property company, power supply, city management …"""

    id = fields.CharField(64, primary_key=True)
    name = fields.CharField(128)
    categories: list[str] = fields.JSONField(default=list)
    node = fields.CharField(64, default="")  # "" = everywhere
    contact = fields.CharField(128, default="")
    hours = fields.CharField(64, default="")
    person = fields.CharField(64, default="")  # whom to ask for
    phone = fields.CharField(32, default="")

    class Meta:
        table = "department"


class Group(Model):
    """A chat group bound to a node: every new one starts in listen = mention."""

    id = fields.IntField(primary_key=True)
    transport = fields.CharField(32)
    room = fields.CharField(128)
    node = fields.CharField(64, db_index=True)
    audience = fields.CharField(16)  # residents / staff
    listen = fields.CharField(16, default="mention")  # mention / keywords / off
    topic = fields.CharField(128, default="")
    muted_until = fields.DatetimeField(null=True)

    class Meta:
        table = "room"
        unique_together = (("transport", "room"),)


class Household(Model):
    """One household (户). Its classes (独居老人 …) are sensitive: never in any group."""

    id = fields.CharField(64, primary_key=True)
    node = fields.CharField(64, db_index=True)
    address = fields.CharField(256, default="")
    building = fields.CharField(16, default="")
    unit = fields.CharField(16, default="")
    room = fields.CharField(16, default="")
    head = fields.CharField(64, default="")
    classes: list[str] = fields.JSONField(default=list)
    phone = fields.CharField(32, default="")
    since = fields.DateField(null=True)  # moved in; null = long there

    class Meta:
        table = "household"
        indexes = (("node", "building", "room"),)


class Resident(Model):
    """A member of a household, known by contact once bound."""

    id = fields.IntField(primary_key=True)
    contact = fields.CharField(128, default="", db_index=True)
    household = fields.CharField(64, db_index=True)
    name = fields.CharField(64, default="")
    head = fields.BooleanField(default=False)
    birth = fields.DateField(null=True)
    classes: list[str] = fields.JSONField(default=list)
    phone = fields.CharField(32, default="")

    class Meta:
        table = "resident"


class Landmark(Model):
    """A place people name: 东门小卖店, 大槐树底下."""

    id = fields.IntField(primary_key=True)
    node = fields.CharField(64, default="", db_index=True)  # "" = nobody knows whose it is
    name = fields.CharField(128)
    aliases: list[str] = fields.JSONField(default=list)
    kind = fields.CharField(32, default="")

    class Meta:
        table = "landmark"
        unique_together = (("node", "name"),)


class CalendarDay(Model):
    """An exception to Monday–Friday: a day of rest, or a day worked in its stead (调休)."""

    day = fields.DateField(primary_key=True)
    kind = fields.CharField(8)  # work / rest
    name = fields.CharField(64, default="")

    class Meta:
        table = "calendar_day"


class BindCode(Model):
    """A one-time code by which a person ties his account to a post or a household (绑定 CODE)."""

    code = fields.CharField(16, primary_key=True)
    staff = fields.CharField(64, default="")
    household = fields.CharField(64, default="")
    made_at = fields.DatetimeField()
    used_at = fields.DatetimeField(null=True)

    class Meta:
        table = "bind_code"


class OptOut(Model):
    """A resident who said 退出: unread from then on."""

    id = fields.IntField(primary_key=True)
    transport = fields.CharField(32)
    contact = fields.CharField(128)
    at = fields.DatetimeField()

    class Meta:
        table = "opt_out"
        unique_together = (("transport", "contact"),)


class OrgVersion(Model):
    """One row: rises with every change of the org, so that other processes notice."""

    id = fields.IntField(primary_key=True)
    version = fields.IntField(default=0)

    class Meta:
        table = "org_version"
