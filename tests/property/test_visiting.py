"""Whoever moves, rests, changes class or is visited: one visit is owed, in time, and nothing loses it."""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from gridbot.config import load
from gridbot.digests import measured
from gridbot.digests.spans import Period, span_of
from gridbot.models import board
from gridbot.models.acts import Act
from gridbot.models.database import transaction
from gridbot.models.duty import pauses, visits
from gridbot.models.duty.duties import Due, Visit
from gridbot.models.duty.visits import AT_THE_DOOR, BY_PHONE, PAIR
from gridbot.models.territory.org import Household
from gridbot.models.territory.register import of_home
from gridbot.org import import_org
from gridbot.replay.stage import Stage, staged
from gridbot.schedules import timetable
from gridbot.workdays import WorkCalendar
from gridbot.world import World
from tests.conftest import SMALL_ORG, ZONE
from tests.mortal import survives

CLASSES = (["普通"], ["困难"], ["独居老人"], ["无手机老人", "独居老人"], ["残疾", "留守老人"], [])
SETTLED = {"done", "skipped", "folded", "paused", "rest", "dropped"}
WHOLE = 10**9
DAY = timedelta(days=1)
NIGHT = timedelta(minutes=20)  # after midnight, when the day is planned


@dataclass
class Town:
    """The program, and a clock that may step back."""

    stage: Stage
    now: datetime
    power: int = WHOLE

    @property
    def world(self) -> World:
        return self.stage.app.world

    @property
    def today(self) -> date:
        return self.world.local(self.now).date()

    async def wake(self) -> None:
        """The program starts, or goes on: what is due is done; a power cut costs what was not committed."""
        left = await survives(self.stage, self._do, self.power)
        self.power = WHOLE if left < 0 else left

    async def _do(self) -> None:
        async with transaction():
            await timetable.plant(self.world, self.now)
        while await self.stage.app.ticker.tick(self.now):
            pass

    async def passes(self, days: int) -> None:
        """Some days pass while the program runs, to the night when the day after them has been planned."""
        end = self.world.midnight(self.now).astimezone(UTC) + days * DAY + NIGHT
        while (due := await board.next_at()) is not None and due <= end:
            self.now = max(self.now, due)
            await self.wake()
        self.now = max(self.now, end)
        await self.wake()

    async def happens(self, what: str, which: int, number: int) -> None:
        act, home = Act("s1", self.now), await Household.get_or_none(id=f"h{which}")
        match what:
            case "outage":
                self.now += number * DAY / 4
                await self.wake()
            case "steps_back":
                self.now -= number * DAY / 24
                await self.wake()
            case "power_cut":
                self.power = 8 * number
            case _ if home is None:
                await Household.create(
                    id=f"h{which}", node="g1", building="3", unit="1", room=f"{which}", since=self.today
                )
            case "class":
                home.classes = CLASSES[number % len(CLASSES)]
                await home.save()
            case "visited":
                mode = AT_THE_DOOR if number % 2 else BY_PHONE
                door = self.world.directory.profile(home.node).cadence(home.classes).at_the_door
                await visits.record(act, home, worker="s1", mode=mode, outcome="正常", needs_door=door)
            case "paused":
                await pauses.pause(act, of_home(home.id), self.today, self.today + number * DAY, "")
            case "resumed":
                await pauses.resume(act, of_home(home.id), self.today)
            case "moved":
                await home.delete()


