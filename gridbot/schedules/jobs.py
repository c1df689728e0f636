"""The shape of a job, and the table that names them: one file a job.

    jobs = Jobs()

    @jobs.on("look_in", late=Late.SKIP, grace_s=7200)      # rows that somebody puts on the board
    async def look_in(world, rows, now): ...

    @jobs.every(                                           # rows that come back by a rule
        "report_due", Schedule(Windows(Period.MONTH, 25), time(9), Shift.BEFORE), grids, late=Late.NOW
    )
    async def report_due(world, rows, now):
        for row in rows:
            window = Window.of(row)                        # window.first … window.last, window.nominal

`grids(world)` names the subjects ("node:g1"); a schedule may also be a function of (world, subject), None for
a subject that has none. Who is paused (models/duty/pauses.py) is not in `rows`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from gridbot.messages import Say
from gridbot.models.duty.duties import Due
from gridbot.recurrence import FARTHEST_SHIFT, Occurrence, Schedule, Shift
from gridbot.world import World


class Late(StrEnum):
    """What becomes of an occurrence whose moment passed while nobody was running."""

    NOW = "now"  # do it now
    FOLD = "fold"  # several late occurrences of one subject become one
    SKIP = "skip"  # leave it out and say so in the digest


Run = Callable[[World, Sequence[Due], datetime], Awaitable[Sequence[Say]]]


Subjects = Callable[[World], Iterable[str]]
Scheduled = Schedule | Callable[[World, str], Schedule | None]


def everywhere(world: World) -> Iterable[str]:
    """The one subject of what happens once for all."""
    return ("all",)


def grids(world: World) -> Iterable[str]:
    """Every node whose level is a grid's: "node:g1"."""
    nodes = world.directory.nodes.values()
    return (
        f"node:{node.code}" for node in nodes if node.level in world.directory.profile(node.code).grid_levels
    )


@dataclass(frozen=True, slots=True)
class Recurring:
    """Whom a kind concerns and when it comes back; `ahead`: how long before its nominal day it is planned."""

    schedule: Scheduled
    subjects: Subjects = everywhere
    ahead: timedelta = timedelta(days=1)

    def of(self, world: World, subject: str) -> Schedule | None:
        """The schedule of one subject, None where it has none."""
        return self.schedule if isinstance(self.schedule, Schedule) else self.schedule(world, subject)


@dataclass(frozen=True, slots=True)
class Window:
    """What an occurrence stands for: days, both ends included."""

    first: date
    last: date
    nominal: date

    @classmethod
    def of(cls, row: Due) -> Window:
        """The window of a row that `every` has put on the board."""
        first, last, nominal = (date.fromisoformat(str(row.data[name])) for name in ("first", "last", "on"))
        return cls(first, last, nominal)

    @staticmethod
    def data(one: Occurrence) -> dict[str, object]:
        """The same, as a row keeps it."""
        return {"first": str(one.first), "last": str(one.last), "on": str(one.nominal)}


@dataclass(frozen=True, slots=True)
class Job:
    """`run(world, rows, now)` does all rows of its kind that fell due at one moment (UTC)."""

    kind: str
    run: Run
    late: Late = Late.NOW
    grace_s: float = 3600  # how late is late
    recurring: Recurring | None = None
    waits: bool = False  # its messages are reminders that can wait: see tempering.py
    tempers: bool = False  # some of them are, and it tempers those itself


class Jobs:
    """Jobs by kind; each schedules/*.py file registers its own."""

    def __init__(self) -> None:
        self.table: dict[str, Job] = {}

    def on(
        self,
        kind: str,
        *,
        late: Late = Late.NOW,
        grace_s: float = 3600,
        waits: bool = False,
        tempers: bool = False,
    ) -> Callable[[Run], Run]:
        """Register a job whose rows somebody puts on the board."""

        def register(run: Run) -> Run:
            assert kind not in self.table, kind
            self.table[kind] = Job(kind, run, late, grace_s, waits=waits, tempers=tempers)
            return run

        return register

    def every(
        self,
        kind: str,
        schedule: Scheduled,
        subjects: Subjects = everywhere,
        *,
        late: Late = Late.NOW,
        grace_s: float = 3600,
        waits: bool = False,
    ) -> Callable[[Run], Run]:
        """Register a job whose rows come back by a schedule, for each of its subjects."""
        shifts_before = not isinstance(schedule, Schedule) or schedule.shift is Shift.BEFORE
        ahead = FARTHEST_SHIFT if shifts_before else timedelta(days=1)

        def register(run: Run) -> Run:
            assert kind not in self.table, kind
            self.table[kind] = Job(kind, run, late, grace_s, Recurring(schedule, subjects, ahead), waits)
            return run

        return register
