"""SQLite without a thread hop for every statement: statements run where they are called, commits in a thread.

A statement takes some ten microseconds, handing it to aiosqlite's thread and back a multiple of that; a
turn makes a dozen. Only COMMIT waits for the disk, so it alone leaves the event loop free; a transaction of
many statements lets it go round between two of them.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any, cast

from tortoise.backends.base.client import TransactionContext
from tortoise.backends.sqlite.client import SqliteClient, SqliteTransactionContext, SqliteTransactionWrapper
from tortoise.exceptions import IntegrityError, OperationalError

from gridbot.clock import Breath

AT_ONCE = 400  # rows written before others get their turn
STATEMENTS = 128  # kept prepared: one with a list of hundreds takes 50 KiB, and lists have every length


def _as_utc(at: datetime) -> str:
    """SQLite compares moments as text: all of them are written in one zone."""
    return (at if at.tzinfo is UTC else at.astimezone(UTC)).isoformat(" ")


sqlite3.register_adapter(datetime, _as_utc)


class InlineConnection:
    """What Tortoise uses of an aiosqlite connection, on a plain one."""

    def __init__(self, file: str) -> None:
        self._conn = sqlite3.connect(
            file, isolation_level=None, check_same_thread=False, cached_statements=STATEMENTS
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
        return self.rows(sql, values)

    def rows(self, sql: str, values: Iterable[Any] | None = None) -> list[sqlite3.Row]:
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


class InlineTransaction(SqliteTransactionWrapper):
    """A transaction without the lock and the layers that waiting for a thread asks for."""

    def __init__(self, parent: SqliteClient) -> None:
        super().__init__(parent)
        self._breath = Breath()

    async def execute_query(
        self, query: str, values: list[Any] | None = None
    ) -> tuple[int, Sequence[dict[str, Any]]]:
        await self._breath.take()
        inline = cast("InlineConnection", self._connection)
        before = inline.total_changes
        rows = self._run(query, values)
        return (inline.total_changes - before) or len(rows), cast("list[dict[str, Any]]", rows)

    async def execute_query_dict(self, query: str, values: list[Any] | None = None) -> list[dict[str, Any]]:
        await self._breath.take()
        return [dict(row) for row in self._run(query, values)]

    async def execute_many(self, query: str, values: list[list[Any]]) -> None:
        for start in range(0, len(values), AT_ONCE):
            await self._breath.take()
            await super().execute_many(query, values[start : start + AT_ONCE])

    def _run(self, query: str, values: list[Any] | None) -> list[sqlite3.Row]:
        try:
            return cast("InlineConnection", self._connection).rows(query, values)
        except sqlite3.OperationalError as error:
            raise OperationalError(error) from error
        except sqlite3.IntegrityError as error:
            raise IntegrityError(error) from error


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

    def _in_transaction(self) -> TransactionContext:
        return SqliteTransactionContext(InlineTransaction(self), self._lock)


client_class = InlineSqliteClient
