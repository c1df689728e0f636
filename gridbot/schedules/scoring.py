"""After a quarter each leader gets the drafts of his workers' stars, in private."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, time

from gridbot.digests import scoring
from gridbot.messages import Say
from gridbot.models import scores
from gridbot.models.directory import Post
from gridbot.models.duties import Due
from gridbot.profiles import Period
from gridbot.recurrence import Schedule, Shift, Windows
from gridbot.schedules.jobs import Jobs, Window
from gridbot.world import World

jobs = Jobs()


@jobs.every("scores", Schedule(Windows(Period.QUARTER, 1), time(9), Shift.AFTER))
async def quarterly(world: World, rows: Sequence[Due], now: datetime) -> list[Say]:
    """By name and not by rank; departments are for whoever asks (考核)."""
    name = scores.before(scores.name_of(Window.of(rows[-1]).nominal))
    await scoring.settle(world, scoring.quarter_named(world, name, now))
    by_leader: dict[str, list[Post]] = defaultdict(list)
    for post in scoring.scored(world):
        leader = world.directory.leader(post.node, but=post.staff)
        if leader is not None and leader.contact:
            by_leader[leader.contact].append(post)
    says = []
    for contact, posts in by_leader.items():
        text = await scoring.draft(world, posts, name)
        says.append(Say(world.private(contact), text, "score.draft", once=f"scores:{name}:{contact}"))
    return says
