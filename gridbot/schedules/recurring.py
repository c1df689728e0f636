"""What comes back by a rule is put on the board once, whatever the clock and the calendar do.

Progress is kept in nominal days, which nothing moves: a day without the program is made up for, a clock
that steps back plans nothing twice, and a list of holidays imported later moves what still waits.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from gridbot.models import board, series
from gridbot.models.board import REST, Plan
from gridbot.models.care import Series
from gridbot.recurrence import FARTHEST_SHIFT, Occurrence, Schedule
from gridbot.schedules.jobs import Job, Recurring, Window
from gridbot.world import World


async def keep_up(world: World, jobs: Iterable[Job], now: datetime) -> None:
    """Put on the board what comes next of every recurring job; safe to call at any time, also twice."""
    known = await series.known()
    for job in jobs:
        if job.recurring is not None:
            await _keep_up(world, job.kind, job.recurring, known.get(job.kind), now)


async def _keep_up(
    world: World, kind: str, recurring: Recurring, known: Series | None, now: datetime
) -> None:
    today = world.local(now).date()
    through = max(today + recurring.ahead, known.through_on if known else date.min)
    rule = _fingerprint(world, recurring)
    if known is not None and known.rule != rule:
        await _replan(world, kind, recurring, today, known.through_on, now)
    first = known.through_on + timedelta(days=1) if known else today
    plans = _plans(world, kind, recurring, first, through)
    if known is None:  # born today: what was before is nobody's fault
        plans = [plan for plan in plans if plan.due_at >= now]
    await board.put(*plans)
    await series.store(kind, through, rule)


def _plans(world: World, kind: str, recurring: Recurring, first: date, last: date) -> list[Plan]:
    """The occurrences of all subjects whose nominal day lies in a span."""
    found: dict[Schedule, list[Occurrence]] = {}
    plans = []
    for subject in recurring.subjects(world):
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
    plans = _plans(world, kind, recurring, today - FARTHEST_SHIFT, through)
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


def _fingerprint(world: World, recurring: Recurring) -> str:
    """Changes whenever what was planned may have to move."""
    rule = recurring.schedule if isinstance(recurring.schedule, Schedule) else "by subject"
    named = f"{rule!r}|{world.directory.version}|{world.calendar.fingerprint}"
    return hashlib.sha256(named.encode()).hexdigest()
