"""An hour before a training those invited are reminded; afterwards its leader reads who was missing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from gridbot.messages import Say
from gridbot.models.duty.duties import Due
from gridbot.models.spreading import courses
from gridbot.schedules.jobs import Jobs, Late
from gridbot.world import World

jobs = Jobs()

NAMED = 30


@jobs.on(courses.REMIND, late=Late.SKIP)
async def remind(world: World, rows: Sequence[Due], now: datetime) -> list[Say]:
    """Those invited; after it has begun there is nothing to remind of."""
    says: list[Say] = []
    for made in await _meant(rows):
        text = world.texts.say(
            "training.soon", number=made.no, at=world.texts.moment(made.starts_at, now), text=made.text
        )
        people = await courses.everybody(made.no)
        says += [Say(world.private(one.contact), text, "training.soon") for one in people]
    return says


@jobs.on(courses.CLOSE)
async def close(world: World, rows: Sequence[Due], now: datetime) -> list[Say]:
    """The leader has the count, and the list of those who should make it up."""
    says: list[Say] = []
    for made in await _meant(rows):
        leader = world.directory.staff(made.by)
        if leader is None or not leader.contact:
            continue
        people, missing = await courses.everybody(made.no), await courses.absent(made.no)
        names = [post.name for one in missing if (post := world.directory.staff(one.staff)) is not None]
        text = world.texts.say(
            "training.tally" if missing else "training.tally_full", number=made.no, text=made.text,
            all=len(people), came=sum(one.came_at is not None for one in people), missing=len(missing),
            names="、".join(names[:NAMED]) + ("…" if len(names) > NAMED else ""),
        )  # fmt: skip
        says.append(Say(world.private(leader.contact), text, "training.tally"))
    return says


async def _meant(rows: Sequence[Due]) -> list[courses.Training]:
    found = [await courses.get(int(row.what.rpartition(":")[2])) for row in rows]
    return [made for made in found if made is not None and not made.stopped]
