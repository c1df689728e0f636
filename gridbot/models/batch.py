"""The unit of work of many turns: rows that are only added wait here and go out together.

A waiting row is written before the first statement that could see it (one that names its table) and at the
end, in one statement a table. A part of the batch (a turn, a job) that fails takes its waiting rows along;
a savepoint is made only for a part that writes anything else. A batch that could not write what waits ends
with BatchFailed and leaves nothing behind: whoever began it does the same once more in a plain transaction.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import (
    AbstractAsyncContextManager,
    AbstractContextManager,
    asynccontextmanager,
    contextmanager,
    nullcontext,
)
from contextvars import ContextVar
from functools import lru_cache
from types import MappingProxyType, TracebackType
from typing import Any

from tortoise.backends.base.client import BaseDBAsyncClient

MOST = 1000  # rows of a table that wait: more are written at once, so that nobody waits for all of them

Row = tuple[object, ...]
Write = Callable[[BaseDBAsyncClient, "Into", Sequence[Row]], Awaitable[None]]


class BatchFailed(Exception):
    """Something could not be written, and it cannot be told whose fault it is."""


class Into:
    """Where rows go: a table, its columns in order, and what is done about a conflict.

    Compared by identity: make one for each purpose. A row has a cell for each column and for each `?` of
    `conflict`; `always`: further columns that have the same in every row, as SQL.
    """

    __slots__ = ("sql", "table")

    def __init__(
        self,
        table: str,
        columns: Sequence[str],
        conflict: str = "",
        always: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        names = ", ".join(f'"{name}"' for name in (*columns, *always))
        marks = ", ".join((*("?" * len(columns)), *always.values()))
        self.table = table
        self.sql = f"INSERT INTO {table} ({names}) VALUES ({marks}) {conflict}"


class Change(Into):
    """A statement that changes rows known by their key, its last cell.

    While it waits it goes before what is added to the table, or `after` it.
    """

    __slots__ = ("after",)

    def __init__(self, table: str, sql: str, *, after: bool = False) -> None:
        self.table, self.sql, self.after = table, sql, after


class _Part:
    """A part of a batch, to be entered; what stood when it began: rows that waited, numbers given."""

    __slots__ = ("batch", "depth", "numbers", "saved", "waited")

    def __init__(self, batch: Batch) -> None:
        self.batch, self.depth, self.saved = batch, 0, False  # saved: whether it has a savepoint
        self.waited: dict[Into, int] = {}
        self.numbers: dict[str, int] = {}

    async def __aenter__(self) -> None:
        self.depth = self.batch.begin(self)

    async def __aexit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.batch.end(self, undo=kind is not None)


class Batch:
    """`client` is what everything below speaks to while the batch runs."""

    def __init__(self, inner: BaseDBAsyncClient, write: Write, *, aborts: bool) -> None:
        self.client = _Watched(inner, self)
        self.numbers: dict[str, int] = {}  # sequences taken forward here, written back at the end
        self.known: dict[str, Any] = {}  # by table, what need not be asked (models/recent.py)
        self.empty: frozenset[str] = frozenset()  # tables that have no row at all
        self._inner, self._write_rows = inner, write
        self._aborts = aborts  # whether a failed statement spoils the transaction (PostgreSQL)
        self._waiting: dict[Into, list[Row]] = {}
        self._adding: dict[str, Into] = {}  # by table, how its waiting rows are added …
        self._changing: dict[str, Into] = {}  # … and changed
        self._parts: list[_Part] = []
        self._keeping: str = ""
        self._broken = False

    # --- rows that wait -----------------------------------------------------------------------------------

    async def add(self, into: Into, rows: Sequence[Row]) -> None:
        """Let rows wait. Raises ValueError for what no database takes."""
        _check(rows)
        if into.table in self.empty:
            self.empty -= {into.table}
        last = self._changing if isinstance(into, Change) else self._adding
        other = last.get(into.table, into)
        if other is not into and other in self._waiting:
            await self.flush(frozenset([into.table]))
        last[into.table] = into
        waiting = self._waiting.setdefault(into, [])
        waiting.extend(rows)
        if len(waiting) > MOST:
            await self.flush()

    async def flush(self, tables: frozenset[str] | None = None, *, saving: bool = False) -> None:
        """Write what waits (for these tables; for all where none are named).

        `saving`: something else is written next, so every part gets its savepoint.
        """
        for depth, part in enumerate(self._parts):
            if part.saved:
                continue
            before = {into: rows[: part.waited.get(into, 0)] for into, rows in self._waiting.items()}
            wanted = self._of(tables)
            if not saving and all(len(before[into]) == len(rows) for into, rows in wanted.items()):
                break
            await self._write(before)
            await self._statement(f"SAVEPOINT part_{depth}")
            part.saved = True
        await self._write(self._of(tables))

    def _of(self, tables: frozenset[str] | None) -> dict[Into, list[Row]]:
        """What waits for these tables."""
        if tables is None:
            return dict(self._waiting)
        return {into: rows for into, rows in self._waiting.items() if into.table in tables}

    async def _write(self, rows: dict[Into, list[Row]]) -> None:
        for into, some in sorted(rows.items(), key=_order):
            if not some:
                continue
            try:
                await self._write_rows(self._inner, into, some)
            except Exception:
                self._broken = True
                raise
            rest = self._waiting[into][len(some) :]
            if rest:
                self._waiting[into] = rest
            else:
                del self._waiting[into]
            for part in self._parts:
                part.waited[into] = max(part.waited.get(into, 0) - len(some), 0)

    async def _statement(self, sql: str) -> None:
        try:
            await self._inner.execute_query(sql)
        except Exception:
            self._broken = True
            raise

    # --- parts --------------------------------------------------------------------------------------------

    def part(self) -> AbstractAsyncContextManager[None]:
        """All or nothing within the batch."""
        return _Part(self)

    def begin(self, part: _Part) -> int:
        """A part begins; returns how many it is inside of."""
        part.waited = {into: len(rows) for into, rows in self._waiting.items()}
        part.numbers = dict(self.numbers)
        self._parts.append(part)
        return len(self._parts) - 1

    async def end(self, part: _Part, *, undo: bool) -> None:
        """The innermost part is over."""
        self._parts.pop()
        if undo:
            await self._undo(part)
        elif part.saved and not self._broken:
            await self._statement(f"RELEASE SAVEPOINT part_{part.depth}")

    async def _undo(self, part: _Part) -> None:
        self.known.clear()
        self.numbers = part.numbers
        for into, rows in list(self._waiting.items()):
            del rows[part.waited.get(into, 0) :]
            if not rows:
                del self._waiting[into]
        if part.saved and not self._broken:
            await self._statement(f"ROLLBACK TO SAVEPOINT part_{part.depth}")
            await self._statement(f"RELEASE SAVEPOINT part_{part.depth}")

    async def close(self) -> None:
        """Write all there is to write, before the commit. Raises BatchFailed."""
        if not self._broken:
            await self.flush()
            for name, value in self.numbers.items():
                await self._statement(f"UPDATE number SET value = {value:d} WHERE name = '{name}'")
        if self._broken:
            raise BatchFailed

    # --- statements ---------------------------------------------------------------------------------------

    @contextmanager
    def keeping(self, table: str) -> Iterator[None]:
        """What is known of a table stays: the statement's author keeps it right himself."""
        before, self._keeping = self._keeping, table
        try:
            yield
        finally:
            self._keeping = before

    async def run(self, work: Callable[..., Awaitable[Any]], sql: str, values: object) -> Any:
        """Send a statement after what it could see. Raises BatchFailed once the batch cannot be saved."""
        if self._broken:
            raise BatchFailed
        if not sql.startswith("SELECT"):
            await self.flush(saving=True)
            if not sql.startswith("DELETE"):  # what is known to be absent stays absent
                changed = _changed(sql)
                self.empty -= changed
                for table in changed & self.known.keys() - {self._keeping}:
                    del self.known[table]
        elif self._waiting:
            words = _words(sql)
            if any(into.table in words for into in self._waiting):
                await self.flush(words)
        try:
            return await work(sql, values)
        except Exception:
            if self._aborts and not (self._parts and self._parts[-1].saved):
                self._broken = True
            raise


