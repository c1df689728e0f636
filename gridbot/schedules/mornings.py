"""When somebody's morning list comes: what waits for a day's beginning is told in it."""

from __future__ import annotations

from datetime import date, datetime, time

from gridbot.errors import BadInput
from gridbot.models.territory import onduty
from gridbot.models.territory.people import Post
from gridbot.profiles import Rank
from gridbot.workdays import parse_hours
from gridbot.world import World

LISTED = (Rank.WORKER, Rank.LEADER)  # who gets a morning list
MORNING_AT = time(8, 0)


def reads_one(world: World, staff: str) -> bool:
    """Whether somebody has a list on the mornings of working days."""
    return any(post.contact and post.rank in LISTED for post in world.directory.posts_of(staff))


def begins(post: Post) -> time:
    """When somebody's day begins: eight o'clock, or the first of his own hours if that is later."""
    if not post.hours or post.employment == onduty.PART_TIME:
        return MORNING_AT
    try:
        return max(MORNING_AT, parse_hours(post.hours)[0][0])
    except BadInput:
        return MORNING_AT


def list_at(world: World, post: Post, day: date) -> datetime | None:
    """The moment of a post's list on a day (UTC); None on a day of rest."""
    if not world.calendar.is_workday(day):
        return None
    return onduty.reminded_at(world.calendar, post, world.calendar.at(day, begins(post)))
