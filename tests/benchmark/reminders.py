"""100,000 reminders due in the same minute: all in the outbox, and the event loop never blocked for long."""

from __future__ import annotations

import asyncio
import time
from datetime import timedelta

from gridbot.clock import sleep
from gridbot.models import board
from gridbot.models.board import Plan
from gridbot.models.mail import Outbox
from gridbot.models.tickets import Ticket
from tests.benchmark.intake import started

REMINDERS = 100_000
WITHIN_S = 15.0
BLOCKED_MS = 100.0


async def run() -> None:
    """Print how long it took and the longest pause of the loop."""
    async with started() as app:
        now = app.clock.now()
        await _tickets(now)
        await board.put(
            *(
                Plan("deadline_warning", f"ticket:{n}", now - timedelta(seconds=1), "bench")
                for n in range(1, REMINDERS + 1)
            )
        )
        longest = 0.0

        async def watch() -> None:
            nonlocal longest
            while True:
                before = time.perf_counter()
                await sleep(0)
                longest = max(longest, time.perf_counter() - before)

        watching = asyncio.create_task(watch())
        began = time.perf_counter()
        while await app.ticker.tick(app.clock.now()):
            pass
        took = time.perf_counter() - began
        watching.cancel()
        queued = await Outbox.all().count()
        enough = "ok" if took <= WITHIN_S and queued >= REMINDERS else "SHORT"
        print(
            f"   {queued:,} of {REMINDERS:,} reminders in the outbox after {took:.1f} s (at most 15 s) {enough}"
        )
        verdict = "ok" if longest * 1000 <= BLOCKED_MS else "SHORT"
        print(f"   event loop blocked at most {longest * 1000:.0f} ms (at most 100 ms) {verdict}")


async def _tickets(now: object) -> None:
    from gridbot.clock import SystemClock

    at = SystemClock().now()
    rows = [
        Ticket(
            no=n, kind="issue", category="public_facility", state="accepted", node=f"g{n % 200}", grid=f"g{n % 200}",
            transport="memory", account="bot", assignee=f"s-g{n % 200}", opened_at=at,
            due_at=at + timedelta(hours=2), first_reply_at=at,
        )
        for n in range(1, REMINDERS + 1)
    ]  # fmt: skip
    await Ticket.bulk_create(rows, batch_size=500)
