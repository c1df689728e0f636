"""A report's whole turn: read, ticket, history, message, cards, plans, outbox.

Against the same rows written by hand through aiosqlite / asyncpg: one transaction a report, one
statement a table, nothing read, nothing decided.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import aiosqlite
import asyncpg
import pgserver

from gridbot import app as root
from gridbot.config import Settings, load
from gridbot.messages import Incoming
from gridbot.models import database
from gridbot.org import import_org
from gridbot.transports.memory import MemoryTransport
from tests.benchmark import city
from tests.benchmark.figures import compare, rate, ratio
from tests.benchmark.intake import GRIDS, chatter

REPORTS = 500
TABLES = ("ticket", "history", "ticket_message", "due", "question", "outbox")
Table = tuple[str, list[str], list[list[object]]]


async def run() -> None:
    """Print the four rates and the two ratios."""
    with TemporaryDirectory() as scratch:
        org = city.make_org(Path(scratch) / "org", GRIDS)
        server = pgserver.get_server(Path(scratch) / "pg")
        try:
            url = server.get_uri()
            rows = await _written(org, Path(scratch))
            taken = await compare(
                {
                    "SQLite: a report's turn": lambda: _turns(org, None),
                    "SQLite: its rows by hand (aiosqlite)": lambda: _by_hand_sqlite(rows),
                    "PostgreSQL: a report's turn": lambda: _turns(org, url),
                    "PostgreSQL: its rows by hand (asyncpg)": lambda: _by_hand_postgres(org, rows, url),
                }
            )
        finally:
            server.cleanup()
    ratio(taken, "SQLite: a report's turn", "SQLite: its rows by hand (aiosqlite)", 0.5)
    ratio(taken, "PostgreSQL: a report's turn", "PostgreSQL: its rows by hand (asyncpg)", 0.5)


def reports() -> list[Incoming]:
    """As many reports as there are people to make them, so that none joins another."""
    return [
        replace(event, sender=f"q{n}", text=f"{n + 1}号楼电梯又停了，老人下不去楼，麻烦来人修")
        for n, event in enumerate(chatter(REPORTS))
    ]


@asynccontextmanager
async def _app(org: Path, url: str | None, folder: Path) -> AsyncIterator[root.App]:
    settings: Settings = load(None, database={"url": url}) if url else load()
    async with root.opened(settings, folder, [MemoryTransport()], any_transport=True) as app:
        await import_org(org)
        await app.follow()
        yield app


async def _turns(org: Path, url: str | None) -> float:
    if url:
        await _emptied(url)
    with TemporaryDirectory() as scratch:
        async with _app(org, url, Path(scratch)) as app:
            await app.inbox.take_in(reports())

            return await rate(REPORTS, app.engine.take_all)


async def _emptied(url: str) -> None:
    connection = await asyncpg.connect(url)
    await connection.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    await connection.close()


async def _written(org: Path, scratch: Path) -> list[list[Table]]:
    """The rows that gridbot wrote for each report, by table."""
    async with _app(org, None, scratch) as app:
        await app.inbox.take_in(reports())
        while await app.engine.take_turns():
            pass
        tables = {
            name: await database.connection().execute_query_dict(f"SELECT * FROM {name}") for name in TABLES
        }
    written: list[list[Table]] = [[] for _ in range(REPORTS)]
    for name, found in tables.items():
        share = len(found) // REPORTS
        columns = [column for column in found[0] if column != "id"]
        for n in range(REPORTS):
            part = found[n * share : (n + 1) * share]
            written[n].append((name, columns, [[row[column] for column in columns] for row in part]))
    return written


async def _by_hand_sqlite(rows: Sequence[Sequence[Table]]) -> float:
    with TemporaryDirectory() as scratch:
        file = Path(scratch) / "hand.db"
        async with database.opened(f"sqlite://{file}"):
            pass
        async with aiosqlite.connect(file, isolation_level=None) as db:
            await db.execute("PRAGMA synchronous=FULL")

            async def work() -> None:
                for report in rows:
                    await db.execute("BEGIN")
                    for name, columns, values in report:
                        marks = ",".join("?" * len(columns))
                        names = ",".join(f'"{column}"' for column in columns)
                        await db.executemany(f"INSERT INTO {name} ({names}) VALUES ({marks})", values)
                    await db.commit()

            return await rate(len(rows), work)


async def _by_hand_postgres(org: Path, rows: Sequence[Sequence[Table]], url: str) -> float:
    await _emptied(url)
    async with database.opened(url):
        pass
    db = await asyncpg.connect(url)
    kinds = {
        (row["table_name"], row["column_name"]): row["data_type"]
        for row in await db.fetch("SELECT table_name, column_name, data_type FROM information_schema.columns")
    }
    typed = [
        [(name, columns, [[_typed(kinds[name, c], v) for c, v in zip(columns, row, strict=True)] for row in values])
         for name, columns, values in report]
        for report in rows
    ]  # fmt: skip

    async def work() -> None:
        for report in typed:
            async with db.transaction():
                for name, columns, values in report:
                    marks = ",".join(f"${n + 1}" for n in range(len(columns)))
                    names = ",".join(f'"{column}"' for column in columns)
                    await db.executemany(f"INSERT INTO {name} ({names}) VALUES ({marks})", values)

    result = await rate(len(typed), work)
    await db.close()
    return result


def _typed(kind: str, value: object) -> object:
    """A value as SQLite gave it, as asyncpg wants it."""
    if value is None:
        return None
    if kind.startswith("timestamp"):
        return datetime.fromisoformat(str(value)).astimezone(UTC)
    if kind == "boolean":
        return bool(value)
    return value if not isinstance(value, dict | list) else json.dumps(value)
