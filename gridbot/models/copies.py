"""Backup and restore: every row of every table as JSON lines, gzipped; the same file for both databases.

So an office that outgrows SQLite restores its backup into PostgreSQL.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import AsyncIterator, Iterator
from datetime import date, datetime
from pathlib import Path

from tortoise import Tortoise
from tortoise.fields import JSONField
from tortoise.models import Model

from gridbot import __version__
from gridbot.errors import BadInput
from gridbot.models.database import connection, is_sqlite, opened, transaction

CHUNK = 1000


def _models() -> list[type[Model]]:
    assert Tortoise.apps is not None
    return sorted(Tortoise.apps["models"].values(), key=lambda model: model._meta.db_table)


async def back_up(url: str, file: Path) -> int:
    """Write a consistent copy of the database (running or not) to a file; replaces it when complete."""
    part = file.with_name(file.name + ".part")
    async with opened(url), transaction():
        if not is_sqlite():
            await connection().execute_query("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        with gzip.open(part, "wt", encoding="utf-8") as out:
            out.write(json.dumps({"gridbot": __version__}) + "\n")
            for model in _models():
                async for row in _rows(model):
                    out.write(
                        json.dumps([model._meta.db_table, row], ensure_ascii=False, default=_plain) + "\n"
                    )
    part.replace(file)
    return 0


async def _rows(model: type[Model]) -> AsyncIterator[dict[str, object]]:
    last: object = None
    pk = model._meta.pk_attr
    while True:
        found = model.all() if last is None else model.filter(**{f"{pk}__gt": last})
        rows = await found.order_by(pk).limit(CHUNK).values()
        for row in rows:
            yield row
        if len(rows) < CHUNK:
            return
        last = rows[-1][pk]


def _plain(value: object) -> str:
    assert isinstance(value, datetime | date), type(value)
    return value.isoformat()


async def put_back(url: str, file: Path, *, force: bool = False) -> int:
    """Fill the database from a backup, all or nothing.

    Raises BadInput where the file is no backup, or the target holds something and `force` is off.
    """
    async with opened(url), transaction():
        if not force and await holds_something():
            raise BadInput("目标数据库里已有数据", file=file, hint="确认要覆盖就加 --force")
        for model in _models():
            await model.all().delete()
        await _fill(file)
        if not is_sqlite():
            await _restart_sequences()
    return 0


async def holds_something() -> bool:
    for model in _models():
        if await model.all().exists():
            return True
    return False


async def _fill(file: Path) -> None:
    tables = {model._meta.db_table: model for model in _models()}
    batch: list[Model] = []
    for number, (table, values) in _lines(file):
        model = tables.get(table)
        if model is None:
            raise BadInput(f"没有名为 {table} 的表", file=file, line=number, hint="请用备份时的版本恢复")
        if batch and (type(batch[0]) is not model or len(batch) >= CHUNK):
            await type(batch[0]).bulk_create(batch)
            batch = []
        known = {name: value for name, value in values.items() if name in model._meta.fields_map}
        batch.append(model(**{name: _revived(model, name, value) for name, value in known.items()}))
    if batch:
        await type(batch[0]).bulk_create(batch)


def _revived(model: type[Model], name: str, value: object) -> object:
    kind = model._meta.fields_map[name]
    return value if isinstance(kind, JSONField) else kind.to_python_value(value)


def _lines(file: Path) -> Iterator[tuple[int, tuple[str, dict[str, object]]]]:
    try:
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                value = json.loads(line)
                if number == 1:
                    if not isinstance(value, dict) or "gridbot" not in value:
                        raise ValueError
                    continue
                yield number, (value[0], value[1])
    except (OSError, ValueError, EOFError) as error:
        raise BadInput("不是 gridbot 的备份文件", file=file, hint="用 gridbot backup 生成") from error


async def _restart_sequences() -> None:
    for model in _models():
        meta = model._meta
        if meta.pk.generated:
            await connection().execute_query(
                f"SELECT setval(pg_get_serial_sequence('\"{meta.db_table}\"', '{meta.pk_attr}'), "
                f'(SELECT COALESCE(MAX("{meta.pk_attr}"), 0) + 1 FROM "{meta.db_table}"), false)'
            )
