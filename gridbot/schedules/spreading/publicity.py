"""公示: in the middle of a month, and the day after somebody changed, a group reads who answers for it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time

from gridbot.clock import Breath
from gridbot.digests import board
from gridbot.messages import Say
from gridbot.models.duty.duties import Due
from gridbot.models.spreading import posted
from gridbot.models.territory.directory import Group
from gridbot.profiles import Period
from gridbot.recurrence import Schedule, Shift, Windows
from gridbot.schedules.jobs import Jobs, Late, Window
from gridbot.schedules.spreading.announcing import address
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
    for group in _groups(world):
        await breath.take()
        says.append(await _post(world, group, occurrence))
    return says


@jobs.every("board_changes", Schedule(Windows(Period.DAY, 1), time(9, 30)), late=Late.FOLD)
async def changes(world: World, rows: Sequence[Due], now: datetime) -> list[Say]:
    """Groups whose people are others than those they were shown; the first sight is no change."""
    known, says, breath = await posted.marks(KIND), list[Say](), Breath()
    for group in _groups(world):
        await breath.take()
        mark = board.board(world, group.node).mark
        before = known.get(group.room)
        if before is None:
            await posted.show(KIND, group.room, mark)
        elif before != mark:
            says.append(await _post(world, group, mark))
    return says


def _groups(world: World) -> list[Group]:
    return [group for group in world.directory.groups if group.residents and group.listen == "keywords"]


async def _post(world: World, group: Group, occurrence: str) -> Say:
    shown = board.board(world, group.node)
    await posted.show(KIND, group.room, shown.mark)
    text = board.short(world, shown)
    return Say(address(world, group), text, "board.short", once=f"board:{group.id}:{occurrence}")
