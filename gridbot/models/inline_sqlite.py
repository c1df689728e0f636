"""SQLite without a thread hop for every statement: statements run where they are called, commits in a thread.

A statement takes some ten microseconds, handing it to aiosqlite's thread and back a multiple of that; a
turn makes a dozen. Only COMMIT waits for the disk, so it alone leaves the event loop free.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from tortoise.backends.sqlite.client import SqliteClient


def _as_utc(at: datetime) -> str:
    """SQLite compares moments as text: all of them are written in one zone."""
    return at.astimezone(UTC).isoformat(" ")


sqlite3.register_adapter(datetime, _as_utc)


class InlineConnection:
    """What Tortoise uses of an aiosqlite connection, on a plain one."""

    def __init__(self, file: str) -> None:
        self._conn = sqlite3.connect(
            file, isolation_level=None, check_same_thread=False, cached_statements=512
        )
        self._conn.row_factory = sqlite3.Row

    @property
    def total_changes(self) -> int:
        return self._conn.total_changes

    async def execute(self, sql: str, values: Iterable[Any] | None = None) -> InlineCursor:
        return InlineCursor(self._conn.execute(sql, tuple(values or ())))

    async def execute_insert(self, sql: str, values: Iterable[Any] | None = None) -> tuple[int | None]:
        return (self._conn.execute(sql, tuple(values or ())).lastrowid,)

    async def execute_fetchall(self, sql: str, values: Iterable[Any] | None = None) -> list[sqlite3.Row]:
        return self._conn.execute(sql, tuple(values or ())).fetchall()

    async def executemany(self, sql: str, values: Iterable[list[Any]]) -> None:
        self._conn.executemany(sql, values)

    async def executescript(self, sql: str) -> None:
        self._conn.executescript(sql)

    async def commit(self) -> None:
        if self._conn.in_transaction:
            await asyncio.to_thread(self._conn.commit)

    async def rollback(self) -> None:
        if self._conn.in_transaction:
            self._conn.rollback()

    async def close(self) -> None:
        self._conn.close()


class InlineCursor:
    """A finished statement; Tortoise only closes it."""

    def __init__(self, cursor: sqlite3.Cursor) -> None:
        self._cursor = cursor

    async def close(self) -> None:
        self._cursor.close()


class InlineSqliteClient(SqliteClient):
    """Tortoise's SQLite client on an InlineConnection."""

    async def create_connection(self, with_db: bool) -> None:
        if self._connection:
            return
        connection = InlineConnection(self.filename)
        self._connection = connection  # type: ignore[assignment]
        for pragma, value in self.pragmas.items():
            await connection.execute(f"PRAGMA {pragma}={value}")
        await self._post_connect()


client_class = InlineSqliteClient
