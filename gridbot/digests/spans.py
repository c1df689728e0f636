"""Which moments a daily, weekly or monthly digest counts: days end when the digest goes out."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from gridbot.models.reckoning.figures import Span
from gridbot.world import World

DIGEST_AT = time(18, 0)
WEEKDAYS = "一二三四五六日"
LONGER_AT = time(8, 30)  # weeks, months, quarters, years: the morning after


class Period(StrEnum):
    """What one digest covers."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


_MONTHS = {Period.MONTH: 1, Period.QUARTER: 3, Period.YEAR: 12}


def span_of(world: World, period: Period, day: date, now: datetime | None = None) -> Span:
    """The span a digest of this day covers: from one digest to the next; not beyond `now` where it is given.

    A day runs from 18:00 of the day before, a week from Sunday 18:00; a month, a quarter, a year from 18:00
    of its eve.
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
        first=first,
    )


def running(world: World, period: Period, now: datetime) -> Span:
    """The span up to this moment; who asks in the evening means the day that is not over yet."""
    local = world.local(now)
    span = span_of(world, period, local.date())
    end = now.astimezone(UTC)
    soon = world.calendar.add_days(end, 1)
    return Span(span.start, end, span.before, soon, local.date(), min(span.first, local.date()))


def ended(world: World, day: date) -> list[tuple[Period, date]]:
    """The periods longer than a day that a leader hears about on this day, with the last day of each.

    That is the first day of work after a period's end, so that each is told once and never on a day of rest.
    """
    if not world.calendar.is_workday(day):
        return []
    found = []
    for period in (Period.WEEK, Period.MONTH, Period.QUARTER, Period.YEAR):
        first = _first_days(period, day)[0]
        if not any(world.calendar.is_workday(first + timedelta(days=n)) for n in range((day - first).days)):
            found.append((period, first - timedelta(days=1)))
    return found


def _first_days(period: Period, day: date) -> tuple[date, date]:
    """The first day of the period, and that of the one before."""
    if period is Period.WEEK:
        first = day - timedelta(days=day.weekday())
        return first, first - timedelta(days=7)
    months = _MONTHS.get(period)
    if months is None:
        return day, day - timedelta(days=1)
    first = day.replace(month=(day.month - 1) // months * months + 1, day=1)
    return first, _months_before(first, months)


def _months_before(first: date, months: int) -> date:
    count = first.year * 12 + first.month - 1 - months
    return date(count // 12, count % 12 + 1, 1)


def _moment(world: World, day: date) -> datetime:
    return world.calendar.at(day, DIGEST_AT)


def day_said(world: World, day: date) -> str:
    """A day with its weekday, as people read it."""
    return world.texts.say("digest.date", month=day.month, day=day.day, weekday=WEEKDAYS[day.weekday()])
