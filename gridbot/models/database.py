"""Opening and closing the database, and one transaction; SQLite and PostgreSQL by the same code."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, closing
from contextvars import ContextVar
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.backends.base.executor import EXECUTOR_CACHE
from tortoise.config import TortoiseConfig
from tortoise.connection import get_connection, get_connections
from tortoise.context import TortoiseContext
from tortoise.exceptions import BaseORMException
from tortoise.migrations.executor import MigrationExecutor
from tortoise.transactions import in_transaction
from tortoise.utils import generate_schema_for_client

from gridbot.errors import DatabaseUnready
from gridbot.models.batch import Batch, Into, Row, entered, running

log = logging.getLogger(__name__)

MODULES = [
    "gridbot.models.territory.org",
    "gridbot.models.territory.reached",
    "gridbot.models.mail",
    "gridbot.models.cases.tickets",
    "gridbot.models.cases.parties",
    "gridbot.models.duty.duties",
    "gridbot.models.audit",
    "gridbot.models.duty.care",
    "gridbot.models.cases.serving",
    "gridbot.models.neighbours.trust",
    "gridbot.models.spreading.calling",
    "gridbot.models.spreading.courses",
    "gridbot.models.duty.marks",
    "gridbot.models.spreading.meetings",
    "gridbot.models.duty.owed",
    "gridbot.models.spreading.posted",
    "gridbot.models.cases.hearing",
]


INLINE = "gridbot.models.inline_sqlite"
THREADED = "tortoise.backends.sqlite"  # Tortoise's own; the benchmark's baseline


def tortoise_config(url: str, *, synchronous: str = "FULL", engine: str = INLINE) -> dict[str, Any]:
    """Tortoise's configuration for a database URL: `sqlite://FILE`, `sqlite://:memory:` or `postgres://…`.

    `synchronous` OFF is for a SQLite that nobody will open again: small in memory, its journal not on disk.
    """
    if url.startswith("sqlite://"):
        file, passing = url.removeprefix("sqlite://"), synchronous == "OFF"
        connection: object = {
            "engine": engine,
            "credentials": {
                "file_path": file,
                "synchronous": synchronous,
                "journal_mode": "MEMORY" if passing else "WAL",
                "busy_timeout": 10_000,
                "cache_size": -8_000 if passing else -64_000,
                "journal_size_limit": 67_108_864,
                "temp_store": "MEMORY",
                "foreign_keys": "OFF",
            },
        }
    else:
        connection = url.replace("postgresql://", "postgres://", 1).replace("postgres://", "asyncpg://", 1)
    return {
        "connections": {"default": connection},
        "apps": {
            "models": {
                "models": MODULES,
                "default_connection": "default",
                "migrations": "gridbot.models.migrations",
            }
        },
        "use_tz": True,
        "timezone": "UTC",
    }


MOST_WAITING = 500  # rows added at once that wait for the end of a batch

_sqlite: ContextVar[bool | None] = ContextVar("sqlite", default=None)

# What `make migration` reads.
DEVELOPMENT = tortoise_config("sqlite://:memory:")


@asynccontextmanager
async def opened(
    url: str, *, synchronous: str = "FULL", engine: str = INLINE
) -> AsyncIterator[BaseDBAsyncClient]:
    """Open the database, bring its tables up to date, and close it at the end.

    Raises DatabaseUnready where it cannot be opened or brought up to date.
    """
    config = tortoise_config(url, synchronous=synchronous, engine=engine)
    on_disk = url.startswith("sqlite://") and ":memory:" not in url
    file = Path(url.removeprefix("sqlite://"))
    new = on_disk and _laid_down(file)
    _forget_statements_unless("sqlite" if url.startswith("sqlite://") else "postgres")
    async with TortoiseContext() as context:
        try:
            await context.init(config=TortoiseConfig.from_dict(config), _enable_global_fallback=True)
            await _bring_up_to_date(get_connection("default"), config)
            if new:
                _remember_empty(file)
        except (BaseORMException, OSError, ValueError) as error:
            raise DatabaseUnready(f"database: {error}") from error
        _sqlite.set(url.startswith("sqlite://"))
        yield get_connection("default")


_statements_for: list[str] = []  # the kind of database the statements Tortoise keeps were written for


def _forget_statements_unless(kind: str) -> None:
    """Tortoise keeps its statements by the connection's name alone: another kind of database needs others."""
    if _statements_for != [kind]:
        EXECUTOR_CACHE.clear()
        _statements_for[:] = [kind]


