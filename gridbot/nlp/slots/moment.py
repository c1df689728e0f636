"""One moment at one place of a text: a year, month, week, day, part of a day or clock time.

All arithmetic is on the wall clock of the place (naive datetimes); the caller attaches the zone.
"""

from __future__ import annotations

import re
from datetime import datetime

from gridbot.nlp.slots.dates import date_of
from gridbot.nlp.slots.hours import clock
from gridbot.nlp.slots.span import Cursor, Span, one_day
from gridbot.nlp.slots.timewords import WEEK
from gridbot.nlp.slots.weeks import is_weekend

_WEEKDAY_NOTE = re.compile(rf"\s?[(（]?{WEEK}[一二三四五六日天][)）]?(?![前后])")


def read(text: str, at: int, now: datetime, *, after: Span | None = None) -> Span | None:
    """The moment written at `at`, as said at `now` (wall clock); `after`: the first half of a range."""
    try:
        return _read(Cursor(text, at), now, after)
    except (ValueError, OverflowError):
        return None


def on_day(text: str, at: int, day: datetime | None, now: datetime) -> Span | None:
    """The part or clock time written at `at`, on the `day` that is named before it: 三天后|下午三点."""
    if day is None:
        return None
    cur = Cursor(text, at)
    cur.blanks()
    try:
        return clock(cur, one_day(day.date(), cur), now, None, at - 1)
    except (ValueError, OverflowError):
        return None


def _read(cur: Cursor, now: datetime, after: Span | None) -> Span | None:
    begun = cur.at
    day = date_of(cur, now, after)
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
    hour = clock(cur, day, now, after, begun)
    if hour is not None:
        return hour
    cur.at = dated_end
    return day if cur.at > begun else None
