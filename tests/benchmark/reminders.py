"""100,000 reminders due in the same minute: all in the outbox, and the event loop never blocked for long.

Two ways: each for somebody else, so that none can be merged; and five for each of 20,000 workers, no two of
one worker side by side on the board, each of whom is to get one message with all five.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

from gridbot.app import App, settle
from gridbot.clock import sleep
from gridbot.models import board, plain
from gridbot.models.board import Plan
from gridbot.models.cases.tickets import Ticket
from tests.benchmark.intake import started
from tests.benchmark.scale import LOOK_S, scaled, told

REMINDERS = scaled(100_000)
GRIDS = scaled(20_000)
COLLEAGUES = 5  # workers of a grid; so many reminders a worker may get in a day
MOMENT = datetime(2026, 3, 11, 2, 30, tzinfo=UTC)  # a Wednesday morning: at night they wait for the list
WITHIN_S = 8.0
BLOCKED_MS = 100.0


async def run() -> None:
    """Print how long each way took and the longest pause of the loop."""
    async with started(GRIDS, households=0, workers=COLLEAGUES) as app:
        while await app.ticker.tick(app.clock.now()):  # what the import of the org has brought
            pass
        await _due(app, "each for somebody else", _somebody, 1, messages=REMINDERS)
        await _due(app, "five for each worker", _first, 1 + REMINDERS, messages=GRIDS)


def _somebody(n: int) -> str:
    """One of all workers, each once; neighbours on the board work in different grids."""
    grid, colleague = n % GRIDS, n // GRIDS % COLLEAGUES
    return f"s-g{grid}-{colleague}" if colleague else f"s-g{grid}"


def _first(n: int) -> str:
    """The first worker of one of all grids."""
    return f"s-g{n % GRIDS}"


async def _due(app: App, way: str, whose: Callable[[int], str], first: int, *, messages: int) -> None:
    numbers = range(first, first + REMINDERS)
    await _tickets(numbers, whose)
    before = len(await plain.table("SELECT id FROM outbox"))
    await board.put(*(Plan("deadline_warning", f"ticket:{n}", MOMENT, "bench") for n in numbers))
    app.world.directory.posts_by_contact("")  # who is who was asked long before
    settle()
    async with _looking() as pauses:
        began, worked = time.perf_counter(), time.process_time()
        while await app.ticker.tick(MOMENT):
            pass
        took, busy = time.perf_counter() - began, time.process_time() - worked
    texts = await plain.table("SELECT text FROM outbox ORDER BY id LIMIT -1 OFFSET ?", before)
    about = Counter(no for (text,) in texts for no in re.findall(r"#(\d+)", text))
    assert about == Counter(str(n) for n in numbers), "each is told once"
    assert len(texts) == messages, len(texts)
    told(f"{way}: {REMINDERS:,} reminders in the outbox as {messages:,} messages after",
         took, "s", WITHIN_S, share=True)  # fmt: skip
    told("of them the processor's own time", busy, "s", WITHIN_S, share=True)
    told("event loop blocked at most", max(pauses) * 1000, "ms", BLOCKED_MS)


@asynccontextmanager
async def _looking() -> AsyncIterator[list[float]]:
    """How long the loop was away, each time, in seconds."""
    pauses = [0.0]

    async def watch() -> None:
        while True:
            before = time.perf_counter()
            await sleep(LOOK_S)
            pauses.append(time.perf_counter() - before - LOOK_S)

    watching = asyncio.create_task(watch())
    try:
        yield pauses
    finally:
        watching.cancel()


async def _tickets(numbers: range, whose: Callable[[int], str]) -> None:
    at = MOMENT - timedelta(days=1)
    rows = [
        plain.new(
            Ticket, no=n, kind="issue", category="public_facility", state="accepted", node=f"g{n % GRIDS}",
            grid=f"g{n % GRIDS}", transport="memory", account="bot", assignee=whose(n), opened_at=at,
            due_at=MOMENT + timedelta(hours=2), first_reply_at=at,
        )
        for n in numbers
    ]  # fmt: skip
    await plain.add(rows)
