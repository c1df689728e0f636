"""Every day just after midnight: what the day has to bring is put on the board."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from gridbot.messages import Say
from gridbot.models import board
from gridbot.models.board import Plan
from gridbot.models.duty import visits
from gridbot.models.duty.duties import Due
from gridbot.models.territory import census
from gridbot.schedules.digesting.digest import plans as digest_plans
from gridbot.schedules.jobs import Jobs
from gridbot.schedules.mornings import LISTED, MORNING_AT, list_at
from gridbot.world import World

jobs = Jobs()

PLAN_AT = time(0, 5)
REPLANNED = "@"  # in an occurrence: not the day's own planning, but that of an org that has changed
FORGET_AT = time(3, 30)
GRIDS_A_SECOND = 60  # some milliseconds each: whoever writes meanwhile waits a quarter of a second at most


async def plant(world: World, now: datetime) -> None:
    """Put today's planning on the board; planning puts the next day's there. Safe to call at every start."""
    day = world.local(now).date()
    data: dict[str, object] = {} if await board.ever("plan_day", but=REPLANNED) else {"first": True}
    await board.put(Plan("plan_day", "all", world.calendar.at(day, PLAN_AT), day.isoformat(), data))


async def replant(world: World, now: datetime) -> None:
    """The org has changed: plan the rest of today for whoever is new, as soon as may be; once a version."""
    occurrence = f"{world.local(now).date()}{REPLANNED}{world.directory.version}"
    await board.put(Plan("plan_day", "all", now, occurrence, {"first": True}))


@jobs.on("plan_day")
async def plan_day(world: World, rows: Sequence[Due], now: datetime) -> list[Say]:
    """Plan this day; several missed days are one. What a first start finds already past is left out."""
    day = world.local(now).date()
    plans = [*digest_plans(world, day), *_mornings(world, day), *_tidying(world, day)]
    if all(row.data.get("first") for row in rows):
        plans = [plan for plan in plans if plan.due_at >= now]
    tomorrow = day + timedelta(days=1)
    await board.put(
        *plans,
        *await _grids(rows[-1].occurrence, now),
        Plan("plan_day", "all", world.calendar.at(tomorrow, PLAN_AT), tomorrow.isoformat()),
    )
    return []


def _mornings(world: World, day: date) -> list[Plan]:
    """The morning list of whoever works a grid, on days of work."""
    if not world.calendar.is_workday(day):
        return []
    found: dict[str, Plan] = {}
    for post in world.directory.posts:
        if post.contact and post.rank in LISTED and post.staff not in found:
            at = list_at(world, post, day)
            assert at is not None  # a day of work
            found[post.staff] = Plan("morning", f"staff:{post.staff}", at, day.isoformat())
    late = Plan("visits_overdue", "all", world.calendar.at(day, MORNING_AT), day.isoformat())
    return [*found.values(), late]


def _tidying(world: World, day: date) -> list[Plan]:
    return [Plan("forget", "all", world.calendar.at(day, FORGET_AT), day.isoformat())]


async def _grids(occurrence: str, now: datetime) -> list[Plan]:
    """The visits of every grid, some grids a second; of those too that the last household has left."""
    workplaces = await census.inhabited()
    workplaces += await visits.forsaken(workplaces)
    return [
        Plan("plan_visits", f"node:{code}", now + timedelta(seconds=number // GRIDS_A_SECOND), occurrence)
        for number, code in enumerate(workplaces)
    ]
