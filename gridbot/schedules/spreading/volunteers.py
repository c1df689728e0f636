"""On the eve of an activity those who signed up are reminded; whoever called them reads who comes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from gridbot.messages import Say
from gridbot.models.duty.duties import Due
from gridbot.models.neighbours import volunteering
from gridbot.models.neighbours.trust import Activity, SignUp
from gridbot.schedules.jobs import Jobs, Late
from gridbot.world import World

jobs = Jobs()

SETTLED = timedelta(hours=1)  # before that the roster has hardly begun
NAMED = 30


@jobs.on("activity_eve", late=Late.SKIP, grace_s=12 * 3600)
async def eve(world: World, rows: Sequence[Due], now: datetime) -> list[Say]:
    """One word to each, and the roster to the author."""
    says: list[Say] = []
    for row in rows:
        found = await volunteering.get(int(row.what.removeprefix("activity:")))
        if found is None or found.starts_at <= now:
            continue
        at = world.texts.moment(found.starts_at, now)
        text = world.texts.say("volunteer.eve", title=found.title, at=at)
        people = await volunteering.roster(activity=found.id)
        says += [Say(world.private(each.contact), text, "volunteer.eve") for each in people]
        says += _to_author(world, found, people, at) if now - found.at >= SETTLED else []
    return says


def _to_author(world: World, found: Activity, people: Sequence[SignUp], at: str) -> list[Say]:
    author = world.directory.staff(found.by)
    if author is None or not author.contact or not people:
        return []
    names = "、".join(each.name for each in people[:NAMED]) + ("…" if len(people) > NAMED else "")
    text = world.texts.say(
        "volunteer.who_comes", number=found.id, title=found.title, at=at, count=len(people), names=names
    )
    return [Say(world.private(author.contact), text, "volunteer.who_comes")]
