"""The only place that knows APScheduler: it ticks once a second; what is due is in the database."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger


async def run(every: timedelta, *ticks: Callable[[], Awaitable[object]]) -> None:
    """Call each of `ticks` every so often until cancelled; a slow one is not started twice."""
    scheduler = AsyncIOScheduler(timezone="UTC")
    for tick in ticks:
        scheduler.add_job(
            tick,
            IntervalTrigger(seconds=every.total_seconds(), timezone="UTC"),
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,  # a late tick is as good as a timely one: the table knows what is due
        )
    scheduler.start()
    try:
        await asyncio.Event().wait()
    finally:
        scheduler.shutdown(wait=False)
