"""What a city's calendar brings to 20,000 groups and grids at one moment: posts, screenings, reports."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from gridbot import app as root
from gridbot.app import App
from gridbot.clock import sleep
from gridbot.config import load
from gridbot.models import board, plain
from gridbot.models.board import Plan
from gridbot.models.cases.tickets import Ticket
from gridbot.models.duty.duties import Due, Visit
from gridbot.models.mail import Outbox
from gridbot.org import import_org
from gridbot.recurrence import Schedule
from gridbot.schedules.duty.recurring import keep_up
from gridbot.schedules.jobs import Window
from gridbot.schedules.timetable import ALL
from gridbot.transports.memory import MemoryTransport
from tests.benchmark.city import MORNING, make_org
from tests.benchmark.scale import LOOK_S, scaled, told

GRIDS, TICKETS, VISITS = 20_000, 600_000, 400_000  # of a month
EACH_S, BLOCKED_MS = 120.0, 100.0
KINDS = {
    "board_changes": date(2026, 3, 10),
    "board_monthly": date(2026, 3, 16),
    "results": date(2026, 3, 2),
    "screening_open": date(2026, 3, 2),
    "screening_remind": date(2026, 3, 13),
    "screening_close": date(2026, 3, 13),
    "month_draft": date(2026, 3, 20),
    "month_gaps": date(2026, 3, 20),
    "month_sign": date(2026, 3, 23),
    "month_due": date(2026, 3, 25),
    "diary_offer": date(2026, 3, 25),
}


async def run() -> None:
    """Print for each kind how long it takes and how long it holds up everybody else."""
    async with _city() as app:
        await _watched("keep_up", 0, keep_up(app.world, ALL.values(), MORNING))
        await Due.all().delete()
        for kind, day in KINDS.items():
            plans = _plans(app, kind, day)
            await board.put(*plans)
            now = MORNING.replace(month=day.month, day=day.day, hour=18)
            before = await Outbox.all().count()
            await _watched(kind, len(plans), _done(app, now))
            print(f"      {await Outbox.all().count() - before:,} messages", flush=True)
            await Due.all().delete()


async def _done(app: App, now: datetime) -> None:
    while await app.ticker.tick(now):
        pass


async def _watched(kind: str, rows: int, work: object) -> None:
    longest = 0.0

    async def watch() -> None:
        nonlocal longest
        while True:
            before = time.perf_counter()
            await sleep(LOOK_S)
            longest = max(longest, time.perf_counter() - before - LOOK_S)

    watching = asyncio.create_task(watch())
    began = time.perf_counter()
    await work  # type: ignore[misc]
    told(f"{kind}, {rows:,} rows", time.perf_counter() - began, "s", EACH_S, share=True)
    watching.cancel()
    told(f"{kind}: the event loop blocked at most", longest * 1000, "ms", BLOCKED_MS)


@asynccontextmanager
async def _city() -> AsyncIterator[App]:
    with TemporaryDirectory() as scratch:
        folder, grids = Path(scratch), scaled(GRIDS)
        async with root.opened(load(), folder, [MemoryTransport()], any_transport=True) as app:
            await import_org(make_org(folder / "org", grids, households=0))
            await app.follow()
            await _month(grids)
            await Due.all().delete()
            root.settle()
            yield app


def _plans(app: App, kind: str, day: date) -> list[Plan]:
    """The occurrences of a kind about a day, all due in the morning of it."""
    recurring = ALL[kind].recurring
    assert recurring is not None
    at = MORNING.replace(month=day.month, day=day.day, hour=17)
    found = []
    for subject in recurring.subjects(app.world):
        schedule = recurring.of(app.world, subject)
        if isinstance(schedule, Schedule):
            near = schedule.between(day - timedelta(days=15), day + timedelta(days=3), app.world.calendar)
            found += [Plan(kind, subject, at, one.key, Window.data(one)) for one in near[-1:]]
    return found


async def _month(grids: int) -> None:
    """Tickets and visits of February, all done."""
    chance, begin = random.Random(1), MORNING - timedelta(days=28)
    for first in range(0, scaled(TICKETS), 20_000):
        await plain.add([
            plain.new(
                Ticket, no=n + 1, kind="issue", category="public_facility", state="closed",
                grid=(grid := f"g{chance.randrange(grids)}"), node=grid, transport="memory",
                opened_at=(at := begin + timedelta(minutes=chance.randrange(36_000))), resolved_at=at,
            )
            for n in range(first, min(first + 20_000, scaled(TICKETS)))
        ])  # fmt: skip
    for first in range(0, scaled(VISITS), 20_000):
        await plain.add([
            plain.new(
                Visit, household=f"h{n}", grid=f"g{chance.randrange(grids)}", worker="", why="普通",
                done_at=begin + timedelta(minutes=chance.randrange(36_000)),
            )
            for n in range(first, min(first + 20_000, scaled(VISITS)))
        ])  # fmt: skip
