"""On the first working day of a month residents read what was done last month: counts, no names.

Who answers for the grid stands in the same post where somebody has changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from gridbot.clock import Breath
from gridbot.messages import Say
from gridbot.models.duty.duties import Due
from gridbot.models.reckoning import results
from gridbot.models.spreading import posted
from gridbot.profiles import Period
from gridbot.recurrence import Schedule, Shift, Windows
from gridbot.schedules.jobs import Jobs, Late, Window
from gridbot.schedules.spreading import publicity
from gridbot.world import World

jobs = Jobs()

GRACE_S = 2 * 24 * 3600


@jobs.every(
    "results", Schedule(Windows(Period.MONTH, 1), time(10), Shift.AFTER), late=Late.SKIP, grace_s=GRACE_S
)
async def post(world: World, rows: Sequence[Due], now: datetime) -> list[Say]:
    """One short post a group; a group that is not read along, or with nothing to tell, gets none."""
    first = Window.of(rows[-1]).nominal.replace(day=1)
    last_month = (first - timedelta(days=1)).replace(day=1)
    found = await results.between(_midnight(world, last_month), _midnight(world, first))
    directory, says, breath = world.directory, [], Breath()
    known = await posted.marks(publicity.KIND)
    for group in publicity.groups(world):
        await breath.take()
        people = await publicity.changed(world, group, known)
        below = directory.under(group.node)
        resolved, visited = (
            sum(counts[code] for code in below) for counts in (found.resolved, found.visited)
        )
        if not (resolved or visited or people):
            continue
        key = "verify.results" if visited else "verify.results_tickets"
        done = world.texts.say(key, resolved=resolved, visited=visited) if resolved or visited else ""
        text = "\n".join(filter(None, (done, people)))
        says.append(Say(world.room(group), text, key, once=f"results:{group.id}:{last_month}"))
    return says


def _midnight(world: World, day: date) -> datetime:
    return world.calendar.at(day, time())
