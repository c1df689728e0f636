import functools
from json import dumps, loads

from tortoise import fields, migrations
from tortoise.indexes import Index
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    initial = True

    operations = [
        ops.CreateModel(
            name="AckRow",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("announcement", fields.IntField(db_index=True)),
                ("household", fields.CharField(max_length=64)),
                ("contact", fields.CharField(max_length=128)),
                ("at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "receipt",
                "app": "models",
                "unique_together": (("announcement", "household"),),
                "pk_attr": "id",
                "table_description": "A household's receipt of an announcement.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Announcement",
            fields=[
                ("no", fields.IntField(primary_key=True, generated=False, unique=True, db_index=True)),
                ("by", fields.CharField(max_length=64)),
                (
                    "audience",
                    fields.JSONField(
                        default=list, encoder=functools.partial(dumps, separators=(",", ":")), decoder=loads
                    ),
                ),
                ("text", fields.TextField(unique=False)),
                ("receipt", fields.BooleanField(default=False)),
                ("urgent", fields.BooleanField(default=False)),
                ("state", fields.CharField(default="draft", max_length=16)),
                ("made_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("send_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("sent_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                (
                    "sent",
                    fields.JSONField(
                        default=list, encoder=functools.partial(dumps, separators=(",", ":")), decoder=loads
                    ),
                ),
            ],
            options={
                "table": "announcement",
                "app": "models",
                "pk_attr": "no",
                "table_description": "A notice to households: previewed, confirmed, sent at its time, receipts counted where asked.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Audit",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("by", fields.CharField(max_length=128)),
                ("what", fields.CharField(max_length=64)),
                ("subject", fields.CharField(default="", max_length=128)),
                ("detail", fields.CharField(default="", max_length=255)),
                ("chain", fields.CharField(max_length=64)),
            ],
            options={
                "table": "audit",
                "app": "models",
                "pk_attr": "id",
                "table_description": "One recorded act: chained by the SHA-256 of the previous row and this one.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="BindCode",
            fields=[
                ("code", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=16)),
                ("staff", fields.CharField(default="", max_length=64)),
                ("household", fields.CharField(default="", max_length=64)),
                ("made_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("used_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "bind_code",
                "app": "models",
                "pk_attr": "code",
                "table_description": "A one-time code by which a person ties his account to a post or a household (绑定 CODE).",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="CalendarDay",
            fields=[
                ("day", fields.DateField(primary_key=True, unique=True, db_index=True)),
                ("kind", fields.CharField(max_length=8)),
                ("name", fields.CharField(default="", max_length=64)),
            ],
            options={
                "table": "calendar_day",
                "app": "models",
                "pk_attr": "day",
                "table_description": "An exception to Monday–Friday: a day of rest, or a day worked in its stead (调休).",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Candidate",
            fields=[
                ("id", fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("transport", fields.CharField(max_length=32)),
                ("account", fields.CharField(default="", max_length=128)),
                ("room", fields.CharField(null=True, max_length=128)),
                ("contact", fields.CharField(max_length=128)),
                ("grid", fields.CharField(max_length=64)),
                ("message", fields.CharField(default="", max_length=128)),
                ("text", fields.TextField(default="", unique=False)),
                (
                    "reading",
                    fields.JSONField(
                        default=dict, encoder=functools.partial(dumps, separators=(",", ":")), decoder=loads
                    ),
                ),
                ("kind", fields.CharField(max_length=8)),
                ("category", fields.CharField(null=True, max_length=32)),
                ("confidence", fields.FloatField(default=0.0)),
                ("at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("asked", fields.CharField(default="", max_length=64)),
                ("answer", fields.CharField(default="", max_length=16)),
                ("answered_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("ticket", fields.IntField(null=True)),
            ],
            options={
                "table": "candidate",
                "app": "models",
                "indexes": [Index(fields=["asked", "answer"]), Index(fields=["contact", "at"])],
                "pk_attr": "id",
                "table_description": "What may be a ticket: the worker is asked (state candidate until answered).",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Change",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("act", fields.BigIntField(db_index=True)),
                ("by", fields.CharField(max_length=128)),
                ("at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("model", fields.CharField(max_length=32)),
                ("key", fields.CharField(max_length=64)),
                (
                    "before",
                    fields.JSONField(
                        null=True, encoder=functools.partial(dumps, separators=(",", ":")), decoder=loads
                    ),
                ),
                ("undone", fields.BooleanField(default=False)),
            ],
            options={
                "table": "change",
                "app": "models",
                "indexes": [Index(fields=["by", "at"])],
                "pk_attr": "id",
                "table_description": "What a row was before an act, so that the act can be taken back for some minutes.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="ConsoleLink",
            fields=[
                ("id", fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("token", fields.CharField(unique=True, max_length=64)),
                ("session", fields.CharField(null=True, unique=True, max_length=64)),
                ("staff", fields.CharField(max_length=64)),
                ("made_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("expires_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("used_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "console_link",
                "app": "models",
                "pk_attr": "id",
                "table_description": "A one-time sign-in link to the console and the session that came of it: only hashes are kept.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Department",
            fields=[
                ("id", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=64)),
                ("name", fields.CharField(max_length=128)),
                (
                    "categories",
                    fields.JSONField(
                        default=list, encoder=functools.partial(dumps, separators=(",", ":")), decoder=loads
                    ),
                ),
                ("node", fields.CharField(default="", max_length=64)),
                ("contact", fields.CharField(default="", max_length=128)),
                ("hours", fields.CharField(default="", max_length=64)),
            ],
            options={
                "table": "department",
                "app": "models",
                "pk_attr": "id",
                "table_description": "A body outside the tree: property company, power supply, city management …",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="DigestRow",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("to", fields.CharField(max_length=64)),
                ("node", fields.CharField(max_length=64)),
                ("period", fields.CharField(max_length=8)),
                ("at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("text", fields.TextField(unique=False)),
            ],
            options={
                "table": "digest",
                "app": "models",
                "pk_attr": "id",
                "table_description": "A digest that was delivered: the text is what the leader got.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Due",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("kind", fields.CharField(max_length=32)),
                ("what", fields.CharField(max_length=128)),
                ("occurrence", fields.CharField(default="", max_length=64)),
                (
                    "due_at",
                    fields.DatetimeField(null=True, db_index=True, auto_now=False, auto_now_add=False),
                ),
                (
                    "data",
                    fields.JSONField(
                        default=dict, encoder=functools.partial(dumps, separators=(",", ":")), decoder=loads
                    ),
                ),
                ("outcome", fields.CharField(default="", max_length=16)),
                ("done_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "due",
                "app": "models",
                "unique_together": (("kind", "what", "occurrence"),),
                "pk_attr": "id",
                "table_description": "Something due at a moment, unique by (kind, what, occurrence).",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Group",
            fields=[
                ("id", fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("transport", fields.CharField(max_length=32)),
                ("room", fields.CharField(max_length=128)),
                ("node", fields.CharField(db_index=True, max_length=64)),
                ("audience", fields.CharField(max_length=16)),
                ("listen", fields.CharField(default="mention", max_length=16)),
                ("topic", fields.CharField(default="", max_length=128)),
                ("muted_until", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "room",
                "app": "models",
                "unique_together": (("transport", "room"),),
                "pk_attr": "id",
                "table_description": "A chat group bound to a node: every new one starts in listen = mention.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="History",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("ticket", fields.IntField(db_index=True)),
                ("at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("what", fields.CharField(max_length=32)),
                ("by", fields.CharField(max_length=128)),
                ("was", fields.CharField(default="", max_length=16)),
                ("now", fields.CharField(max_length=16)),
                ("note", fields.TextField(default="", unique=False)),
            ],
            options={
                "table": "history",
                "app": "models",
                "pk_attr": "id",
                "table_description": "Append-only: every move of every ticket: the state can be rebuilt from it.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Household",
            fields=[
                ("id", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=64)),
                ("node", fields.CharField(db_index=True, max_length=64)),
                ("address", fields.CharField(default="", max_length=256)),
                ("building", fields.CharField(default="", max_length=16)),
                ("unit", fields.CharField(default="", max_length=16)),
                ("room", fields.CharField(default="", max_length=16)),
                ("head", fields.CharField(default="", max_length=64)),
                (
                    "classes",
                    fields.JSONField(
                        default=list, encoder=functools.partial(dumps, separators=(",", ":")), decoder=loads
                    ),
                ),
                ("phone", fields.CharField(default="", max_length=32)),
                ("since", fields.DateField(null=True)),
            ],
            options={
                "table": "household",
                "app": "models",
                "indexes": [Index(fields=["node", "building", "room"])],
                "pk_attr": "id",
                "table_description": "One household (户). Its classes (独居老人 …) are sensitive: never in any group.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Inbox",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("key", fields.BigIntField()),
                ("lane", fields.CharField(db_index=True, max_length=255)),
                ("urgent", fields.BooleanField(default=False)),
                (
                    "event",
                    fields.JSONField(encoder=functools.partial(dumps, separators=(",", ":")), decoder=loads),
                ),
                ("received_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("attempts", fields.IntField(default=0)),
                ("parked", fields.BooleanField(default=False)),
                ("fault", fields.CharField(default="", max_length=255)),
            ],
            options={
                "table": "inbox",
                "app": "models",
                "pk_attr": "id",
                "table_description": "A message waiting for its turn: the row goes when the turn is done.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Landmark",
            fields=[
                ("id", fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("node", fields.CharField(db_index=True, max_length=64)),
                ("name", fields.CharField(max_length=128)),
                (
                    "aliases",
                    fields.JSONField(
                        default=list, encoder=functools.partial(dumps, separators=(",", ":")), decoder=loads
                    ),
                ),
                ("kind", fields.CharField(default="", max_length=32)),
            ],
            options={
                "table": "landmark",
                "app": "models",
                "unique_together": (("node", "name"),),
                "pk_attr": "id",
                "table_description": "A place people name: 东门小卖店, 大槐树底下.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Node",
            fields=[
                ("code", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=64)),
                ("parent", fields.CharField(null=True, db_index=True, max_length=64)),
                ("name", fields.CharField(max_length=128)),
                ("level", fields.CharField(default="", max_length=32)),
                ("kind", fields.CharField(default="", max_length=32)),
                ("profile", fields.CharField(default="", max_length=64)),
                ("declared_units", fields.IntField(null=True)),
                ("area", fields.CharField(default="", max_length=256)),
            ],
            options={
                "table": "node",
                "app": "models",
                "pk_attr": "code",
                "table_description": "A place in the territory tree, of any depth: a grid is a leaf with households and a worker.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Number",
            fields=[
                ("name", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                ("value", fields.BigIntField(default=0)),
            ],
            options={
                "table": "number",
                "app": "models",
                "pk_attr": "name",
                "table_description": 'Named sequences: "matter" numbers tickets, announcements and mobilisations together.',
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="OptOut",
            fields=[
                ("id", fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("transport", fields.CharField(max_length=32)),
                ("contact", fields.CharField(max_length=128)),
                ("at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "opt_out",
                "app": "models",
                "unique_together": (("transport", "contact"),),
                "pk_attr": "id",
                "table_description": "A resident who said 退出: unread from then on.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="OrgVersion",
            fields=[
                ("id", fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("version", fields.IntField(default=0)),
            ],
            options={
                "table": "org_version",
                "app": "models",
                "pk_attr": "id",
                "table_description": "One row: rises with every change of the org, so that other processes notice.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Outbox",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("lane", fields.CharField(max_length=255)),
                ("transport", fields.CharField(max_length=32)),
                ("account", fields.CharField(default="", max_length=128)),
                ("room", fields.CharField(null=True, max_length=128)),
                ("contact", fields.CharField(null=True, max_length=128)),
                ("text", fields.TextField(unique=False)),
                ("key", fields.CharField(default="", max_length=64)),
                (
                    "extra",
                    fields.JSONField(
                        default=dict, encoder=functools.partial(dumps, separators=(",", ":")), decoder=loads
                    ),
                ),
                ("ticket", fields.IntField(null=True, db_index=True)),
                ("urgent", fields.BooleanField(default=False)),
                ("once", fields.CharField(null=True, unique=True, max_length=128)),
                ("turn", fields.BigIntField(null=True)),
                ("made_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                (
                    "due_at",
                    fields.DatetimeField(null=True, db_index=True, auto_now=False, auto_now_add=False),
                ),
                ("state", fields.CharField(default="queued", max_length=8)),
                ("attempts", fields.IntField(default=0)),
                ("sent_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("sent_id", fields.CharField(null=True, db_index=True, max_length=128)),
                ("fault", fields.CharField(default="", max_length=255)),
            ],
            options={
                "table": "outbox",
                "app": "models",
                "indexes": [Index(fields=["lane", "id"])],
                "pk_attr": "id",
                "table_description": "A message to be sent, being sent, or sent. Stored in the same transaction as what caused it.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Post",
            fields=[
                ("id", fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("staff", fields.CharField(db_index=True, max_length=64)),
                ("name", fields.CharField(max_length=64)),
                ("role", fields.CharField(max_length=32)),
                ("node", fields.CharField(db_index=True, max_length=64)),
                ("phone", fields.CharField(default="", max_length=32)),
                ("contact", fields.CharField(default="", db_index=True, max_length=128)),
                ("deputy_of", fields.CharField(default="", max_length=64)),
                ("employment", fields.CharField(default="专职", max_length=8)),
                ("hours", fields.CharField(default="", max_length=64)),
                (
                    "departments",
                    fields.JSONField(
                        default=list, encoder=functools.partial(dumps, separators=(",", ":")), decoder=loads
                    ),
                ),
            ],
            options={
                "table": "post",
                "app": "models",
                "unique_together": (("staff", "role", "node"),),
                "pk_attr": "id",
                "table_description": "One role of one person at one node: a person with several roles has several posts.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Question",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("lane", fields.CharField(max_length=255)),
                ("contact", fields.CharField(max_length=128)),
                ("kind", fields.CharField(max_length=32)),
                ("subject", fields.IntField(null=True)),
                (
                    "data",
                    fields.JSONField(
                        default=dict, encoder=functools.partial(dumps, separators=(",", ":")), decoder=loads
                    ),
                ),
                ("asked_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("expires_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "question",
                "app": "models",
                "indexes": [Index(fields=["contact", "lane"])],
                "pk_attr": "id",
                "table_description": "Something the bot asked one person in one place: a saved intent that lacks one slot.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Resident",
            fields=[
                ("id", fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("contact", fields.CharField(default="", db_index=True, max_length=128)),
                ("household", fields.CharField(db_index=True, max_length=64)),
                ("name", fields.CharField(default="", max_length=64)),
                ("head", fields.BooleanField(default=False)),
                ("birth", fields.DateField(null=True)),
                (
                    "classes",
                    fields.JSONField(
                        default=list, encoder=functools.partial(dumps, separators=(",", ":")), decoder=loads
                    ),
                ),
                ("phone", fields.CharField(default="", max_length=32)),
            ],
            options={
                "table": "resident",
                "app": "models",
                "pk_attr": "id",
                "table_description": "A member of a household, known by contact once bound.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Seen",
            fields=[
                ("key", fields.BigIntField(primary_key=True, generated=False, unique=True, db_index=True)),
                ("at", fields.BigIntField()),
            ],
            options={
                "table": "seen",
                "app": "models",
                "pk_attr": "key",
                "table_description": "The key that recognises a redelivery: nothing else of chatter is kept.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Supporter",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("ticket", fields.IntField(db_index=True)),
                ("contact", fields.CharField(max_length=128)),
                ("household", fields.CharField(null=True, max_length=64)),
                ("room", fields.CharField(null=True, max_length=128)),
                ("at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "supporter",
                "app": "models",
                "unique_together": (("ticket", "contact"),),
                "pk_attr": "id",
                "table_description": "A neighbour who joined a ticket (我家也是).",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Tally",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("day", fields.DateField()),
                ("name", fields.CharField(max_length=64)),
                ("node", fields.CharField(default="", max_length=64)),
                ("value", fields.BigIntField(default=0)),
            ],
            options={
                "table": "tally",
                "app": "models",
                "unique_together": (("day", "name", "node"),),
                "pk_attr": "id",
                "table_description": "Counts that outlive what was forgotten: how many were received, how many were nothing …",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Ticket",
            fields=[
                ("no", fields.IntField(primary_key=True, generated=False, unique=True, db_index=True)),
                ("kind", fields.CharField(max_length=8)),
                ("category", fields.CharField(max_length=32)),
                ("sub", fields.CharField(null=True, max_length=32)),
                ("urgency", fields.CharField(default="normal", max_length=16)),
                ("state", fields.CharField(default="open", max_length=16)),
                ("node", fields.CharField(max_length=64)),
                ("grid", fields.CharField(max_length=64)),
                ("transport", fields.CharField(max_length=32)),
                ("account", fields.CharField(default="", max_length=128)),
                ("room", fields.CharField(null=True, max_length=128)),
                ("reporter", fields.CharField(default="", max_length=128)),
                ("household", fields.CharField(null=True, max_length=64)),
                ("place", fields.CharField(default="", max_length=256)),
                ("building", fields.CharField(null=True, max_length=16)),
                ("unit", fields.CharField(null=True, max_length=16)),
                ("landmark", fields.CharField(null=True, max_length=128)),
                ("summary", fields.TextField(default="", unique=False)),
                ("assignee", fields.CharField(null=True, max_length=64)),
                (
                    "departments",
                    fields.JSONField(
                        default=list, encoder=functools.partial(dumps, separators=(",", ":")), decoder=loads
                    ),
                ),
                ("sensitive", fields.BooleanField(default=False)),
                ("confidence", fields.FloatField(default=0.0)),
                (
                    "because",
                    fields.JSONField(
                        default=list, encoder=functools.partial(dumps, separators=(",", ":")), decoder=loads
                    ),
                ),
                ("opened_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("first_reply_due_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("first_reply_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("due_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("promised_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("paused_until", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("result", fields.TextField(default="", unique=False)),
                ("resolved_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("closed_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("satisfaction", fields.CharField(null=True, max_length=16)),
                ("merged_into", fields.IntField(null=True)),
                ("returns", fields.IntField(default=0)),
                ("urges", fields.IntField(default=0)),
                ("stage", fields.CharField(null=True, max_length=16)),
                ("return_due_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("exported_no", fields.CharField(null=True, max_length=64)),
            ],
            options={
                "table": "ticket",
                "app": "models",
                "indexes": [
                    Index(fields=["state", "grid"]),
                    Index(fields=["assignee", "state"]),
                    Index(fields=["reporter", "opened_at"]),
                    Index(fields=["grid", "opened_at"]),
                    Index(fields=["node", "state"]),
                ],
                "pk_attr": "no",
                "table_description": "One matter. Its node has it now, its grid is where it belongs: moments are UTC.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="TicketMessage",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("ticket", fields.IntField(null=True, db_index=True)),
                ("candidate", fields.IntField(null=True, db_index=True)),
                ("room", fields.CharField(null=True, max_length=128)),
                ("contact", fields.CharField(max_length=128)),
                ("message", fields.CharField(db_index=True, max_length=128)),
                ("text", fields.TextField(default="", unique=False)),
                (
                    "media",
                    fields.JSONField(
                        default=list, encoder=functools.partial(dumps, separators=(",", ":")), decoder=loads
                    ),
                ),
                ("at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "ticket_message",
                "app": "models",
                "pk_attr": "id",
                "table_description": "A message that belongs to a ticket or a candidate: the only texts that are kept.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Visit",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("household", fields.CharField(db_index=True, max_length=64)),
                ("person", fields.CharField(default="", max_length=64)),
                ("worker", fields.CharField(default="", max_length=64)),
                ("due_on", fields.DateField(null=True)),
                ("why", fields.CharField(default="", max_length=64)),
                ("done_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("mode", fields.CharField(default="", max_length=8)),
                ("outcome", fields.TextField(default="", unique=False)),
                ("dropped", fields.BooleanField(default=False)),
            ],
            options={
                "table": "visit",
                "app": "models",
                "indexes": [Index(fields=["worker", "due_on"])],
                "pk_attr": "id",
                "table_description": "A visit that falls due or was made: why is the class or the trigger, in Chinese.",
            },
            bases=["Model"],
        ),
    ]
