"""On the eve of an activity those who signed up are reminded, in private."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from gridbot.messages import Say
from gridbot.models.duty.duties import Due
from gridbot.models.neighbours import volunteering
from gridbot.schedules.jobs import Jobs, Late
from gridbot.world import World

jobs = Jobs()


@jobs.on("activity_eve", late=Late.SKIP, grace_s=12 * 3600)
async def eve(world: World, rows: Sequence[Due], now: datetime) -> list[Say]:
    """One word to each."""
    says = []
    for row in rows:
        found = await volunteering.get(int(row.what.removeprefix("activity:")))
        if found is None or found.starts_at <= now:
            continue
        at = world.texts.moment(found.starts_at, now)
        text = world.texts.say("volunteer.eve", title=found.title, at=at)
        for each in await volunteering.roster(activity=found.id):
            says.append(Say(world.private(each.contact), text, "volunteer.eve"))
    return says
