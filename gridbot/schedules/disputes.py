"""Seven, thirty and ninety days after an agreement somebody asks how it holds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from gridbot.messages import Say
from gridbot.models import disputes
from gridbot.models.duties import Due
from gridbot.schedules.jobs import Jobs
from gridbot.world import World

jobs = Jobs()


@jobs.on("dispute_follow_up")
async def follow_up(world: World, rows: Sequence[Due], now: datetime) -> list[Say]:
    """The mediator is reminded in private; the worker of the grid where there is none."""
    says: list[Say] = []
    for row in rows:
        number = int(row.what.removeprefix("dispute:"))
        found = await disputes.find(number)
        if found is None or found.state != disputes.AGREED:
            continue
        post = world.directory.staff(found.mediator) or world.directory.worker(found.node)
        if post is None or not post.contact:
            continue
        text = world.texts.say("dispute.follow_up", no=number, days=row.occurrence)
        says.append(Say(world.private(post.contact), text, "dispute.follow_up", about={"ticket": number}))
    return says
