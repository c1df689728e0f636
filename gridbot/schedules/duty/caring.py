"""By the clock: talks with people in care, campaigns that are open, what is needed during a crisis."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import datetime, time, timedelta

from gridbot.messages import Say
from gridbot.models.duty import campaigns, crises, keypeople, notes, visits
from gridbot.models.duty.care import Crisis, KeyPerson
from gridbot.models.duty.duties import Due
from gridbot.models.duty.visits import NOWHERE
from gridbot.profiles import Period
from gridbot.recurrence import Schedule, Shift, Windows
from gridbot.schedules.jobs import Jobs, Late
from gridbot.world import World

jobs = Jobs()

LATE = timedelta(days=3)
CLOSING_SOON = timedelta(days=3)
SHOWN = 5


BEFORE_THE_LISTS = Schedule(Windows(Period.DAY), time(7, 30), Shift.SKIP)


@jobs.every("talks_due", BEFORE_THE_LISTS, late=Late.FOLD)
async def talks_due(world: World, rows: Sequence[Due], now: datetime) -> list[Say]:
    """Who has to be talked with goes into a morning list: on the day, then on Mondays.

    Three days late the leader reads a number in his own.
    """
    today = world.local(now).date()
    yesterday = world.calendar.workday_on_or_before(today - timedelta(days=1))
    mine: dict[str, list[KeyPerson]] = defaultdict(list)
    late: Counter[str] = Counter()
    for person in await keypeople.due(today):
        assert person.next_on is not None
        if person.next_on > yesterday or today.weekday() == 0:
            mine[person.worker].append(person)
        leader = world.directory.leader(person.grid, but=person.worker)
        if leader is not None and yesterday < person.next_on + LATE <= today:
            late[leader.staff] += 1
    for worker, people in mine.items():
        doors = await visits.doors(person.household for person in people)
        lines = "\n".join(
            f"· {person.name}（{doors.get(person.household, NOWHERE)}）" for person in people[:SHOWN]
        )
        await notes.hold(worker, [world.texts.say("care.due", count=len(people), lines=lines)], now)
    for staff, count in late.items():
        await notes.hold(staff, [world.texts.say("care.late", count=count)], now)
    return []


@jobs.every("campaigns_due", BEFORE_THE_LISTS, late=Late.FOLD)
async def campaigns_due(world: World, rows: Sequence[Due], now: datetime) -> list[Say]:
    """Three days before the end and on the last working day: who has open what, once each."""
    today = world.local(now).date()
    yesterday = world.calendar.workday_on_or_before(today - timedelta(days=1))
    for row in await campaigns.open_at(list(world.directory.nodes)):
        if row.due_on is None:
            continue
        last = world.calendar.workday_on_or_before(row.due_on)
        if not (last == today or yesterday < row.due_on - CLOSING_SOON <= today):
            continue
        open_ones = Counter(one.grid for one in await campaigns.items(row) if one.at is None)
        for grid, count in open_ones.items():
            worker = world.directory.worker(grid)
            if worker is not None:
                day = world.texts.on(row.due_on)
                text = world.texts.say("campaign.remind", name=row.name, count=count, day=day)
                await notes.hold(worker.staff, [text], now)
    return []


@jobs.every("crisis_noon", Schedule(Windows(Period.DAY), time(11, 30)), late=Late.FOLD)
async def crisis_noon(world: World, rows: Sequence[Due], now: datetime) -> list[Say]:
    """Twice a day whoever switched it on sees what is asked for and what is done."""
    return [say for row in await crises.open_ones() for say in await _rolled_up(world, row)]


@jobs.every("crisis_evening", Schedule(Windows(Period.DAY), time(17, 30)), late=Late.FOLD)
async def crisis_evening(world: World, rows: Sequence[Due], now: datetime) -> list[Say]:
    """The second of the day."""
    return [say for row in await crises.open_ones() for say in await _rolled_up(world, row)]


async def _rolled_up(world: World, row: Crisis) -> list[Say]:
    found = await crises.all_of(row)
    done = [need for need in found if need.done_at is not None]
    kinds = Counter(need.kind for need in found if need.done_at is None)
    grids = Counter(need.grid for need in found if need.done_at is None)
    lines = [f"{kind} {count}" for kind, count in kinds.most_common()]
    where = [f"{world.directory.nodes[code].name} {count}" for code, count in grids.most_common(SHOWN)]
    text = world.texts.say(
        "crisis.roll_up", why=row.why, asked=len(found), done=len(done), open=len(found) - len(done),
        kinds="、".join(lines) or "0", grids="、".join(where) or "0",
    )  # fmt: skip
    leader = world.directory.leader(row.node)
    return [Say(world.private(leader.contact), text, "crisis.roll_up")] if leader and leader.contact else []
