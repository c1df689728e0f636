"""What comes back by a rule is put on the board once, whatever the clock and the calendar do.

Progress is kept in nominal days, which nothing moves: a day without the program is made up for, a clock
that steps back plans nothing twice, and a list of holidays imported later moves what still waits.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from gridbot.clock import Breath, sleep
from gridbot.models import board
from gridbot.models.board import REST, Plan
from gridbot.models.duty import series
from gridbot.recurrence import FARTHEST_SHIFT, Occurrence, Schedule
from gridbot.schedules.jobs import Job, Recurring, Window
from gridbot.world import World

BREATH = 1000  # rows put on the board before others get their turn


async def keep_up(world: World, jobs: Iterable[Job], now: datetime) -> None:
    """Put on the board what comes next of every recurring job; safe to call at any time, also twice."""
    known = await series.known()
    plans: list[Plan] = []
    reached: list[tuple[str, date, str]] = []
    org = f"{world.directory.version}|{world.calendar.fingerprint}"
    breath = Breath()
    for job in jobs:
        await breath.take()
        if job.recurring is None:
            continue
        before, rule = known.get(job.kind), _fingerprint(job.recurring, org)
        today = world.local(now).date()
        through = max(today + job.recurring.ahead, before.through_on if before else date.min)
        if before is not None and before.rule != rule:
            await _replan(world, job.kind, job.recurring, today, before.through_on, now)
        first = before.through_on + timedelta(days=1) if before else today
        following = await _plans(world, job.kind, job.recurring, first, through) if first <= through else []
        if before is None:  # born today: what was before is nobody's fault
            following = [plan for plan in following if plan.due_at >= now]
        plans += following
        if before is None or (before.through_on, before.rule) != (through, rule):
            reached.append((job.kind, through, rule))
    for start in range(0, len(plans), BREATH):
        await board.put(*plans[start : start + BREATH])
        await sleep(0)
    await series.store(reached)


async def _plans(world: World, kind: str, recurring: Recurring, first: date, last: date) -> list[Plan]:
    """The occurrences of all subjects whose nominal day lies in a span."""
    found: dict[Schedule, list[Occurrence]] = {}
    plans, breath = list[Plan](), Breath()
    for subject in recurring.subjects(world):
        await breath.take()
        schedule = recurring.of(world, subject)
        if schedule is None:
            continue
        if schedule not in found:
            found[schedule] = schedule.between(first, last, world.calendar)
        plans += [Plan(kind, subject, one.at, one.key, Window.data(one)) for one in found[schedule]]
    return plans


async def _replan(
    world: World, kind: str, recurring: Recurring, today: date, through: date, now: datetime
) -> None:
    """The calendar, the org or the rule has changed: move what waits, add what is new, drop what is gone."""
    plans = await _plans(world, kind, recurring, today - FARTHEST_SHIFT, through)
    await board.settle(*(plan for plan in plans if plan.due_at >= now))
    await board.move(*(plan for plan in plans if plan.due_at < now))
    wanted = {(plan.what, plan.occurrence) for plan in plans}
    since = (today - FARTHEST_SHIFT).isoformat()
    gone = [
        row
        for row in await board.waiting(kind)
        if (row.what, row.occurrence) not in wanted and str(row.data.get("on", "")) >= since
    ]
    await board.done(gone, now, REST)


def _fingerprint(recurring: Recurring, org: str) -> str:
    """Changes whenever what was planned may have to move."""
    rule = repr(recurring.schedule) if isinstance(recurring.schedule, Schedule) else "by subject"
    return hashlib.sha256(f"{rule}|{org}".encode()).hexdigest()
