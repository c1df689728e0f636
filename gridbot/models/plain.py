"""Rows by plain SQL, for the few statements that every message and every duty makes.

A built query costs five times as much as the statement itself; everything else is better built.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any, TypeVar, cast

from tortoise import fields
from tortoise.fields.base import Field
from tortoise.models import Model

from gridbot import jsons
from gridbot.models.batch import Change, Into, running
from gridbot.models.database import connection, insert, is_sqlite, parameters

M = TypeVar("M", bound=Model)
_Read = Callable[[Any], object]
_Converter = tuple[int, Callable[[object], object]]  # a cell's place, and what is done to its value

PAGE = 5000  # rows looked at before others get their turn
MOST_PARAMETERS = 30_000  # SQLite allows 32,766 in a statement, PostgreSQL 32,767


async def rows(model: type[M], rest: str, *values: object) -> list[M]:
    """The rows of a table; `rest` is what follows FROM: "WHERE no = ?", "ORDER BY id LIMIT 5" …"""
    sql = parameters(f"SELECT * FROM {model._meta.db_table} {rest}")
    _, found = await connection().execute_query(sql, list(values))
    return _all_made(model, found)


async def some(model: type[M], columns: str, rest: str, *values: object) -> list[M]:
    """Rows of which only some columns are read: "no, state, due_at"; the others raise AttributeError."""
    _, found = await connection().execute_query(
        parameters(f"SELECT {columns} FROM {model._meta.db_table} {rest}"), list(values)
    )
    return _all_made(model, found)


async def row(model: type[M], rest: str, *values: object) -> M | None:
    """The first of those rows, None where there is none."""
    found = await rows(model, rest, *values)
    return found[0] if found else None


async def table(sql: str, *values: object) -> list[tuple[Any, ...]]:
    """The columns of a SELECT as the database gives them; days of SQLite are text (see `as_day`)."""
    _, found = await connection().execute_query(parameters(sql), list(values))
    return [tuple(row) for row in found]


async def forget(model: type[Model], condition: str, *values: object) -> int:
    """Drop the rows of which something holds, looking at PAGE rows at a time; returns how many."""
    name, key = model._meta.db_table, model._meta.db_pk_column
    last: object = None
    count = 0
    while True:
        after = "" if last is None else f"WHERE {key} > ? "
        page = await table(
            f"SELECT {key}, {condition} FROM {name} {after}ORDER BY {key} LIMIT {PAGE}",
            *values,
            *(() if last is None else (last,)),
        )
        gone = [row[0] for row in page if row[1]]
        if gone:
            marks = ", ".join("?" * len(gone))
            await connection().execute_query(parameters(f"DELETE FROM {name} WHERE {key} IN ({marks})"), gone)
        count += len(gone)
        if len(page) < PAGE:
            return count
        last = page[-1][0]


async def different(table_name: str, column: str) -> list[str]:
    """The values of a column in order, each once: found along its index, however many rows have each."""
    smallest = f"SELECT MIN({column}) FROM {table_name}"
    rows = await table(
        f"WITH RECURSIVE found(it) AS ({smallest} UNION ALL SELECT ({smallest} WHERE {column} > found.it) "
        "FROM found WHERE found.it IS NOT NULL) SELECT it FROM found WHERE it IS NOT NULL"
    )
    return sorted(str(it) for (it,) in rows)  # databases order letters in ways of their own


def day(on: date) -> object:
    """A day as a parameter of plain SQL."""
    return on.isoformat() if is_sqlite() else on


def as_day(value: object) -> date:
    """A day as plain SQL returns it."""
    return date.fromisoformat(value) if isinstance(value, str) else cast("date", value)


def new(model: type[M], /, **values: object) -> M:
    """A row to be added: what is not named has its default. Unlike the constructor it checks nothing."""
    made, (fixed, fresh) = model.__new__(model), _defaults(model)
    state = {**fixed, **values, "_await_when_save": {}}
    for name, make in fresh:
        if name not in values:
            state[name] = make()
    object.__setattr__(made, "__dict__", state)  # Tortoise's own looks at every name
    return made


def copied(row: M) -> M:
    """The same row once more: what is done to one is not done to the other."""
    made, state = type(row).__new__(type(row)), {**row.__dict__, "_await_when_save": {}}
    for name in _lists(type(row)):
        if state[name] is not None:
            state[name] = state[name].copy()
    object.__setattr__(made, "__dict__", state)
    return made


@cache
def _lists(model: type[Model]) -> tuple[str, ...]:
    """The columns whose values can be changed in place."""
    return tuple(
        name for name, field in model._meta.fields_map.items() if isinstance(field, fields.JSONField)
    )


async def add(made: Sequence[Model], conflict: str = "") -> None:
    """Insert rows of one table; `conflict`: "ON CONFLICT …". In a batch they wait (see models/batch.py).

    A key that the database gives is not known afterwards.
    """
    if not made:
        return
    await insert(_into(type(made[0]), conflict), [_cells(each) for each in made])
    for each in made:
        each.__dict__["_saved_in_db"] = True


def _cells(row: Model) -> tuple[object, ...]:
    names, lengths, converters = _written(type(row))
    return _converted(row, names, lengths, converters)


def _converted(
    row: Model, names: Sequence[str], lengths: Iterable[tuple[int, int]], converters: Iterable[_Converter]
) -> tuple[object, ...]:
    """The values of these columns as the database takes them. Raises ValueError for a text too long."""
    values = row.__dict__
    cells = [values[name] for name in names]
    for place, most in lengths:
        if (text := cells[place]) is not None and len(str(text)) > most:
            raise ValueError(f"longer than {most}")
    for place, convert in converters:
        if (value := cells[place]) is not None:
            cells[place] = convert(value)
    return tuple(cells)


@cache
def _written(
    model: type[Model], some: tuple[str, ...] = ()
) -> tuple[tuple[str, ...], tuple[tuple[int, int], ...], tuple[_Converter, ...]]:
    """The columns that are written (or some), which may only be so long, and which are converted and how."""
    columns = [(name, model._meta.fields_map[name]) for name in some] or _columns(model)
    texts = [(n, f.max_length) for n, (_, f) in enumerate(columns) if isinstance(f, fields.CharField)]
    found = [(n, _converter(model, field)) for n, (_, field) in enumerate(columns)]
    return (
        tuple(name for name, _ in columns),
        tuple(texts),
        tuple((n, convert) for n, convert in found if convert is not None),
    )


def _converter(model: type[Model], field: Field[object]) -> Callable[[object], object] | None:
    if isinstance(field, (fields.CharField, *_AS_IT_IS)):
        return None
    if isinstance(field, fields.DateField):
        return _on
    if isinstance(field, fields.JSONField):
        return jsons.written
    return lambda value: field.to_db_value(value, model)


def _on(value: object) -> object:
    """A day; SQLite's own conversion of one is slow and is being given up by Python."""
    return value.isoformat() if is_sqlite() and isinstance(value, date) else value


