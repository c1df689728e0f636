"""Every job there is, listed in one place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta

from gridbot.messages import Say
from gridbot.models import board
from gridbot.models.board import Plan
from gridbot.models.duty.duties import Due
from gridbot.schedules import housekeeping
from gridbot.schedules.cases import (
    absences,
    arriving,
    chase,
    closing,
    disputes,
    errands,
    hazards,
    inquiring,
    overdue,
    recount,
    relief,
    succession,
    whistles,
)
from gridbot.schedules.digesting import digest, overseers, subscriptions
from gridbot.schedules.duty import caring, customs, lookins, planning, reminding, reporting, scoring, visits
from gridbot.schedules.duty.recurring import keep_up
from gridbot.schedules.jobs import Job, Jobs
from gridbot.schedules.spreading import (
    announcing,
    discussing,
    meeting,
    mustering,
    publicity,
    results,
    training,
    volunteers,
)
from gridbot.world import World

KEEP_UP_AT = time(0, 1)
_own = Jobs()


@_own.on("keep_up")
async def _keep_up(world: World, rows: Sequence[Due], now: datetime) -> list[Say]:
    """Every day, and when the org has changed: what comes back by a rule goes on the board."""
    await keep_up(world, ALL.values(), now)
    tomorrow = world.local(now).date() + timedelta(days=1)
    await board.put(Plan("keep_up", "all", world.calendar.at(tomorrow, KEEP_UP_AT), tomorrow.isoformat()))
    return []


def _gathered(*tables: Mapping[str, Job]) -> dict[str, Job]:
    jobs: dict[str, Job] = {}
    for table in tables:
        for kind, job in table.items():
            assert kind not in jobs, kind
            jobs[kind] = job
    return jobs


ALL: Mapping[str, Job] = _gathered(
    overseers.jobs.table,
    relief.jobs.table,
    succession.jobs.table,
    chase.jobs.table,
    subscriptions.jobs.table,
    overdue.jobs.table,
    recount.jobs.table,
    absences.jobs.table,
    whistles.jobs.table,
    hazards.jobs.table,
    closing.jobs.table,
    planning.jobs.table,
    digest.jobs.table,
    announcing.jobs.table,
    meeting.jobs.table,
    mustering.jobs.table,
    reporting.jobs.table,
    reminding.jobs.table,
    training.jobs.table,
    publicity.jobs.table,
    visits.jobs.table,
    lookins.jobs.table,
    arriving.jobs.table,
    caring.jobs.table,
    housekeeping.jobs.table,
    errands.jobs.table,
    inquiring.jobs.table,
    results.jobs.table,
    disputes.jobs.table,
    volunteers.jobs.table,
    scoring.jobs.table,
    discussing.jobs.table,
    customs.jobs.table,
    _own.table,
)


async def plant(world: World, now: datetime) -> None:
    """Put the standing jobs on the board; safe to call at every start."""
    await planning.plant(world, now)
    today = world.local(now).date()
    await board.put(Plan("keep_up", "all", world.calendar.at(today, KEEP_UP_AT), today.isoformat()))


async def replant(world: World, now: datetime) -> None:
    """The org has changed: plan the rest of the day for whoever is new; safe to call twice."""
    await planning.replant(world, now)
    await recount.plant(world, now)
    occurrence = f"{world.local(now).date()}@{world.directory.version}"
    await board.put(Plan("keep_up", "all", now, occurrence), Plan("succession", "all", now, occurrence))
