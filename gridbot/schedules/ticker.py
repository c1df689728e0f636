"""Doing what is due: rows that fell due together go to their job together, in one transaction."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from gridbot.messages import Say
from gridbot.models import board
from gridbot.models.cases import ledger
from gridbot.models.database import batched, transaction
from gridbot.models.duty import notes, pauses
from gridbot.models.duty.duties import Due
from gridbot.outbox import Outbox
from gridbot.schedules import bursts
from gridbot.schedules.cases import letters
from gridbot.schedules.jobs import Job, Late
from gridbot.schedules.tempering import tempered
from gridbot.world import World

log = logging.getLogger(__name__)


class Ticker:
    """`tick(now)` does everything due up to a moment; safe to call again, safe after a crash."""

    def __init__(self, world: World, outbox: Outbox, jobs: Mapping[str, Job]) -> None:
        self._world, self._outbox, self._jobs = world, outbox, jobs
        self._burst = bursts.Burst(world, jobs)
        self.counts: Counter[str] = Counter()

    async def look(self, until: datetime) -> None:
        """Read once for the running batch what falls due up to a moment, and what is asked about it then."""
        rows = await board.look(until)
        about = [row for row in rows if row.what.startswith("ticket:")]
        await ledger.look(row.what for row in about)
        waiting = [row for row in about if row.due_at is not None and self._tempers(row.kind)]
        if waiting:
            tickets = [await ledger.ticket(int(row.what.removeprefix("ticket:"))) for row in waiting]
            lanes = {lane for each in tickets if each for lane in letters.chats(self._world, each)}
            await notes.look(lanes, self._world.midnight(waiting[0].due_at or until))

    def _tempers(self, kind: str) -> bool:
        job = self._jobs.get(kind)
        return job is not None and (job.waits or job.tempers)

    async def tick(self, now: datetime) -> int:
        """Do what is due by `now`, as much as one transaction does; returns how many rows that was."""
        burst = await self._burst.next(now)
        try:
            async with batched():
                return await self._tick(burst, now)
        except Exception:
            log.exception("a batch of duties failed; they are done again one by one")
        async with transaction():
            return await self._tick(burst, now)

    async def _tick(self, burst: Sequence[int], now: datetime) -> int:
        rows = await (board.named(burst, now) if burst else board.due(now, bursts.ROWS))
        by_kind: dict[str, list[Due]] = {}
        for row in rows:
            by_kind.setdefault(row.kind, []).append(row)
        for kind, found in sorted(by_kind.items()):
            await self._do(kind, found, now)
        self.counts["due"] += len(rows)
        return max(len(rows), len(burst))

    async def _do(self, kind: str, rows: list[Due], now: datetime) -> None:
        job = self._jobs.get(kind)
        if job is None:
            log.error("nobody knows this kind of duty: %s", kind)
            await board.done(rows, now, "dropped")
            return
        timely = await self._timely(job, rows, now)
        if not timely:
            return
        await board.done(timely, now)
        try:
            async with transaction():
                await self._outbox.put(await self._says(job, timely, now), at=now)
        except Exception:
            log.exception("a job failed: %s", kind)
            await self._one_by_one(job, timely, now)

    async def _timely(self, job: Job, rows: list[Due], now: datetime) -> list[Due]:
        """What is left to do after the kind's policy for what is late, and without whoever is paused."""
        if job.recurring is not None:
            rest = await pauses.resting({row.what for row in rows}, self._world.local(now).date())
            await board.done([row for row in rows if row.what in rest], now, "paused")
            rows = [row for row in rows if row.what not in rest]
        horizon = now - timedelta(seconds=job.grace_s)
        late = [row for row in rows if row.due_at is None or row.due_at < horizon]
        if not late or job.late is Late.NOW:
            return rows
        if job.late is Late.SKIP:
            await board.done(late, now, "skipped")
            return _without(rows, late)
        newest = {row.what: row for row in rows}  # in order of their moments
        folded = [row for row in late if newest[row.what] is not row]
        await board.done(folded, now, "folded")
        return _without(rows, folded)

    async def _says(self, job: Job, rows: Sequence[Due], now: datetime) -> Sequence[Say]:
        says = await job.run(self._world, rows, now)
        return await tempered(self._world, says, now) if job.waits else says

    async def _one_by_one(self, job: Job, rows: Sequence[Due], now: datetime) -> None:
        """One bad row must not cost its neighbours; it is marked failed and named in the log."""
        for row in rows:
            try:
                async with transaction():
                    await self._outbox.put(await self._says(job, [row], now), at=now)
            except Exception:
                log.exception("a duty failed", extra={"due": row.id})
                await board.done([row], now, "failed")


def _without(rows: Sequence[Due], gone: Sequence[Due]) -> list[Due]:
    ids = {row.id for row in gone}
    return [row for row in rows if row.id not in ids]
