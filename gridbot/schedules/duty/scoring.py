"""After a quarter each leader gets the drafts of his workers' stars, in private."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from datetime import datetime, time

from gridbot.digests import scoring
from gridbot.messages import Say
from gridbot.models.duty.duties import Due
from gridbot.models.neighbours import scores
from gridbot.models.territory.people import Post
from gridbot.profiles import Period
from gridbot.recurrence import Schedule, Shift, Windows
from gridbot.schedules.jobs import Jobs, Window
from gridbot.world import World

jobs = Jobs()

HOUR = 9
MINUTES = 60  # leaders are spread over an hour: adding up a quarter takes a while


def leaders(world: World) -> Iterable[str]:
    """Everybody who leads somebody that is scored: "staff:s3"."""
    found = (world.directory.leader(post.node, but=post.staff) for post in scoring.scored(world))
    return dict.fromkeys(f"staff:{post.staff}" for post in found if post is not None)


def at_his_minute(world: World, subject: str) -> Schedule:
    """The first working day of a quarter, between nine and ten."""
    minute = zlib.crc32(subject.encode()) % MINUTES
    return Schedule(Windows(Period.QUARTER, 1), time(HOUR, minute), Shift.AFTER)


@jobs.every("scores", at_his_minute, leaders)
async def quarterly(world: World, rows: Sequence[Due], now: datetime) -> list[Say]:
    """By name and not by rank; departments are for whoever asks (考核)."""
    says = []
    for row in rows:
        leader = world.directory.staff(row.what.removeprefix("staff:"))
        if leader is None or not leader.contact:
            continue
        name = scores.before(scores.name_of(Window.of(row).nominal))
        posts = [post for post in scoring.scored(world) if _led(world, post, leader.staff)]
        mine = {post.staff for post in posts}
        await scoring.settle(world, scoring.quarter_named(world, name, now), mine)
        text = await scoring.draft(world, posts, name)
        once = f"scores:{name}:{leader.contact}"
        says.append(Say(world.private(leader.contact), text, "score.draft", once=once))
    return says


def _led(world: World, post: Post, staff: str) -> bool:
    leader = world.directory.leader(post.node, but=post.staff)
    return leader is not None and leader.staff == staff
