"""At six in the evening every leader gets one message: the day, what is late, what is not known."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from gridbot.clock import sleep
from gridbot.digests import DIGEST_AT, Period, compose, figures_of, leads, row_of, span_of
from gridbot.messages import Say
from gridbot.models import figures
from gridbot.models.board import Plan
from gridbot.models.directory import Post
from gridbot.models.duties import DigestRow, Due
from gridbot.models.figures import Facts
from gridbot.schedules.jobs import Jobs
from gridbot.world import World

jobs = Jobs()

BREATH = 20  # leaders composed before others get their turn


def plans(world: World, day: date) -> list[Plan]:
    """One digest for every leader who can be reached; whether it is worth sending shows at its time."""
    at = world.calendar.at(day, DIGEST_AT)
    return [
        Plan("digest", f"staff:{staff}", at, day.isoformat())
        for staff, posts in world.directory.leaders().items()
        if any(post.contact for post in posts)
    ]


@jobs.on("digest")
async def digest(world: World, rows: Sequence[Due], now: datetime) -> list[Say]:
    """Send the day's digest; of several late ones only the newest, and none at night.

    Left out on a day of rest on which nothing happened.
    """
    says: list[Say] = []
    stored: list[DigestRow] = []
    newest = {row.what: row for row in sorted(rows, key=lambda row: row.occurrence)}
    facts: dict[date, Facts] = {}
    for number, (what, row) in enumerate(newest.items()):
        day = date.fromisoformat(row.occurrence)
        if day not in facts:
            facts[day] = await figures.gather(span_of(world, Period.DAY, day))
        if number % BREATH == 0:
            await sleep(0)
        posts = world.directory.leaders().get(what.removeprefix("staff:"), ())
        if posts and (made := _digest(world, posts, facts[day], day, now)):
            says.append(made[0])
            stored.append(made[1])
    await DigestRow.bulk_create(stored, batch_size=200)
    return says


def _digest(
    world: World, posts: Sequence[Post], facts: Facts, day: date, now: datetime
) -> tuple[Say, DigestRow] | None:
    contact = next((post.contact for post in posts if post.contact), "")
    found = figures_of(world, facts, leads(world, posts))
    if not contact or not (found.happened or world.calendar.is_workday(day)):
        return None
    text = compose(world, found)
    say = Say(
        world.private(contact), text, "digest.day",
        once=f"digest:{posts[0].staff}:{day}", not_before=world.quiet_ends(now) if world.quiet(now) else None,
    )  # fmt: skip
    return say, row_of(posts[0].staff, found, Period.DAY, now, text)