async def _bring_up_to_date(client: BaseDBAsyncClient, config: dict[str, Any]) -> None:
    """Run what migrations are missing; a new database gets the tables of the models at once.

    Playing migrations from nothing takes seconds; where the models stand they end anyway.
    """
    fresh = not await _migrated(client)
    if fresh:
        await generate_schema_for_client(client, safe=True)
    await MigrationExecutor(client, config["apps"]).migrate(None, fake=fresh)


async def _migrated(client: BaseDBAsyncClient) -> bool:
    """Whether any migration was ever run here."""
    if client.capabilities.dialect == "sqlite":
        known = "SELECT 1 FROM sqlite_master WHERE name = 'tortoise_migrations'"
    else:
        known = "SELECT 1 WHERE to_regclass('tortoise_migrations') IS NOT NULL"
    if not await client.execute_query_dict(known):
        return False
    return bool(await client.execute_query_dict("SELECT 1 FROM tortoise_migrations LIMIT 1"))


_empty: list[bytes] = []  # a SQLite file with all tables and no rows, once this process has made one


def _laid_down(file: Path) -> bool:
    """Prepare a SQLite file's place, with empty tables if known; True if they are still to be made."""
    file.parent.mkdir(parents=True, exist_ok=True)
    if file.exists() and file.stat().st_size:
        return False
    if _empty:
        file.write_bytes(_empty[0])
    return not _empty


def _remember_empty(file: Path) -> None:
    """Making the tables takes a while: the next new file of this process gets a copy."""
    with closing(sqlite3.connect(file)) as made:
        _empty[:] = [made.serialize()]


def connection() -> BaseDBAsyncClient:
    """The open database (inside a transaction: that transaction)."""
    return get_connection("default")


def is_sqlite() -> bool:
    """Whether the open database is a SQLite: asked for every statement, so it is remembered."""
    known = _sqlite.get()
    return connection().capabilities.dialect == "sqlite" if known is None else known


def parameters(sql: str) -> str:
    """SQL with `?` for its parameters, as the open database wants it ($1, $2 … on PostgreSQL)."""
    if is_sqlite():
        return sql
    parts = sql.split("?")
    return "".join(f"{part}${n}" for n, part in enumerate(parts[:-1], 1)) + parts[-1]


def moment(at: datetime) -> object:
    """A moment as a parameter of plain SQL: SQLite holds UTC text, PostgreSQL a timestamptz."""
    if not is_sqlite():
        return at
    return _written(at) if at.tzinfo is UTC else at.astimezone(UTC).isoformat(" ")


@lru_cache(maxsize=1024)  # what happens at one moment is written in many rows
def _written(utc: datetime) -> str:
    return utc.isoformat(" ")


async def first(sql: str, *values: object) -> object | None:
    """The first column of the first row, None where there is no row.

    Plain SQL costs a fifth of a built query; for the lookups that every message makes.
    """
    rows = await connection().execute_query_dict(parameters(sql), list(values))
    return next(iter(dict(rows[0]).values())) if rows else None


def as_moment(value: object) -> datetime | None:
    """A moment as plain SQL returns it: text from SQLite, a datetime from PostgreSQL."""
    return datetime.fromisoformat(value) if isinstance(value, str) else cast("datetime | None", value)


def transaction() -> AbstractAsyncContextManager[object]:
    """All or nothing; inside another transaction it is a savepoint, inside a batch a part of it."""
    batch = running()
    return batch.part() if batch is not None else in_transaction("default")


def batched() -> AbstractAsyncContextManager[object]:
    """A transaction that is a batch (see models/batch.py); inside another batch a part of it.

    Raises BatchFailed where what waited could not be written: nothing of it has happened then.
    """
    batch = running()
    return batch.part() if batch is not None else _batch()


@asynccontextmanager
async def _batch() -> AsyncIterator[None]:
    async with in_transaction("default") as inner:
        batch = Batch(inner, insert_by, aborts=not is_sqlite())
        connections = get_connections()
        token = connections.set("default", cast("BaseDBAsyncClient", batch.client))
        try:
            with entered(batch):
                yield
                await batch.close()
        finally:
            batch.known.clear()  # a batch and its client know each other: the collector takes its time
            connections.reset(token)


async def insert_by(client: BaseDBAsyncClient, into: Into, rows: Sequence[Row]) -> None:
    """Write rows of one table by a connection."""
    if len(rows) == 1:
        await client.execute_query(parameters(into.sql), list(rows[0]))
    else:
        await client.execute_many(parameters(into.sql), cast("list[list[object]]", rows))


async def insert(into: Into, rows: Sequence[Row]) -> None:
    """Add rows to a table; in a batch they wait, unless they are many."""
    batch = running()
    if batch is not None and len(rows) <= MOST_WAITING:
        await batch.add(into, rows)
    elif rows:
        await insert_by(connection(), into, rows)
