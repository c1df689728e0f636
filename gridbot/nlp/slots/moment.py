"""One moment at one place of a text: a year, month, week, day, part of a day or clock time.

All arithmetic is on the wall clock of the place (naive datetimes); the caller attaches the zone.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta

from gridbot.nlp.slots.dates import date_of
from gridbot.nlp.slots.hours import ABOUT, begins_with_hour, clock
from gridbot.nlp.slots.months import inside_month
from gridbot.nlp.slots.span import Cursor, Span, one_day
from gridbot.nlp.slots.timewords import WEEK
from gridbot.nlp.slots.weeks import is_weekend, weekday_of
from gridbot.nlp.slots.years import inside_year

_THIS_HOUR = re.compile(r"(?:差不多)?(?:这个?时候|这会儿?|此时|同一时间|这个点)")
_WEEKDAY_NOTE = re.compile(rf"\s?[(（]?{WEEK}[一二三四五六日天][)）]?(?![前后])")


def read(text: str, at: int, now: datetime, *, after: Span | None = None) -> Span | None:
    """The moment written at `at`, as said at `now` (wall clock); `after`: the first half of a range."""
    try:
        return _read(Cursor(text, at), now, after)
    except (ValueError, OverflowError):
        return None


def within(text: str, at: int, unit: str, start: datetime, now: datetime) -> Span | None:
    """What is written at `at` of the day, week, month or year (`unit`) that begins at `start`.

    三天后|下午三点, 两周后|的周三, 三个月后|的5号, 三年前|的冬天.
    """
    cur = Cursor(text, at)
    cur.blanks()
    try:
        day = one_day(start.date(), cur) if unit == "天" else _part_of(cur, unit, start, now)
        if day is None or day.grain != "day":
            return day
        named = cur.at
        return clock(cur, day, now, None, at - 1) or (replace(day, text_end=named) if unit != "天" else None)
    except (ValueError, OverflowError):
        return None


def _part_of(cur: Cursor, unit: str, start: datetime, now: datetime) -> Span | None:
    begun = cur.at
    if unit == "周":
        return weekday_of(cur, start.date())
    if unit == "月":
        span = inside_month(cur, start.year, start.month)
        return span if cur.at > begun else None
    return inside_year(cur, now, start.year) if unit == "年" else None


def _read(cur: Cursor, now: datetime, after: Span | None) -> Span | None:
    begun = cur.at
    day = None if begins_with_hour(cur.text, begun) else date_of(cur, now, after)
    if day is not None and is_weekend(day):
        return clock(cur, one_day(day.start.date(), cur), now, after, begun) or day
    if day is not None and day.grain in ("year", "month", "week"):
        return day
    dated_end = cur.at
    cur.blanks()
    if day is not None:
        cur.take(_WEEKDAY_NOTE)
        cur.blanks()
        dated_end = cur.at
    if day is not None and cur.take(_THIS_HOUR):
        start = datetime.combine(day.start.date(), now.time())
        return Span(start, start + timedelta(minutes=1), "minute", cur.at)
    if day is not None:
        cur.take(ABOUT)
    hour = clock(cur, day, now, after, begun)
    if hour is not None:
        return hour
    cur.at = dated_end
    return day if cur.at > begun else None
