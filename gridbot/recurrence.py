"""When something falls due again and again: pure rules, no clock and no storage.

A rule names nominal days, which no calendar of work ever moves; a `Schedule` gives each its hour, shifts it
off days of rest, and bounds it. The key of an occurrence depends on its nominal day alone, so that a list
of holidays imported later moves an occurrence and never makes another one.

    Schedule(Windows(Period.MONTH, 25), time(9), Shift.BEFORE)    on the 25th, or the last working day before
    Schedule(Windows(Period.HALF_MONTH))                          on the 15th and at the end of the month
    Schedule(Windows(Period.WEEK, 1), time(9), Shift.AFTER)       on Mondays, or the next working day
    Schedule(Every(date(2026, 1, 31), Period.MONTH))              31 January, 28 February, 31 March …
    Schedule(Ruled("FREQ=MONTHLY;BYDAY=2TU", date(2026, 1, 1)))   any RRULE, with exceptions
    Schedule(Lunar(9, 9))                                         重阳
    Schedule(Around(birthday, -7, yearly=True))              a week before a birthday

In schedules/, a kind of duty is declared with `jobs.every` (see schedules/jobs.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from itertools import count
from typing import Protocol

from borax.calendars.lunardate import InvalidLunarDateError, LunarDate
from dateutil.rrule import rrulestr

from gridbot.errors import BadInput
from gridbot.profiles import Period
from gridbot.workdays import WorkCalendar, months_after

FARTHEST_SHIFT = timedelta(days=15)  # the longest run of days of rest, with days to spare
_MONTHS = {Period.MONTH: 1, Period.QUARTER: 3, Period.HALF_YEAR: 6, Period.YEAR: 12}


@dataclass(frozen=True, slots=True)
class Nominal:
    """One occurrence before any shifting; the span it stands for has both ends included."""

    day: date
    first: date
    last: date

    @property
    def key(self) -> str:
        """What makes it unique among those of its rule."""
        return self.first.isoformat()


class Rule(Protocol):
    """Names nominal days; the same always."""

    def days(self, first: date, last: date) -> Iterator[Nominal]:
        """The occurrences whose nominal day lies in a span, both ends included, in order."""
        ...


@dataclass(frozen=True, slots=True)
class Windows:
    """Once in every calendar window: on its n-th day, or counted from its end (-1 is the last)."""

    period: Period
    day: int = -1

    def days(self, first: date, last: date) -> Iterator[Nominal]:
        begin, end = self.period.window(first)
        while begin <= last:
            length = (end - begin).days + 1
            ahead = min(self.day, length) - 1 if self.day > 0 else max(length + self.day, 0)
            nominal = begin + timedelta(days=ahead)
            if first <= nominal <= last:
                yield Nominal(nominal, begin, end)
            begin, end = self.period.window(end + timedelta(days=1))


@dataclass(frozen=True, slots=True)
class Every:
    """Every so often after a day: `Every(last, Period.QUARTER)`, `Every(last, days=10)`.

    Counted from the anchor, so that the 31st comes back after February. The first is one step after it.
    """

    anchor: date
    period: Period | None = None
    days_apart: int = 0

    def days(self, first: date, last: date) -> Iterator[Nominal]:
        for step in count(max(1, self._before(first))):
            day = self.step(step)
            if day > last:
                return
            if day >= first:
                yield Nominal(day, day, day)

    def step(self, number: int) -> date:
        """The n-th day after the anchor."""
        if self.period in _MONTHS:
            return months_after(self.anchor, number * _MONTHS[self.period])
        apart = self.days_apart or (self.period.days if self.period else 0)
        if apart < 1:
            raise BadInput("a rule that never moves on", hint="give a period or a number of days")
        return self.anchor + timedelta(days=number * apart)

    def _before(self, day: date) -> int:
        """A step that is surely not after the day."""
        apart = self.days_apart or (self.period.days + 1 if self.period else 1)
        return (day - self.anchor).days // max(1, apart) - 1


@dataclass(frozen=True, slots=True)
class Ruled:
    """An RRULE of iCalendar counted from a day, without some days and with some more."""

    rule: str
    start: date
    but: frozenset[date] = frozenset()
    also: frozenset[date] = frozenset()

    def days(self, first: date, last: date) -> Iterator[Nominal]:
        found = set(_ruled(self.rule, self.start, first, last))
        extra = {day for day in self.also if first <= day <= last}
        for day in sorted((found | extra) - self.but):
            yield Nominal(day, day, day)


@dataclass(frozen=True, slots=True)
class Lunar:
    """A day of the lunar year; where a month is a day short, its last day. Leap months are left out."""

    month: int
    day: int

    def days(self, first: date, last: date) -> Iterator[Nominal]:
        for year in range(first.year - 1, last.year + 1):
            on = _lunar(year, self.month, self.day)
            if on is not None and first <= on <= last:
                yield Nominal(on, on, on)


@dataclass(frozen=True, slots=True)
class Around:
    """Some days before (negative) or after a date of a person or a ticket, once or in every year."""

    origin: date
    offset: int = 0
    yearly: bool = False

    def days(self, first: date, last: date) -> Iterator[Nominal]:
        for year in range(first.year - 1, last.year + 2) if self.yearly else (self.origin.year,):
            if year < self.origin.year:
                continue
            own = months_after(self.origin, (year - self.origin.year) * 12)
            day = own + timedelta(days=self.offset)
            if first <= day <= last:
                yield Nominal(day, own, own)


class Shift(StrEnum):
    """What becomes of an occurrence on a day of rest."""

    NONE = "none"
    BEFORE = "before"  # the last working day before it
    AFTER = "after"  # the next working day
    SKIP = "skip"  # it does not happen


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One occurrence as it stands in the calendar now: `at` is UTC, `on` the day it really falls due."""

    key: str
    nominal: date
    first: date
    last: date
    on: date
    at: datetime


