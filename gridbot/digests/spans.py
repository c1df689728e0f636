"""Which moments a daily, weekly or monthly digest counts: days end when the digest goes out."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from gridbot.models.figures import Span
from gridbot.world import World

DIGEST_AT = time(18, 0)


class Period(StrEnum):
    """What one digest covers."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


def span_of(world: World, period: Period, day: date, now: datetime | None = None) -> Span:
    """The span a digest of this day covers: from one digest to the next; not beyond `now` where it is given.

    A day runs from 18:00 of the day before, a week from Sunday 18:00, a month from 18:00 of its eve.
    """
    first, first_before = _first_days(period, day)
    end = _moment(world, day)
    if now is not None:
        end = min(end, now.astimezone(UTC)) if world.local(now).date() == day else end
    return Span(
        start=_moment(world, first - timedelta(days=1)),
        end=end,
        before=_moment(world, first_before - timedelta(days=1)),
        soon=world.calendar.add_days(end, 1),
        day=day,
    )


def running(world: World, period: Period, now: datetime) -> Span:
    """The span up to this moment; after 18:00 it is already the next day's."""
    local = world.local(now)
    day = local.date() + timedelta(days=local.time() >= DIGEST_AT)
    span = span_of(world, period, day)
    end = now.astimezone(UTC)
    return Span(span.start, end, span.before, world.calendar.add_days(end, 1), local.date())


def _first_days(period: Period, day: date) -> tuple[date, date]:
    """The first day of the period, and that of the one before."""
    if period is Period.WEEK:
        first = day - timedelta(days=day.weekday())
        return first, first - timedelta(days=7)
    if period is Period.MONTH:
        first = day.replace(day=1)
        return first, (first - timedelta(days=1)).replace(day=1)
    return day, day - timedelta(days=1)


def _moment(world: World, day: date) -> datetime:
    return world.calendar.at(day, DIGEST_AT)
