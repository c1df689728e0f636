"""What a changed rule would have done with matters that are over: whose they would have been, by when."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path

from gridbot.errors import BadInput
from gridbot.models.cases import deadlines, routing
from gridbot.models.cases.tickets import Ticket
from gridbot.models.territory.directory import Directory
from gridbot.profiles import Profile
from gridbot.world import World


@dataclass(frozen=True, slots=True)
class Matter:
    """As much of a ticket as routing needs."""

    no: int
    category: str
    sub: str | None
    urgency: str
    grid: str
    opened_at: datetime


@dataclass(frozen=True, slots=True)
class Difference:
    """One matter that would have gone another way: role and name, or a moment, before and after."""

    no: int
    what: str
    before: str
    after: str


@dataclass(slots=True)
class Outcome:
    """How many matters were looked at, and those that would have been different."""

    looked: int = 0
    moved: list[Difference] = field(default_factory=list)
    dated: list[Difference] = field(default_factory=list)

    def values(self) -> dict[str, object]:
        """The same as plain values."""
        return asdict(self)


def replaced(file: Path) -> str:
    """Which profile a changed file stands for: the one it inherits from, "" where it says nothing."""
    return str(tomllib.loads(file.read_text("utf-8")).get("inherit", ""))


async def of_database(since: datetime) -> list[Matter]:
    """The tickets opened since a moment."""
    rows = await Ticket.filter(opened_at__gte=since).order_by("no")
    return [Matter(t.no, t.category, t.sub, t.urgency, t.grid, t.opened_at) for t in rows]


def of_report(file: Path) -> list[Matter]:
    """The tickets of a replay's report."""
    try:
        tickets = json.loads(file.read_text("utf-8"))["tickets"]
        return [
            Matter(
                t["no"],
                t["category"],
                t["sub"],
                t["urgency"],
                t["grid"],
                datetime.fromisoformat(t["opened_at"]),
            )
            for t in tickets
        ]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BadInput("不是回放报告", file=file, hint="用 gridbot replay --report 写出的文件") from error


def compared(world: World, matters: Iterable[Matter], changed: Profile, name: str) -> Outcome:
    """Route every matter by the rules in force and by the changed ones; other profiles' are left out."""
    directory, found = world.directory, Outcome()
    trial = directory.with_profile(changed, name)
    for matter in matters:
        if matter.grid not in directory.nodes or directory.profile(matter.grid).name != name:
            continue
        found.looked += 1
        what = _what(directory, matter)
        ways = [_holder(each, matter) for each in (directory, trial)]
        if ways[0] != ways[1]:
            found.moved.append(Difference(matter.no, what, *ways))
        dates = [_due(world, each, matter) for each in (directory, trial)]
        if dates[0] != dates[1]:
            found.dated.append(Difference(matter.no, what, *dates))
    return found


def _what(directory: Directory, matter: Matter) -> str:
    known = directory.profile(matter.grid).category(matter.category)
    return known.subs.get(matter.sub or "", known.zh)


def _holder(directory: Directory, matter: Matter) -> str:
    start = routing.start(directory, matter.grid, matter.category, matter.sub, matter.urgency)
    steps: Sequence[str] = start.route.steps if start.route else ()
    first = f"{start.post.role}{start.post.name}" if start.post else ""
    return first + (f"（{'→'.join(steps)}）" if steps else "")


def _due(world: World, directory: Directory, matter: Matter) -> str:
    profile = directory.profile(matter.grid)
    level = profile.service_level(matter.category, matter.sub, matter.urgency)
    calendar = world.calendar.with_hours(profile.office_hours)
    due = deadlines.of(level, calendar, matter.opened_at, matter.opened_at)
    return f"{world.local(due.first_reply):%m-%d %H:%M}／{world.local(due.deadline):%m-%d %H:%M}"
