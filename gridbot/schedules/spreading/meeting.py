"""Before a meeting those invited have its agenda; afterwards its convener is asked for the decisions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from gridbot.digests import agenda
from gridbot.messages import Say
from gridbot.models.duty.duties import Due
from gridbot.models.spreading import meetings
from gridbot.schedules.jobs import Jobs, Late
from gridbot.world import World

jobs = Jobs()


@jobs.on(meetings.AGENDA, late=Late.SKIP, grace_s=2 * 3600)
async def pack(world: World, rows: Sequence[Due], now: datetime) -> list[Say]:
    """To the convener and everybody invited."""
    says: list[Say] = []
    for made in await _meant(rows):
        text = await agenda.compose(world, made)
        for contact in dict.fromkeys([*_convener(world, made), *made.invited]):
            says.append(Say(world.private(contact), text, "meeting.agenda"))
    return says


@jobs.on(meetings.AFTER)
async def after(world: World, rows: Sequence[Due], now: datetime) -> list[Say]:
    """The convener, once, where nothing was decided yet."""
    return [
        Say(world.private(contact), world.texts.say("meeting.ask", number=made.no), "meeting.ask")
        for made in await _meant(rows) if not made.decisions
        for contact in _convener(world, made)
    ]  # fmt: skip


def _convener(world: World, made: meetings.Meeting) -> list[str]:
    post = world.directory.staff(made.by)
    return [post.contact] if post is not None and post.contact else []


async def _meant(rows: Sequence[Due]) -> list[meetings.Meeting]:
    found = [await meetings.get(int(row.what.rpartition(":")[2])) for row in rows]
    return [made for made in found if made is not None and not made.stopped]