_AS_IT_IS = (fields.IntField, fields.BooleanField, fields.FloatField, fields.TextField, fields.DatetimeField)


@cache
def _into(model: type[Model], conflict: str) -> Into:
    return Into(model._meta.db_table, tuple(name for name, _ in _columns(model)), conflict)


async def update(model: type[Model], keys: Sequence[object], **values: object) -> None:
    """Set the same fields of many rows, by key; rows in memory stay as they are."""
    meta = model._meta
    sets = ", ".join(f'"{name}" = ?' for name in values)
    written = [meta.fields_map[name].to_db_value(value, model) for name, value in values.items()]
    step = MOST_PARAMETERS - len(written)
    for start in range(0, len(keys), step):
        part = keys[start : start + step]
        marks = ", ".join("?" * len(part))
        sql = f"UPDATE {meta.db_table} SET {sets} WHERE {meta.db_pk_column} IN ({marks})"
        await connection().execute_query(parameters(sql), [*written, *part])


async def save(changed: Iterable[Model], *names: str) -> None:
    """Write these fields of rows that are there already."""
    writes = list(changed)
    if writes:
        sql = parameters(_change(type(writes[0]), names).sql)
        await connection().execute_many(sql, [list(_changed_cells(one, names)) for one in writes])


async def save_later(row: Model, *names: str) -> None:
    """The same for one row; in a batch it waits. For tables in which no conflict changes what is there."""
    batch = running()
    if batch is None:
        await save([row], *names)
    else:
        await batch.add(_change(type(row), names), [_changed_cells(row, names)])


