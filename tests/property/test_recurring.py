"""Whatever clock, calendar and power do: what comes back by a rule happens once, or is accounted for."""

from __future__ import annotations

import asyncio
import tempfile
from collections import Counter
from collections.abc import Callable, Coroutine, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from gridbot.config import load
from gridbot.messages import Say
from gridbot.models import board
from gridbot.models.acts import Act
from gridbot.models.database import transaction
from gridbot.models.duty import pauses
from gridbot.models.duty.duties import Due
from gridbot.models.mail import Outbox
from gridbot.profiles import Period
from gridbot.recurrence import Every, Lunar, Ruled, Schedule, Shift, Windows
from gridbot.replay.stage import Stage, staged
from gridbot.schedules.duty.recurring import keep_up
from gridbot.schedules.jobs import Jobs, Late
from gridbot.schedules.ticker import Ticker
from gridbot.workdays import WorkCalendar
from gridbot.world import World
from tests.mortal import survives

SUBJECTS = ("node:g1", "node:g2")
ACCOUNTED = {"skipped", "folded", "paused", "rest"}
HOUR = timedelta(hours=1)

SCHEDULES = {
    "report": (Schedule(Windows(Period.MONTH, 25), time(9), Shift.BEFORE), Late.NOW),
    "screening": (Schedule(Windows(Period.HALF_MONTH), time(17)), Late.NOW),
    "meeting": (Schedule(Windows(Period.WEEK, 5), time(14), Shift.SKIP), Late.SKIP),
    "morning": (Schedule(Windows(Period.DAY), time(2, 30)), Late.SKIP),
    "roll_up": (Schedule(Windows(Period.DAY), time(18)), Late.FOLD),
    "talk": (Schedule(Every(date(2024, 1, 31), days_apart=10), time(8), Shift.AFTER), Late.NOW),
    "month_end": (Schedule(Every(date(2023, 12, 31), Period.MONTH), time(23, 59)), Late.NOW),
    "tuesday": (Schedule(Ruled("FREQ=MONTHLY;BYDAY=2TU,-1MO", date(2024, 1, 1)), time(0)), Late.NOW),
    "new_year": (Schedule(Lunar(1, 1)), Late.NOW),
}


