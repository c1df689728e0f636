"""A whole city loaded: memory and start of the process, routing of a new ticket, a list over a million closed."""

from __future__ import annotations

import asyncio
import os
import resource
import statistics
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from gridbot.config import load
from gridbot.models import database, plain
from gridbot.models.cases import workload
from gridbot.models.cases.tickets import Ticket
from gridbot.models.reckoning import overview
from gridbot.org import import_org
from tests.benchmark.city import make_org

GRIDS, CLOSED, OPEN = 21_544, 1_000_000, 20_000
AT_MOST_MB, START_AT_MOST_S, ROUTE_AT_MOST_MS, LIST_AT_MOST_MS = 400, 15.0, 2.0, 50.0
AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


async def run() -> None:
    """Print memory, start, routing and lists beside what they may be at most."""
    with TemporaryDirectory() as scratch:
        folder = Path(scratch)
        began = time.perf_counter()
        async with database.opened(f"sqlite://{folder / 'gridbot.db'}"):
            outcome = await import_org(make_org(folder / "org", GRIDS, households=1))
        print(f"   {outcome.added['nodes']} nodes imported in {time.perf_counter() - began:.1f} s")
        command = [sys.executable, "-m", "tests.benchmark.whole_city", str(folder)]
        await asyncio.to_thread(subprocess.run, command, check=True)
        await _lists(f"sqlite://{folder / 'lists.db'}", "SQLite")
        if url := os.environ.get("GRIDBOT_TEST_PG"):
            await _lists(url, "PostgreSQL")


def _said(what: str, value: float, unit: str, most: float) -> None:
    verdict = "ok" if value <= most else "SHORT"
    print(f"   {what} {value:.2f} {unit} (at most {most:g} {unit}) {verdict}", flush=True)


async def _loaded(folder: Path, began: float) -> None:
    """In a process of its own: everything of the program on the city's database."""
    from gridbot import app as root
    from gridbot.handlers.reports import assigning
    from gridbot.handlers.tickets import planning
    from gridbot.handlers.turn import Turn
    from gridbot.messages import Address, Incoming
    from gridbot.models.territory.people import Person
    from gridbot.nlp import SILENCE
    from gridbot.schedules import timetable

    async with root.opened(load(), folder) as app:
        await timetable.plant(app.world, app.clock.now())
        _said("start with the whole city", time.monotonic() - began, "s", START_AT_MOST_S)
        world, taken = app.world, []
        for number in range(2000):
            heard = Incoming(AT, Address("t", "a", "r", None), "p", "p", f"m{number}", "路灯坏了")
            turn = Turn(number, heard, SILENCE, Person("p", "t"), None, AT, world)
            at = time.perf_counter()
            grid = f"g{number * 10 % GRIDS}"
            found = assigning.first(turn, grid, "public_facility", "street_light", "normal", None)
            level = world.directory.profile(grid).service_level("public_facility", "street_light", "normal")
            planning.due(turn, grid, level, "normal", found.since)
            taken.append((time.perf_counter() - at) * 1000)
        _said(
            "routing and deadline of a new ticket, median", statistics.median(taken), "ms", ROUTE_AT_MOST_MS
        )
        _said("the slowest of a hundred", sorted(taken)[int(len(taken) * 0.99)], "ms", ROUTE_AT_MOST_MS)
        assert len(world.directory.gaps) == 0
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        _said("the process", peak, "MB", AT_MOST_MB)


async def _lists(url: str, name: str) -> None:
    async with database.opened(url):
        await Ticket.all().delete()
        for start in range(1, CLOSED + OPEN, 20_000):
            await plain.add([_ticket(no) for no in range(start, start + 20_000)])
        await database.connection().execute_query("ANALYZE")
        for what, count in (
            ("a community", 50),
            ("a street", 500),
            ("a county", 5000),
            ("the whole city", GRIDS),
        ):
            nodes, taken = [f"g{n}" for n in range(count)], []
            for _ in range(5):
                at = time.perf_counter()
                rows, many = await workload.open_at(nodes, 20, everything=count == GRIDS)
                taken.append((time.perf_counter() - at) * 1000)
            assert len(rows) == min(20, many)
            _said(f"{name}: open tickets of {what} ({many})", statistics.median(taken), "ms", LIST_AT_MOST_MS)
        nodes = [f"g{n}" for n in range(500)]
        taken = []
        for _ in range(5):
            at = time.perf_counter()
            await overview.tickets(nodes, overview.Wanted(state="live"), AT, 1)
            taken.append((time.perf_counter() - at) * 1000)
        _said(f"{name}: a street's page of the console", statistics.median(taken), "ms", LIST_AT_MOST_MS)
        await Ticket.all().delete()


def _ticket(no: int) -> Ticket:
    grid, state = f"g{no * 7 % GRIDS}", "open" if no > CLOSED else "closed"
    return plain.new(
        Ticket, no=no, kind="issue", category="public_facility", sub="street_light", state=state, node=grid,
        grid=grid, transport="t", reporter=f"p{no % 50_000}", assignee=f"s-{grid}",
        opened_at=AT - timedelta(minutes=CLOSED + OPEN - no), due_at=AT + timedelta(minutes=no % 5000 - 2500),
        resolved_at=None if state == "open" else AT - timedelta(minutes=CLOSED + OPEN - no - 60),
    )  # fmt: skip


if __name__ == "__main__":
    asyncio.run(_loaded(Path(sys.argv[1]), time.monotonic()))
