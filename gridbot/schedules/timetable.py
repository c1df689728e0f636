"""Every job there is, listed in one place."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from gridbot.schedules import announcing, chase, closing, digest, housekeeping, lookins, planning, visits
from gridbot.schedules.jobs import Job
from gridbot.world import World


def _gathered(*tables: Mapping[str, Job]) -> dict[str, Job]:
    jobs: dict[str, Job] = {}
    for table in tables:
        for kind, job in table.items():
            assert kind not in jobs, kind
            jobs[kind] = job
    return jobs


ALL: Mapping[str, Job] = _gathered(
    chase.jobs.table,
    closing.jobs.table,
    planning.jobs.table,
    digest.jobs.table,
    announcing.jobs.table,
    visits.jobs.table,
    lookins.jobs.table,
    housekeeping.jobs.table,
)


async def plant(world: World, now: datetime) -> None:
    """Put the standing jobs on the board; safe to call at every start."""
    await planning.plant(world, now)


async def replant(world: World, now: datetime) -> None:
    """The org has changed: plan the rest of the day for whoever is new; safe to call twice."""
    await planning.replant(world, now)