@cache
def _change(model: type[Model], names: tuple[str, ...]) -> Change:
    sets = ", ".join(f'"{name}" = ?' for name in names)
    table, key = model._meta.db_table, model._meta.db_pk_column
    return Change(table, f"UPDATE {table} SET {sets} WHERE {key} = ?", after=True)


def _changed_cells(row: Model, names: Sequence[str]) -> tuple[object, ...]:
    return (*_converted(row, *_written(type(row), tuple(names))), row.pk)


@cache
def _columns(model: type[Model]) -> tuple[tuple[str, Field[object]], ...]:
    """The columns that are written, in order; a key that the database gives is left out."""
    meta = model._meta
    return tuple(
        (name, field)
        for name, field in meta.fields_map.items()
        if name in meta.fields_db_projection and not (field.pk and field.generated)
    )


@cache
def _defaults(
    model: type[Model],
) -> tuple[Mapping[str, object], tuple[tuple[str, Callable[[], object]], ...]]:
    """What a new row begins with, and what is made afresh for each."""
    found = {name: model._meta.fields_map[name].default for name in model._meta.fields}
    fixed = {name: default for name, default in found.items() if not callable(default)}
    fresh = tuple((name, default) for name, default in found.items() if callable(default))
    return {"_partial": False, "_saved_in_db": False, "_custom_generated_pk": False, **fixed}, fresh


def _all_made(model: type[M], found: Sequence[Mapping[str, object]]) -> list[M]:
    """Rows as the model has them: what Tortoise does field by field, in a fraction of the time."""
    if not found:
        return []
    columns = tuple(found[0].keys())
    names = (*columns, "_partial", "_saved_in_db", "_custom_generated_pk")
    readers = tuple((name, read) for name, read in _readers(model, is_sqlite()) if name in columns)
    own_key, made = _own_key(model), list[M]()
    for row in found:
        values: dict[str, Any] = dict(zip(names, (*row, False, True, own_key), strict=True))
        for name, read in readers:
            if (value := values[name]) is not None:
                values[name] = read(value)
        values["_await_when_save"] = {}
        one = model.__new__(model)
        object.__setattr__(one, "__dict__", values)  # Tortoise's own looks at every name
        made.append(one)
    return made


def put_into(row: Model, **values: object) -> None:
    """Set fields of a row in memory; Tortoise's own way looks at every name."""
    row.__dict__.update(values)


@cache
def _own_key(model: type[Model]) -> bool:
    """Whether the key is given by us, not by the database."""
    return model._meta.db_pk_column not in model._meta.generated_db_fields


@cache
def _readers(model: type[Model], sqlite: bool) -> tuple[tuple[str, _Read], ...]:
    """The columns whose values have to be read, and how."""
    return tuple(
        (name, read)
        for name, field in model._meta.fields_map.items()
        if name in model._meta.fields_db_projection and (read := _reader(field, sqlite)) is not None
    )


def _reader(field: Field[object], sqlite: bool) -> _Read | None:
    if isinstance(field, fields.DatetimeField):
        return datetime.fromisoformat if sqlite else None
    if isinstance(field, fields.DateField):
        return as_day
    if isinstance(field, fields.BooleanField):
        return bool
    if isinstance(field, fields.JSONField):
        return _json
    if isinstance(field, (fields.IntField, fields.FloatField, fields.CharField, fields.TextField)):
        return None
    return field.to_python_value


def _json(value: object) -> object:
    if value == "[]":
        return []
    if value == "{}":
        return {}
    return jsons.read(value) if isinstance(value, (str, bytes)) else value
