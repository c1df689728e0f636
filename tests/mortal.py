"""A database that goes away with its process: a power cut at a statement of one's choice."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Coroutine, Iterable
from typing import Any, cast

from gridbot.models import database
from gridbot.models.inline_sqlite import InlineConnection
from gridbot.replay.stage import Stage


class PowerCut(BaseException):
    """Nothing catches it: the process is gone, its transaction with it."""


class Mortal:
    """A connection to SQLite that answers `left` times more; a commit may die before it is made, or after."""

    def __init__(self, inner: sqlite3.Connection, left: int) -> None:
        self._inner, self.left = inner, left

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    def execute(self, sql: str, values: Iterable[Any] = ()) -> sqlite3.Cursor:
        self._ask()
        return self._inner.execute(sql, tuple(values))

    def executemany(self, sql: str, values: Iterable[Iterable[Any]]) -> sqlite3.Cursor:
        self._ask()
        return self._inner.executemany(sql, (tuple(row) for row in values))

    def commit(self) -> None:
        self._ask()
        self._inner.commit()
        self._ask()

    def _ask(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise PowerCut


async def survives(stage: Stage, work: Callable[[], Coroutine[Any, Any, object]], statements: int) -> int:
    """Do `work`; after so many statements the power goes, and it is begun again on the same database.

    Returns how many statements were left: 0 or more means that the power stayed.
    """
    mortal = _mortal(statements)
    try:
        await asyncio.create_task(work())  # in a context of its own, which goes with the process
    except PowerCut:
        await stage.crash()
        await work()
    else:
        _connection()._conn = mortal._inner
    return mortal.left


def _mortal(statements: int) -> Mortal:
    connection = _connection()
    mortal = Mortal(connection._conn, statements)
    connection._conn = cast("sqlite3.Connection", mortal)
    return mortal


def _connection() -> InlineConnection:
    """The one connection to SQLite that everything goes by."""
    return cast("InlineConnection", cast("Any", database.connection())._connection)
