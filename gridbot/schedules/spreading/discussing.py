"""When the time for opinions is over the host gets the count, and is asked for the result."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from gridbot.messages import Say
from gridbot.models.duty.duties import Due
from gridbot.models.neighbours import discussions
from gridbot.schedules.jobs import Jobs
from gridbot.world import World

jobs = Jobs()


@jobs.on("discussion_closes")
async def closes(world: World, rows: Sequence[Due], now: datetime) -> list[Say]:
    """Once, in private."""
    says = []
    for row in rows:
        found = await discussions.get(int(row.what.removeprefix("discussion:")))
        if found is None or found.state != discussions.OPEN:
            continue
        await discussions.summed(found)
        host = world.directory.staff(found.by) or world.directory.leader(found.node)
        if host is None or not host.contact:
            continue
        count = discussions.tally(await discussions.voices(found.id))
        text = world.texts.say(
            "discuss.closed", number=found.id, title=found.title, all=count.all, agree=count.agree,
            against=count.against, other=count.other, pledges=count.pledges,
        )  # fmt: skip
        says.append(Say(world.private(host.contact), text, "discuss.closed"))
    return says