class _Watched:
    """A connection that lets its batch write first."""

    def __init__(self, inner: BaseDBAsyncClient, batch: Batch) -> None:
        self._inner, self._batch = inner, batch

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    async def execute_query(self, query: str, values: list[Any] | None = None) -> Any:
        return await self._batch.run(self._inner.execute_query, query, values)

    async def execute_query_dict(self, query: str, values: list[Any] | None = None) -> Any:
        return await self._batch.run(self._inner.execute_query_dict, query, values)

    async def execute_insert(self, query: str, values: list[Any]) -> Any:
        return await self._batch.run(self._inner.execute_insert, query, values)

    async def execute_many(self, query: str, values: list[Any]) -> Any:
        return await self._batch.run(self._inner.execute_many, query, values)

    @asynccontextmanager
    async def _in_transaction(self) -> AsyncIterator[_Watched]:
        """What Tortoise opens for itself (get_or_create …) is a part like any other."""
        async with self._batch.part():
            yield self


_running: ContextVar[Batch | None] = ContextVar("batch", default=None)


def running() -> Batch | None:
    """The batch that runs here, if one does."""
    return _running.get()


@contextmanager
def entered(batch: Batch) -> Iterator[None]:
    """Make it the batch that runs here."""
    token = _running.set(batch)
    try:
        yield
    finally:
        _running.reset(token)


def keeping(table: str) -> AbstractContextManager[None]:
    """What the running batch, if there is one, knows of a table stays: see `Batch.keeping`."""
    batch = running()
    return batch.keeping(table) if batch is not None else nullcontext()


def _order(waiting: tuple[Into, Sequence[Row]]) -> int:
    into = waiting[0]
    if not isinstance(into, Change):
        return 1
    return 2 if into.after else 0


@lru_cache(maxsize=4096)
def _words(sql: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", sql))


@lru_cache(maxsize=4096)
def _changed(sql: str) -> frozenset[str]:
    """The table a statement changes; every word of it where that cannot be told."""
    told = re.match(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)', sql)
    return frozenset({told[1]}) if told else _words(sql)


def _check(rows: Sequence[Row]) -> None:
    words = "".join([cell for row in rows for cell in row if type(cell) is str])
    if not words.isascii():
        words.encode()
    if "\x00" in words:
        raise ValueError("a NUL in a text")
