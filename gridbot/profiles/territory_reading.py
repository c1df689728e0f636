"""Read what a profile says of its territory and of its list of matters."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from gridbot.profiles.catalogue import Admission, Catalogue
from gridbot.profiles.tables import Table, Tables
from gridbot.profiles.territory import Kind, Territory, Wanted

LEVELS_OF_SERVICE = ("村", "镇", "县")  # as the services packs say where a matter is done


def territory(tables: Tables, table: Table, levels: Collection[str]) -> Territory:
    """The profile's Territory; raises BadInput with file and key."""
    return Territory(
        titles=_texts(tables, table, "titles"),
        offices=frozenset(tables.strings(table, "offices")),
        staffing={
            level: _wanted(tables, tables.table(value, f"staffing.{level}"), level)
            for level, value in _of_levels(tables, table, "staffing", levels).items()
        },
        done_at=_done_at(tables, table, levels),
        facilities=_lists(tables, _of_levels(tables, table, "facilities", levels)),
        duties=_lists(tables, tables.sub(table, "duties")),
        appoint=_lists(tables, tables.sub(table, "appoint")),
        kinds={name: _kind(tables, name, value) for name, value in tables.sub(table, "kinds").items()},
        own=frozenset(tables.strings(table, "own_kinds")) or Territory().own,
        virtual=frozenset(tables.strings(table, "virtual_kinds")) or Territory().virtual,
        four_fixed=bool(table.get("four_fixed", False)),
        four_fixed_to=_level(tables, table, "four_fixed_to", levels),
        expected=tables.strings(table, "expected_departments"),
    )


def _level(tables: Tables, table: Table, key: str, levels: Collection[str]) -> str:
    level = str(table.get(key, ""))
    if level and level not in levels:
        raise tables.wrong(key, f"没有“{level}”这一级，请写 levels 里有的")
    return level


def _done_at(tables: Tables, table: Table, levels: Collection[str]) -> Mapping[str, tuple[str, ...]]:
    found = _lists(tables, tables.sub(table, "done_at"))
    for name, where in found.items():
        if name not in LEVELS_OF_SERVICE:
            raise tables.wrong(f"done_at.{name}", f"请写其中一个：{' '.join(LEVELS_OF_SERVICE)}")
        if strange := [level for level in where if level not in levels]:
            raise tables.wrong(f"done_at.{name}", f"没有“{strange[0]}”这一级，请写 levels 里有的")
    return found


def _texts(tables: Tables, table: Table, key: str) -> Mapping[str, str]:
    found = tables.sub(table, key)
    return {name: tables.text(found, name, "") for name in found}


def _lists(tables: Tables, table: Table) -> Mapping[str, tuple[str, ...]]:
    return {name: tables.strings(table, name) for name in table}


def _of_levels(tables: Tables, table: Table, key: str, levels: Collection[str]) -> Table:
    found = tables.sub(table, key)
    for level in found:
        if level not in levels:
            raise tables.wrong(f"{key}.{level}", f"没有这一级，请写 levels 里有的：{' '.join(levels)}")
    return found


def _wanted(tables: Tables, table: Table, level: str) -> tuple[Wanted, ...]:
    """role = count; "A/B" = count where either will do."""
    return tuple(
        Wanted(tuple(name.split("/")), int(str(count)))
        for name, count in table.items()
        if tables.count(count, f"staffing.{level}.{name}")
    )


def _kind(tables: Tables, name: str, value: object) -> Kind:
    table = tables.table(value, f"kinds.{name}")
    return Kind(
        name,
        tables.text(table, "visit", ""),
        tables.text(table, "where", ""),
        frozenset(tables.strings(table, "leaves_out")),
    )


def catalogue(tables: Tables, table: Table, known: Collection[str]) -> Catalogue:
    """The profile's Catalogue; `known` are the categories and category/sub it may speak of."""
    found = tables.sub(table, "catalogue")
    entries = tables.table(found.get("entries", {}), "catalogue.entries")
    leaves_out = tables.strings(found, "leaves_out")
    for name in (*entries, *leaves_out):
        if name not in known:
            raise tables.wrong(
                f"catalogue.{'entries' if name in entries else 'leaves_out'}",
                f"没有“{name}”这种事，请写 类别 或 类别/子类",
            )
    by = tables.text(found, "by", "")
    return Catalogue(
        version=tables.text(found, "version", ""),
        by=by,
        leaves_out=frozenset(leaves_out),
        entries={name: _admission(tables, name, value, by) for name, value in entries.items()},
        platforms=_texts(tables, table, "platforms"),
    )


def _admission(tables: Tables, name: str, value: object, by: str) -> Admission:
    table = tables.table(value, f"catalogue.entries.{name}")
    return Admission(
        tables.text(table, "by", by), _day(tables, table, name, "since"), _day(tables, table, name, "until")
    )


def _day(tables: Tables, table: Table, name: str, key: str) -> date | None:
    text = table.get(key)
    if isinstance(text, date):
        return text
    if text in (None, ""):
        return None
    return tables.tried(
        f"catalogue.entries.{name}.{key}", date.fromisoformat, str(text), "请写日子，例如 2026-12-31"
    )