@dataclass(frozen=True, slots=True)
class Pause:
    """Days on which nothing is asked, both included; without `last` until somebody ends it."""

    first: date
    last: date | None = None

    def covers(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class Schedule:
    """A rule on the clock, from one nominal day to another (both included, None: without end)."""

    rule: Rule
    at: time = time(8)
    shift: Shift = Shift.NONE
    start: date | None = None
    until: date | None = None
    pauses: tuple[Pause, ...] = field(default=())

    def between(self, first: date, last: date, calendar: WorkCalendar) -> list[Occurrence]:
        """The occurrences whose nominal day lies in a span, both ends included, in order."""
        begin = max(first, self.start) if self.start else first
        end = min(last, self.until) if self.until else last
        if begin > end:
            return []
        found = (self._placed(nominal, calendar) for nominal in self.rule.days(begin, end))
        return [one for one in found if one is not None]

    def due(self, first: date, last: date, calendar: WorkCalendar) -> list[Occurrence]:
        """The occurrences that really fall due in a span, both ends included."""
        wide = self.between(first - FARTHEST_SHIFT, last + FARTHEST_SHIFT, calendar)
        return [one for one in wide if first <= one.on <= last]

    def next(self, after: date, calendar: WorkCalendar) -> Occurrence | None:
        """The first occurrence whose nominal day comes after a day, within four years."""
        for months in (2, 13, 49):
            span = self.between(after + timedelta(days=1), months_after(after, months), calendar)
            if span:
                return span[0]
        return None

    def _placed(self, nominal: Nominal, calendar: WorkCalendar) -> Occurrence | None:
        if any(pause.covers(nominal.day) for pause in self.pauses):
            return None
        on = shifted(nominal.day, self.shift, calendar)
        if on is None:
            return None
        at = calendar.at(on, self.at)
        return Occurrence(nominal.key, nominal.day, nominal.first, nominal.last, on, at)


def shifted(day: date, shift: Shift, calendar: WorkCalendar) -> date | None:
    """Where a day goes when it is a day of rest; None where it is left out."""
    if shift is Shift.NONE or calendar.is_workday(day):
        return day
    if shift is Shift.BEFORE:
        return calendar.workday_on_or_before(day)
    return calendar.next_workday(day) if shift is Shift.AFTER else None


@lru_cache(maxsize=256)
def _ruled(rule: str, start: date, first: date, last: date) -> tuple[date, ...]:
    noon = time(12)
    try:
        parsed = rrulestr(rule, dtstart=datetime.combine(start, noon))
    except (ValueError, TypeError) as error:
        raise BadInput(f"no RRULE: {rule}", hint=str(error)) from None
    found = parsed.between(
        datetime.combine(first, time()),
        datetime.combine(last, time.max),
        inc=True,
    )
    return tuple(moment.date() for moment in found)


@lru_cache(maxsize=1024)
def _lunar(year: int, month: int, day: int) -> date | None:
    for wanted in (day, day - 1):
        try:
            found: date = LunarDate(year, month, wanted).to_solar_date()
        except (InvalidLunarDateError, ValueError):
            continue
        return found
    return None
