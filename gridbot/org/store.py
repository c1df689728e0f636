"""Rows into tables and out again."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from gridbot.models import plain
from gridbot.models.territory.directory import raise_version
from gridbot.models.territory.org import Department, Household, Landmark, Node, Post, Table
from gridbot.nlp.slots.place import parse_home
from gridbot.org.likeness import finder
from gridbot.org.rows import (
    Cell,
    DepartmentFact,
    Finding,
    Known,
    NodeFact,
    OrgFiles,
    PlaceFact,
    PostFact,
    Row,
)
from gridbot.org.sheets import BY_NAME, SHEETS, Sheet
from gridbot.org.whole import category_id

BATCH = 500
DEFAULT_TRANSPORT = "webchat"


@dataclass(slots=True)
class Change:
    """What one sheet would do to its table."""

    sheet: Sheet
    new: list[Table] = field(default_factory=list)
    altered: list[Table] = field(default_factory=list)
    fields: set[str] = field(default_factory=set)
    gone: list[Table] = field(default_factory=list)
    same: int = 0
    findings: list[Finding] = field(default_factory=list)


async def known() -> Known:
    """What the open database holds, as far as checking needs it."""
    nodes = {
        node.code: NodeFact(
            node.parent or "",
            node.name,
            node.level,
            node.profile,
            node.declared_units,
            node.kind,
            node.area,
            node.owner,
        )
        for node in await Node.all()
    }
    posts = tuple(
        PostFact(
            post.staff,
            post.name,
            post.role,
            post.node,
            post.contact,
            post.deputy_of,
            post.phone,
            tuple(post.duties),
        )
        for post in await Post.all()
    )
    departments = tuple(
        DepartmentFact(d.id, d.node, tuple(d.categories), d.name) for d in await Department.all()
    )
    places = tuple(PlaceFact(place.node, place.name, place.kind) for place in await Landmark.all())
    households = {str(code): str(node) for code, node in await Household.all().values_list("id", "node")}
    return Known(nodes, posts, households, departments, places)


async def plan(files: OrgFiles, is_office: Callable[[str, str], bool]) -> list[Change]:
    """Compare the rows with the open database; writes nothing.

    `is_office(role, node)`: whether a role has one holder there, whose post ends when another is named.
    """
    return [
        await _compare(sheet, files.rows(sheet.name), is_office) for sheet in SHEETS if files.rows(sheet.name)
    ]


async def carry_out(changes: Sequence[Change]) -> None:
    """Write a plan; call it inside the transaction in which it was made."""
    for change in changes:
        model = change.sheet.model
        if change.gone:
            await model.filter(pk__in=[row.pk for row in change.gone]).delete()
        await plain.add(change.new)
        if change.altered and change.sheet.natural:
            key = model._meta.pk_attr
            await model.bulk_create(
                change.altered, batch_size=BATCH, on_conflict=[key], update_fields=sorted(change.fields)
            )
        elif change.altered:
            await model.bulk_update(change.altered, sorted(change.fields), batch_size=100)
    if any(change.new or change.altered or change.gone for change in changes):
        await raise_version()


async def _compare(sheet: Sheet, rows: Sequence[Row], is_office: Callable[[str, str], bool]) -> Change:
    change = Change(sheet)
    there = await plain.rows(sheet.model, "")
    find = finder(sheet, there, rows)
    contacts = _contacts(there) if sheet.model is Post else {}
    kept: set[int] = set()
    for row in rows:
        values = _fields(sheet, row)
        if sheet.name == "rooms" and not values["room"]:
            continue
        if contacts and not values.get("contact"):
            values["contact"] = contacts.get(row.text("id"), "")
        old = find(values)
        if old is None:
            change.new.append(_made(sheet, values))
            continue
        kept.add(id(old))
        differing = _differing(sheet, old, values)
        if differing:
            for name in differing:
                setattr(old, name, values[name])
            change.altered.append(old)
            change.fields |= differing
        else:
            change.same += 1
    if sheet.model is Post:
        _leave(change, rows, there, kept)
        _succeed(change, rows, there, kept, is_office)
    return change


@cache
def _named(sheet: str) -> Mapping[str, str]:
    """Column → field."""
    return {column.name: column.at for column in BY_NAME[sheet].columns}


def _fields(sheet: Sheet, row: Row) -> dict[str, Cell | list[str]]:
    """Table fields → values of the columns the file has."""
    fields = _named(sheet.name)
    values: dict[str, Cell | list[str]] = {
        fields[name]: list(value) if isinstance(value, tuple) else value for name, value in row.values.items()
    }
    if sheet.name == "rooms":
        values.setdefault("transport", DEFAULT_TRANSPORT)
    if sheet.name == "nodes" and not values.get("parent"):
        values["parent"] = None
    if sheet.name == "residents":
        values.setdefault("name", "")
    if sheet.name == "households" and not any(values.get(name) for name in ("building", "unit", "room")):
        values |= _door(row.text("address"))
    if sheet.name == "departments" and "categories" in values:
        values["categories"] = [category_id(word) for word in row.listed("categories")]
    return values


def _door(address: str) -> dict[str, Cell | list[str]]:
    """Building, unit and room as an address tells them; 5排3号 is building 5排, room 3."""
    place = parse_home(address)
    if place is None:
        return {}
    building = f"{place.row}排" if place.row else place.building or ""
    return {"building": building, "unit": place.unit or "", "room": place.room or ""}


def _made(sheet: Sheet, values: Mapping[str, Cell | list[str]]) -> Table:
    """A new row; empty cells of columns that keep what is there take the model's own default."""
    keeping = _keeping(sheet.name)
    return plain.new(
        sheet.model, **{name: value for name, value in values.items() if value or name not in keeping}
    )


