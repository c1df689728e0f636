"""All digests of a city in one process: 24,000 nodes with leaders, a day with reports behind it."""

from __future__ import annotations

import asyncio
import csv
import random
import time
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from gridbot import app as root
from gridbot.clock import sleep
from gridbot.config import load
from gridbot.models import board, plain
from gridbot.models.cases.tickets import Ticket
from gridbot.models.duty.duties import DigestRow, Visit
from gridbot.org import import_org
from gridbot.schedules.digesting import digest
from gridbot.transports.memory import MemoryTransport
from tests.benchmark.city import MORNING, make_org
from tests.benchmark.scale import LOOK_S, scaled, told

GRIDS, TICKETS, VISITS = 23_500, 30_000, 20_000
ALL_S, BLOCKED_MS = 300.0, 100.0


async def run() -> None:
    """Print how long the evening's digests of a city take, and how long they hold up everybody else."""
    with TemporaryDirectory() as scratch:
        folder, grids = Path(scratch), scaled(GRIDS)
        async with root.opened(load(), folder, [MemoryTransport()], any_transport=True) as app:
            await import_org(_leaders(make_org(folder / "org", grids, households=0), grids))
            await app.follow()
            await _day(grids)
            evening = MORNING.replace(hour=18, minute=0)
            plans = digest.plans(app.world, evening.date())
            plans = [plan for plan in plans if plan.kind == "digest"]
            await board.put(*plans)
            root.settle()
            longest = 0.0

            async def watch() -> None:
                nonlocal longest
                while True:
                    before = time.perf_counter()
                    await sleep(LOOK_S)
                    longest = max(longest, time.perf_counter() - before - LOOK_S)

            watching = asyncio.create_task(watch())
            began, worked = time.perf_counter(), time.process_time()
            while await app.ticker.tick(evening + timedelta(hours=2)):
                pass
            took, busy = time.perf_counter() - began, time.process_time() - worked
            watching.cancel()
            made = await DigestRow.all().count()
            told(f"{made:,} digests of {len(plans):,} leaders", took, "s", ALL_S, share=True)
            told("of them the processor's own time", busy, "s", ALL_S, share=True)
            told("the event loop blocked at most", longest * 1000, "ms", BLOCKED_MS)


def _leaders(org: Path, grids: int) -> Path:
    """Every grid has a leader of its own beside its worker."""
    with (org / "staff.csv").open("a", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(
            (f"l-g{n}", f"网格长{n}", "网格长", f"g{n}", f"136{n:08}", f"gl{n}") for n in range(grids)
        )
    return org


async def _day(grids: int) -> None:
    chance, at = random.Random(1), MORNING
    tickets = [
        plain.new(
            Ticket, no=n, kind="issue", category="public_facility", sub="street_light",
            state="open" if n % 3 else "closed", grid=(grid := f"g{chance.randrange(grids)}"), node=grid,
            transport="memory", reporter=f"p{n}", assignee=f"s-{grid}",
            opened_at=at - timedelta(minutes=chance.randrange(2880)), due_at=at + timedelta(minutes=n % 3000),
            resolved_at=None if n % 3 else at,
        )
        for n in range(1, scaled(TICKETS))
    ]  # fmt: skip
    await plain.add(tickets)
    visits = [
        plain.new(Visit, household=f"h{n}", grid=f"g{chance.randrange(grids)}", worker="", due_on=at.date(), why="普通")
        for n in range(scaled(VISITS))
    ]  # fmt: skip
    await plain.add(visits)
