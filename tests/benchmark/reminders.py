"""100,000 reminders due in the same minute: all in the outbox, and the event loop never blocked for long."""

from __future__ import annotations

import asyncio
import time
from datetime import timedelta

from gridbot.app import settle
from gridbot.clock import SystemClock, sleep
from gridbot.models import board, plain
from gridbot.models.board import Plan
from gridbot.models.cases.tickets import Ticket
from gridbot.models.mail import Outbox
from tests.benchmark.intake import started
from tests.benchmark.scale import LOOK_S, scaled, told

REMINDERS = scaled(100_000)
WORKERS = scaled(20_000)  # five reminders each, which is what a worker may get in a day
WITHIN_S = 8.0
BLOCKED_MS = 100.0


async def run() -> None:
    """Print how long it took and the longest pause of the loop."""
    async with started(WORKERS, households=0) as app:
        now = app.clock.now()
        while await app.ticker.tick(now):  # what the import of the org has brought
            pass
        await _tickets()
        await board.put(
            *(
                Plan("deadline_warning", f"ticket:{n}", now - timedelta(seconds=1), "bench")
                for n in range(1, REMINDERS + 1)
            )
        )
        settle()
        longest = 0.0

        async def watch() -> None:
            nonlocal longest
            while True:
                before = time.perf_counter()
                await sleep(LOOK_S)
                longest = max(longest, time.perf_counter() - before - LOOK_S)

        watching = asyncio.create_task(watch())
        began, worked = time.perf_counter(), time.process_time()
        while await app.ticker.tick(app.clock.now()):
            pass
        took, busy = time.perf_counter() - began, time.process_time() - worked
        watching.cancel()
        queued = await Outbox.all().count()
        assert queued >= REMINDERS
        told(f"{queued:,} reminders in the outbox after", took, "s", WITHIN_S, share=True)
        told("of them the processor's own time", busy, "s", WITHIN_S, share=True)
        told("event loop blocked at most", longest * 1000, "ms", BLOCKED_MS)


async def _tickets() -> None:
    at = SystemClock().now()
    rows = [
        plain.new(
            Ticket, no=n, kind="issue", category="public_facility", state="accepted", node=f"g{n % WORKERS}",
            grid=f"g{n % WORKERS}", transport="memory", account="bot", assignee=f"s-g{n % WORKERS}", opened_at=at,
            due_at=at + timedelta(hours=2), first_reply_at=at,
        )
        for n in range(1, REMINDERS + 1)
    ]  # fmt: skip
    await plain.add(rows)
