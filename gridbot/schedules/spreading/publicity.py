"""公示: in the middle of a month, and the day after somebody changed, a group reads who answers for it.

On the days of the monthly posts a change waits for them, so that a group reads one post and not two.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta

from gridbot.clock import Breath
from gridbot.digests import board
from gridbot.messages import Say
from gridbot.models.duty.duties import Due
from gridbot.models.spreading import posted
from gridbot.models.territory.directory import Group
from gridbot.profiles import Period
from gridbot.recurrence import Schedule, Shift, Windows
from gridbot.schedules.jobs import Jobs, Late, Window
from gridbot.world import World

jobs = Jobs()

KIND = "board"
GRACE_S = 2 * 24 * 3600


@jobs.every(
    "board_monthly",
    Schedule(Windows(Period.MONTH, 15), time(10), Shift.AFTER),
    late=Late.SKIP,
    grace_s=GRACE_S,
)
async def monthly(world: World, rows: Sequence[Due], now: datetime) -> list[Say]:
    """Every group that is read along, whether anything changed or not."""
    occurrence = str(Window.of(rows[-1]).first)
    says, breath = list[Say](), Breath()
    for group in groups(world):
        await breath.take()
        says.append(await _post(world, group, occurrence))
    return says


@jobs.every("board_changes", Schedule(Windows(Period.DAY, 1), time(9, 30)), late=Late.FOLD)
async def changes(world: World, rows: Sequence[Due], now: datetime) -> list[Say]:
    """Groups whose people are others than those they were shown; the first sight is no change."""
    known, says, breath = await posted.marks(KIND), list[Say](), Breath()
    later = _posted_today(world, world.local(now).date())
    for group in groups(world):
        await breath.take()
        mark = board.board(world, group.node).mark
        before = known.get(group.room)
        if before is None:
            await posted.show(KIND, group.room, mark)
        elif before != mark and not later:
            says.append(await _post(world, group, mark))
    return says


def _posted_today(world: World, day: date) -> bool:
    """Whether the month's results, or its board, are posted on this day anyway."""
    calendar = world.calendar
    wanted = (day.replace(day=1), day.replace(day=15))
    return any(day == calendar.next_workday(one - timedelta(days=1)) for one in wanted)


async def changed(world: World, group: Group, known: Mapping[str, str]) -> str:
    """What a group reads of its people where they are others than it was shown; "" where they are not."""
    shown = board.board(world, group.node)
    if known.get(group.room, shown.mark) == shown.mark:
        return ""
    await posted.show(KIND, group.room, shown.mark)
    return board.short(world, shown)


def groups(world: World) -> list[Group]:
    """The residents' groups that are read along."""
    return [group for group in world.directory.groups if group.residents and group.listen == "keywords"]


async def _post(world: World, group: Group, occurrence: str) -> Say:
    shown = board.board(world, group.node)
    await posted.show(KIND, group.room, shown.mark)
    text = board.short(world, shown)
    return Say(world.room(group), text, "board.short", once=f"board:{group.id}:{occurrence}")