async def lived(start: datetime, story: Iterable[tuple[str, int, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with staged(load(), Path(folder), at=start) as stage:
            await import_org(SMALL_ORG)
            stage.app.world.org_changed = True
            await stage.settle()
            town = Town(stage, start.astimezone(UTC))
            await town.wake()
            for what, which, number in story:
                await town.happens(what, which, number)
                await town.passes(number if what == "passes" else 1)
                await owed(town)
                await settled(town)
            await told(town)


async def owed(town: Town) -> None:
    """Every household is owed one visit, by the day its class and its last visit say, on a day of work."""
    rest = await pauses.resting_on(town.today)
    load = Counter[tuple[str, date | None]]()
    open_ones = await Visit.filter(done_at=None, dropped=False, arrive_by=None).exclude(why__in=PAIR)
    homes = {home.id: home for home in await Household.all()}
    assert {visit.household for visit in open_ones} <= set(homes)
    for home in homes.values():
        mine = [visit for visit in open_ones if visit.household == home.id]
        assert len(mine) <= 1, home.id
        assert mine or of_home(home.id) in rest, home.id
        for visit in mine:
            assert visit.due_on is not None and town.world.calendar.is_workday(visit.due_on)
            load[visit.worker, visit.due_on] += 1
            if of_home(home.id) not in rest:
                assert visit.due_on <= await latest(town, home), (home.id, home.classes, visit.why)
    most = town.world.directory.profile("g1").visits_a_day
    assert all(count <= most for (_, day), count in load.items() if day and day > town.today)


async def latest(town: Town, home: Household) -> date:
    """The last day a visit may be planned for."""
    profile, calendar = town.world.directory.profile(home.node), town.world.calendar
    cadence = profile.cadence(await visits.classes_of(home))
    made = await Visit.filter(household=home.id, dropped=False).exclude(why__in=PAIR)
    here = [(visit.done_at, visit.mode) for visit in made if visit.done_at]
    counted = [at for at, mode in here if mode == AT_THE_DOOR or not cadence.at_the_door]
    by = cadence.period.window(town.today)[1]
    if home.since is not None and not here:
        by = home.since + timedelta(days=profile.first_visit_days)
    elif counted:
        by = cadence.period.after(calendar.day_of(max(counted)))
    elif _little_left(calendar, *cadence.period.window(town.today), town.today):
        by = cadence.period.after(town.today)
    day = max(by, town.today)
    return day if calendar.is_workday(day) else calendar.next_workday(day)


def _little_left(calendar: WorkCalendar, first: date, last: date, today: date) -> bool:
    """Whether less than a quarter of a period's working days is left: then a whole period may pass."""
    days = [first + n * DAY for n in range((last - first).days + 1)]
    ahead = [day for day in days if day > today]
    return 4 * sum(map(calendar.is_workday, ahead)) < sum(map(calendar.is_workday, days))


async def settled(town: Town) -> None:
    """Nothing waits that is past its time, nothing failed, nobody is looked in on twice."""
    for row in await Due.all():
        assert row.due_at is not None or row.outcome in SETTLED, (row.kind, row.what, row.outcome)
        assert row.due_at is None or row.due_at > town.now, (row.kind, row.what, row.due_at)
    pairs = await Visit.filter(why__in=PAIR)
    twice = Counter((visit.household, visit.person, visit.due_on, visit.why) for visit in pairs)
    assert all(count == 1 for count in twice.values()), twice.most_common(2)
    missed = {(row.what, row.occurrence) for row in await Due.filter(kind="look_in_missed")}
    for visit in pairs:
        assert (f"node:{visit.grid}", f"{visit.due_on}:{visit.why}") in missed or visit.due_on is None


async def told(town: Town) -> None:
    """On the next day of work leaders have heard of every visit past its day, and digests count it."""
    while not town.world.calendar.is_workday(town.today):
        await town.passes(1)
    town.now += timedelta(hours=9)
    await town.wake()
    late = await Visit.filter(done_at=None, dropped=False, due_on__lt=town.today).exclude(why__in=PAIR)
    assert all(visit.escalated_on is not None for visit in late)
    span = span_of(town.world, Period.DAY, town.today)
    found = await measured(town.world, ["jd"], span)
    assert found.visits_missed == len(late)
    skipped = await Due.filter(outcome="skipped", done_at__gte=span.start, done_at__lt=span.end).count()
    assert found.skipped == skipped


EVENTS = st.tuples(
    st.sampled_from(
        (
            *("class", "class", "visited", "visited", "paused", "resumed", "moved"),
            *("passes", "outage", "steps_back", "power_cut"),
        )
    ),
    st.integers(1, 6),
    st.integers(1, 12),
)
STARTS = st.sampled_from(
    (
        datetime(2026, 3, 2, 9, tzinfo=ZONE),
        datetime(2026, 2, 9, 9, tzinfo=ZONE),  # before 春节
        datetime(2026, 6, 29, 9, tzinfo=ZONE),  # the last days of a quarter
        datetime(2028, 2, 25, 9, tzinfo=ZONE),  # 29 February
    )
)


@settings(
    max_examples=int(os.environ.get("GRIDBOT_TEST_EXAMPLES", "4")),
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)
@given(start=STARTS, story=st.lists(EVENTS, min_size=3, max_size=10))
def test_every_household_is_owed_one_visit_in_time(
    start: datetime, story: list[tuple[str, int, int]]
) -> None:
    asyncio.run(partial(lived, start, story)())
