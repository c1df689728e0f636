"""A city of 21,544 grids and 2.1 million households: a night's planning, a day's due rows, an idle tick.

Households go straight into the table; on SQLite, and on PostgreSQL where GRIDBOT_TEST_PG names one.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from gridbot import app as root
from gridbot.app import App
from gridbot.config import load
from gridbot.models import board, database, plain
from gridbot.models.board import Plan
from gridbot.models.duty import visits
from gridbot.models.duty.duties import Due, Visit
from gridbot.models.territory.org import Household
from gridbot.org import import_org
from gridbot.transports.memory import MemoryTransport
from tests.benchmark.city import make_org
from tests.benchmark.scale import scaled, told

GRIDS, HOMES, WAITING, A_DAY = 21_544, 97, 1_200_000, 10_000
PLAN_S, DUE_MS, IDLE_MS = 120.0, 100.0, 2.0
CLASSES = (*(("普通",),) * 14, ("困难",), ("残疾",), ("暂住",), ("独居老人",), ("失业",), ("重点帮扶",))
NOW = datetime(2026, 3, 1, 16, 5, tzinfo=UTC)  # five past midnight of the 2nd


async def run() -> None:
    """Print every figure beside its bar."""
    async with _city("") as app:
        await _planned(app)
        await _board("SQLite", app)
    if url := os.environ.get("GRIDBOT_TEST_PG"):
        async with _city(url) as app:
            await _board("PostgreSQL", app)


@asynccontextmanager
async def _city(url: str) -> AsyncIterator[App]:
    with TemporaryDirectory() as scratch:
        folder = Path(scratch)
        settings = load()
        if url:
            settings.database.url = url
        async with root.opened(settings, folder, [MemoryTransport()], any_transport=True) as app:
            await import_org(make_org(folder / "org", scaled(GRIDS), households=0))
            await app.follow()
            yield app


async def _planned(app: App) -> None:
    """Plan every household of the city, as the nights' jobs do, and then once more with nothing new."""
    grids = scaled(GRIDS)
    began = time.perf_counter()
    for first in range(0, grids, 500):
        homes = [_home(n, h) for n in range(first, min(first + 500, grids)) for h in range(HOMES)]
        await plain.add(homes)
    print(f"   {grids * HOMES:,} households written in {time.perf_counter() - began:.1f} s", flush=True)
    for what in ("planned for the first time", "planned again the next night"):
        night = what.split()[-1]
        await board.put(*(Plan("plan_visits", f"node:g{n}", NOW, night) for n in range(grids)))
        began, worked = time.perf_counter(), time.process_time()
        while await app.ticker.tick(NOW):
            pass
        took, busy = time.perf_counter() - began, time.process_time() - worked
        planned = await Visit.all().count()
        told(f"{planned:,} visits {what}", took, "s", PLAN_S, share=True)
        told("of them the processor's own time", busy, "s", PLAN_S, share=True)
    await Due.all().delete()
    taken = []
    for n in range(20):
        began = time.perf_counter()
        await visits.near([f"s-g{n}"], NOW.date() + timedelta(days=7))
        taken.append((time.perf_counter() - began) * 1000)
    told("a worker's visits of a week", statistics.median(taken), "ms", IDLE_MS)


def _home(grid: int, home: int) -> Household:
    return plain.new(
        Household, id=f"h{grid}-{home}", node=f"g{grid}", building=str(home // 24 + 1), unit=str(home // 12 % 2 + 1),
        room=str((home // 2 % 6 + 1) * 100 + home % 2 + 1), classes=list(CLASSES[(grid + home) % len(CLASSES)]),
    )  # fmt: skip


async def _board(name: str, app: App) -> None:
    """1.2 million rows of which 10,000 fall due in a day, and a tick while none is due."""
    rows, due = scaled(WAITING), scaled(A_DAY)
    began = time.perf_counter()
    for first in range(0, rows, 50_000):
        plans = (_plan(n, rows) for n in range(first, min(first + 50_000, rows)))
        await board.put(*plans)
    await database.connection().execute_query("ANALYZE")
    print(f"   {name}: {rows:,} rows planned in {time.perf_counter() - began:.1f} s", flush=True)
    idle, found = [], []
    for _ in range(50):
        began = time.perf_counter()
        assert await app.ticker.tick(NOW) == 0
        idle.append((time.perf_counter() - began) * 1000)
    for _ in range(5):
        began = time.perf_counter()
        day = await board.due(NOW + timedelta(days=2 * due * 120 / rows), due)
        found.append((time.perf_counter() - began) * 1000)
        assert len(day) == due
    told(f"{name}: a tick with nothing due", statistics.median(idle), "ms", IDLE_MS)
    told(f"{name}: the {due:,} rows of a day", statistics.median(found), "ms", DUE_MS)
    await Due.all().delete()


def _plan(number: int, rows: int) -> Plan:
    """Spread over four months from now on."""
    return Plan("visit", f"h{number}", NOW + timedelta(days=1 / 24 + 120 * number / rows), "bench")