@cache
def _keeping(sheet: str) -> frozenset[str]:
    """The fields that an empty cell leaves as they are."""
    return frozenset(column.at for column in BY_NAME[sheet].columns if column.keeps)


def _differing(sheet: Sheet, old: Table, values: Mapping[str, Cell | list[str]]) -> set[str]:
    keeping = _keeping(sheet.name)
    return {
        name
        for name, value in values.items()
        if getattr(old, name) != value and (value or name not in keeping)
    }


def _contacts(there: Sequence[Table]) -> dict[str, str]:
    """Staff id → the account bound to it."""
    return {post.staff: post.contact for post in there if isinstance(post, Post) and post.contact}


def _leave(change: Change, rows: Sequence[Row], there: Sequence[Table], kept: set[int]) -> None:
    """A person named in staff.csv holds exactly the posts written there: others end."""
    named = {row.text("id"): row for row in rows}
    for post in there:
        if isinstance(post, Post) and post.staff in named and id(post) not in kept:
            change.gone.append(post)
            row = named[post.staff]
            what = f"{post.name}（{post.staff}）不再担任 {post.node} 的{post.role}"
            hint = "这个人的岗位以本次文件为准；要保留请把那一行也写上"
            change.findings.append(Finding(row.file, row.line, what, hint, fatal=False))


def _succeed(
    change: Change,
    rows: Sequence[Row],
    there: Sequence[Table],
    kept: set[int],
    is_office: Callable[[str, str], bool],
) -> None:
    """A new holder of an office takes the old one's place: the old one's post there ends."""
    named = {row.text("id") for row in rows}
    offices = {(row.text("role"), row.text("node")): row for row in rows}
    for post in there:
        if not isinstance(post, Post) or post.staff in named or id(post) in kept:
            continue
        row = offices.get((post.role, post.node))
        if row is not None and is_office(post.role, post.node):
            change.gone.append(post)
            what = f"{post.node} 的{post.role}由{row.text('name')}接任，{post.name}（{post.staff}）卸任"
            change.findings.append(
                Finding(row.file, row.line, what, "他手里没办完的事转给接任的人", fatal=False)
            )


async def rows_of(sheet: Sheet) -> list[Mapping[str, object]]:
    """Every row of a sheet's table, column name → value, in order of the primary key."""
    found = await sheet.model.all().order_by(sheet.model._meta.pk_attr)
    return [{column.name: getattr(row, column.at) for column in sheet.columns} for row in found]