@dataclass
class Town:
    """The clock, the jobs and what has become of them."""

    stage: Stage
    zone: ZoneInfo
    now: datetime
    power: int = 10**9  # statements until the power goes
    ticker: Ticker | None = None
    rest: set[date] = field(default_factory=set)
    exceptions: dict[date, bool] = field(default_factory=dict)

    @property
    def world(self) -> World:
        return self.stage.app.world

    def begin(self) -> None:
        """Start on the world of a new process; where it is the old one, nothing needs to be done."""
        if self.ticker is not None and self.world.zone is self.zone:
            return
        self.world.zone = self.zone
        self.follow_calendar()
        self.jobs = Jobs()
        for kind, (schedule, late) in SCHEDULES.items():
            self.jobs.every(kind, schedule, lambda _: SUBJECTS, late=late, grace_s=7200)(self.run)
        self.ticker = Ticker(self.world, self.stage.app.outbox, self.jobs.table)

    def follow_calendar(self) -> None:
        self.world.calendar = WorkCalendar(self.zone, self.exceptions)

    async def run(self, world: World, rows: Sequence[Due], now: datetime) -> Sequence[Say]:
        return [Say(world.private("x"), f"{row.kind}|{row.what}|{row.occurrence}") for row in rows]

    async def wake(self) -> None:
        """Plan what comes next, then do what is due; a power cut costs only what was not committed."""
        await self.lives_through(self._plan)
        await self.tick()

    async def tick(self) -> None:
        """Do what is due now."""
        await self.lives_through(self._do)

    async def lives_through(self, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        left = await survives(self.stage, work, self.power)
        self.power = left if left >= 0 else 10**9

    async def _plan(self) -> None:
        self.begin()
        async with transaction():
            await keep_up(self.world, self.jobs.table.values(), self.now)

    async def _do(self) -> None:
        self.begin()
        assert self.ticker is not None
        while await self.ticker.tick(self.now):
            pass

    async def passes(self, span: timedelta) -> None:
        """Time passes while the program runs: it wakes for what is due and at every midnight."""
        end = self.now + span
        while self.now < end:
            midnight = self.world.calendar.at(self.world.local(self.now).date() + timedelta(days=1), time())
            due = await board.next_at()
            while due is not None and due <= min(midnight, end):
                self.now = max(self.now, due)
                await self.tick()
                due = await board.next_at()
            self.now = max(self.now, min(midnight, end))
            if self.now == midnight:
                await self.wake()

    async def happens(self, what: str, number: int) -> None:
        today = self.world.local(self.now).date()
        act = Act("s1", self.now)
        match what:
            case "passes":
                await self.passes(number * HOUR)
            case "outage":
                self.now += number * HOUR
                await self.wake()
            case "steps_back":
                self.now -= min(number, 30) * HOUR
                await self.wake()
            case "power_cut":
                self.power = number
            case "paused":
                await pauses.pause(act, SUBJECTS[0], today, today + timedelta(days=number % 9), "")
            case "resumed":
                await pauses.resume(act, SUBJECTS[0], today)
            case "calendar":
                for ahead in range(-3, 12):
                    day = today + timedelta(days=ahead)
                    self.exceptions[day] = bool((number + ahead) % 3)
                self.follow_calendar()
                await self.wake()
        span = (today + timedelta(days=ahead) for ahead in range(-40, 40))
        self.rest |= {day for day in span if not self.world.calendar.is_workday(day)}


async def lived(zone: ZoneInfo, start: datetime, story: Iterable[tuple[str, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with staged(load(), Path(folder), at=start) as stage:
            town = Town(stage, zone, start)
            await town.wake()
            for what, number in story:
                await town.happens(what, number)
            town.power = 10**9
            for days in (1, 30):
                furthest = max(town.now, start) + timedelta(days=days)
                await town.passes(furthest - town.now)
                await waits_for_its_moment(town)
            await accounted(town, start)


async def accounted(town: Town, start: datetime) -> None:
    """Every occurrence happened exactly once, or its row says why it did not."""
    ran = Counter(str(row.text) for row in await Outbox.all())
    rows = {f"{row.kind}|{row.what}|{row.occurrence}": row for row in await Due.all()}
    assert all(count == 1 for count in ran.values()), ran.most_common(3)
    for name, row in rows.items():
        assert (row.outcome == "done") == (name in ran), (name, row.outcome)
        assert row.due_at is not None or row.outcome in {"done", *ACCOUNTED}, name
        assert row.due_at is None or row.due_at > town.now, name
    first = start.astimezone(town.zone).date() + timedelta(days=2)
    last = town.now.astimezone(town.zone).date() - timedelta(days=16)
    for kind, (schedule, _) in SCHEDULES.items():
        for one in schedule.between(first, last, town.world.calendar):
            for subject in SUBJECTS:
                known = f"{kind}|{subject}|{one.key}" in rows
                assert known or (schedule.shift is Shift.SKIP and one.nominal in town.rest), (kind, one)


async def waits_for_its_moment(town: Town) -> None:
    """What still waits falls due when the calendar of now says."""
    today = town.now.astimezone(town.zone).date()
    rows = {f"{row.kind}|{row.what}|{row.occurrence}": row for row in await Due.all()}
    for kind, (schedule, _) in SCHEDULES.items():
        for one in schedule.between(today, today + timedelta(days=15), town.world.calendar):
            row = rows.get(f"{kind}|{SUBJECTS[0]}|{one.key}")
            assert row is None or row.due_at is None or row.due_at == one.at, (kind, one, row.due_at)


EVENTS = st.tuples(
    st.sampled_from(
        ("passes", "passes", "outage", "steps_back", "power_cut", "paused", "resumed", "calendar")
    ),
    st.integers(1, 80),
)
STARTS = st.sampled_from(
    (
        (ZoneInfo("Asia/Shanghai"), datetime(2025, 12, 20, 1, tzinfo=UTC)),  # lists of the next year come
        (ZoneInfo("Asia/Shanghai"), datetime(2028, 2, 20, 15, tzinfo=UTC)),  # 29 February
        (ZoneInfo("Asia/Shanghai"), datetime(2026, 2, 10, 4, tzinfo=UTC)),  # 春节
        (ZoneInfo("Europe/Berlin"), datetime(2026, 3, 26, 4, tzinfo=UTC)),  # 02:30 does not exist
        (ZoneInfo("Europe/Berlin"), datetime(2026, 10, 22, 4, tzinfo=UTC)),  # 02:30 comes twice
    )
)


@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # a story takes a second: no shrinking
)
@given(start=STARTS, story=st.lists(EVENTS, max_size=6))
def test_each_occurrence_happens_once_or_is_accounted_for(
    start: tuple[ZoneInfo, datetime], story: list[tuple[str, int]]
) -> None:
    asyncio.run(lived(*start, story))
