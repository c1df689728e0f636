"""Who acts for a post at a moment: himself, his deputy in his hours, whoever stands in for a leave."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from gridbot.errors import BadInput
from gridbot.models.territory.directory import Away, Directory
from gridbot.models.territory.people import Post
from gridbot.workdays import Hours, WorkCalendar, parse_hours

LOOK_AHEAD = 15  # days
PART_TIME = "兼职"


@dataclass(frozen=True, slots=True)
class Acting:
    """`post` acts from `since` on (UTC); `why` is leave, hours, or "" where he acts for himself."""

    post: Post
    since: datetime
    why: str = ""


def away(directory: Directory, staff: str, at: datetime) -> Away | None:
    """The absence of a person at a moment."""
    return next((one for one in directory.away(staff) if one.starts_at <= at < one.ends_at), None)


def stand_in(directory: Directory, post: Post, at: datetime) -> Post | None:
    """Who acts for somebody who is away: whoever he named, his deputy, the leader; nobody who is away too."""
    seen = {post.staff}
    current = post
    while (gone := away(directory, current.staff, at)) is not None:
        following = (
            directory.staff(gone.stand_in)
            or directory.deputy(current.staff)
            or directory.leader(current.node, but=current.staff)
        )
        if following is None or following.staff in seen:
            return directory.leader(post.node, but=post.staff)
        seen.add(following.staff)
        current = following
    return current


def acting(directory: Directory, calendar: WorkCalendar, post: Post, at: datetime, *, urgent: bool) -> Acting:
    """Who has to do with an ordinary matter now; an urgent one waits for no hours."""
    present = stand_in(directory, post, at) or post
    why = "leave" if present.staff != post.staff else ""
    if urgent or on_duty(calendar, present, at):
        return Acting(present, at, why)
    deputy = directory.deputy(present.staff)
    if deputy is not None and deputy.hours and not away(directory, deputy.staff, at):
        begins = next_on_duty(calendar, deputy, at)
        if begins < next_on_duty(calendar, present, at):
            return Acting(deputy, begins, "hours")
    return Acting(present, next_on_duty(calendar, present, at), why or "hours")


def on_duty(calendar: WorkCalendar, post: Post, at: datetime) -> bool:
    """Whether a moment lies in a person's hours; who has none is there in office hours and beyond."""
    return next_on_duty(calendar, post, at) <= at


def next_on_duty(calendar: WorkCalendar, post: Post, at: datetime) -> datetime:
    """The moment itself within a person's hours, else the next time they begin.

    The hours of a main post are those of working days; a deputy keeps his every day. Those of a 兼职
    are his other job's: new matters reach him all the same, see `reminded_at`.
    """
    hours = _hours(post.hours)
    if not hours or _elsewhere(post):
        return at
    day = calendar.day_of(at)
    for _ in range(LOOK_AHEAD):
        if post.deputy_of or calendar.is_workday(day):
            for begins, ends in hours:
                if calendar.at(day, ends) > at:
                    return max(at, calendar.at(day, begins))
        day += timedelta(days=1)
    return at


def shift_ends(calendar: WorkCalendar, post: Post, at: datetime) -> datetime | None:
    """When the hours of a post in which a moment lies are over; None out of them, and where it has none."""
    hours = _hours(post.hours)
    if not hours or _elsewhere(post) or not on_duty(calendar, post, at):
        return None
    day = calendar.day_of(at)
    return next((end for _, ends in hours if (end := calendar.at(day, ends)) > at), None)


def reminded_at(calendar: WorkCalendar, post: Post, at: datetime) -> datetime:
    """When somebody may be reminded: at once, but a 兼职 not while he is at his other job."""
    if not _elsewhere(post):
        return at
    day = calendar.day_of(at)
    if not calendar.is_workday(day):
        return at
    for begins, ends in _hours(post.hours):
        if calendar.at(day, begins) <= at < calendar.at(day, ends):
            at = calendar.at(day, ends)
    return at


def _elsewhere(post: Post) -> bool:
    """Whether a post's hours are those of another job its holder has."""
    return post.employment == PART_TIME and not post.deputy_of


@lru_cache(maxsize=1024)
def _hours(text: str) -> Hours:
    try:
        return parse_hours(text) if text else ()
    except BadInput:
        return ()
