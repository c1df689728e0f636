"""Doing what is due: rows that fell due together go to their job together, in one transaction."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from itertools import groupby

from gridbot.messages import Say
from gridbot.models import board
from gridbot.models.database import transaction
from gridbot.models.duties import Due
from gridbot.outbox import Outbox
from gridbot.schedules.jobs import Job, Late
from gridbot.world import World

log = logging.getLogger(__name__)

ROWS = 200  # rows a transaction: between two of them whoever writes or waits gets his turn


class Ticker:
    """`tick(now)` does everything due up to a moment; safe to call again, safe after a crash."""

    def __init__(self, world: World, outbox: Outbox, jobs: Mapping[str, Job]) -> None:
        self._world, self._outbox, self._jobs = world, outbox, jobs
        self.counts: Counter[str] = Counter()

    async def tick(self, now: datetime) -> int:
        """Do what is due by `now`, at most ROWS rows; returns how many were due."""
        async with transaction():
            rows = await board.due(now, ROWS)
            for kind, found in groupby(sorted(rows, key=lambda r: r.kind), key=lambda r: r.kind):
                await self._do(kind, list(found), now)
        self.counts["due"] += len(rows)
        return len(rows)

    async def _do(self, kind: str, rows: list[Due], now: datetime) -> None:
        job = self._jobs.get(kind)
        if job is None:
            log.error("nobody knows this kind of duty: %s", kind)
            await board.done(rows, now, "dropped")
            return
        timely = rows
        if job.late is Late.SKIP:
            horizon = now - timedelta(seconds=job.grace_s)
            timely = [row for row in rows if row.due_at is not None and row.due_at >= horizon]
            late = [row for row in rows if row.due_at is None or row.due_at < horizon]
            await board.done(late, now, "skipped")
        try:
            async with transaction():
                await board.done(timely, now)
                await self._outbox.put(await job.run(self._world, timely, now), at=now)
        except Exception:
            log.exception("a job failed: %s", kind)
            await self._one_by_one(job, timely, now)

    async def _one_by_one(self, job: Job, rows: Sequence[Due], now: datetime) -> None:
        """One bad row must not cost its neighbours; it is marked failed and named in the log."""
        for row in rows:
            try:
                async with transaction():
                    await board.done([row], now)
                    says: Sequence[Say] = await job.run(self._world, [row], now)
                    await self._outbox.put(says, at=now)
            except Exception:
                log.exception("a duty failed", extra={"due": row.id})
                await board.done([row], now, "failed")
