"""Office hours and working days: exceptions over the State Council's list over Monday–Friday.

The list comes from chinesecalendar, which knows 2004 to the current year only; later years are
provisional until calendar.csv names their exceptions. Everything here is pure: moments go in and
come out in UTC, the zone decides which day and hour that is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import cache
from itertools import pairwise

import chinese_calendar

from gridbot.errors import BadInput

OFFICE_HOURS = "08:30-12:00,14:00-17:30"
_FAR = 3660  # days looked ahead before giving up: a calendar without any working day

Hours = tuple[tuple[time, time], ...]

_SPAN = re.compile(r"(\d{1,2}):(\d{2})\s*[-–—~至到]\s*(\d{1,2}):(\d{2})")


def parse_hours(text: str) -> Hours:
    """Read `08:30-12:00,14:00-17:30` into spans in order of the day.

    Full-width signs and ；、as separators are understood. Raises BadInput for anything else, for a
    span that ends before it begins and for spans that overlap.
    """
    folded = text.replace("：", ":").replace("～", "~").replace("－", "-")
    spans = sorted(_span(part.strip(), text) for part in re.split(r"[,，;；、]", folded) if part.strip())
    if not spans:
        raise BadInput(f"上班时间“{text}”是空的", hint=f"请写成 {OFFICE_HOURS} 的样子")
    for (_, end), (start, _) in pairwise(spans):
        if start < end:
            raise BadInput(f"上班时间“{text}”前后重叠", hint=f"请写成 {OFFICE_HOURS} 的样子")
    return tuple(spans)


def _span(part: str, text: str) -> tuple[time, time]:
    match = _SPAN.fullmatch(part)
    try:
        if match is None:
            raise ValueError
        h1, m1, h2, m2 = map(int, match.groups())
        start, end = time(h1, m1), time(h2, m2) if (h2, m2) != (24, 0) else time(23, 59)
        if end <= start:
            raise ValueError
    except ValueError:
        raise BadInput(f"上班时间“{text}”看不懂", hint=f"请写成 {OFFICE_HOURS} 的样子") from None
    return start, end


@cache
def _listed(day: date) -> bool | None:
    """What the State Council's list says of a day; None where there is no list yet."""
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return None


class WorkCalendar:
    """Which days and hours an office works, and counting in them.

    `exceptions` maps a day to True (worked) or False (rest); they win over every list.
    """

    def __init__(
        self, zone: tzinfo, exceptions: Mapping[date, bool] | None = None, *, hours: str = OFFICE_HOURS
    ) -> None:
        self.zone = zone
        self.hours = parse_hours(hours)
        self._exceptions = dict(exceptions or {})
        self._own_years = {day.year for day in self._exceptions}
        self._with_hours: dict[str, WorkCalendar] = {}
        self._spans: dict[date, tuple[tuple[datetime, datetime], ...]] = {}

    def with_hours(self, hours: str) -> WorkCalendar:
        """The same days with other office hours; made once."""
        known = self._with_hours.get(hours)
        if known is None:
            known = self._with_hours[hours] = WorkCalendar(self.zone, self._exceptions, hours=hours)
        return known

    @property
    def own_years(self) -> tuple[int, ...]:
        """The years of which exceptions were imported."""
        return tuple(sorted(self._own_years))

    def without(self, year: int | None = None) -> WorkCalendar:
        """What was counted by before the exceptions of a year (of all years) were imported."""
        kept = {
            day: works for day, works in self._exceptions.items() if year is not None and day.year != year
        }
        other = WorkCalendar(self.zone, kept)
        other.hours = self.hours
        return other

    def is_workday(self, day: date) -> bool:
        """Is this a day of work, days worked in a holiday's stead (调休) included?"""
        own = self._exceptions.get(day)
        if own is not None:
            return own
        listed = _listed(day)
        return day.weekday() < 5 if listed is None else listed

    def provisional(self, year: int) -> bool:
        """Is this year only Monday–Friday so far: neither listed nor in calendar.csv?"""
        return year not in self._own_years and _listed(date(year, 7, 1)) is None

    @property
    def fingerprint(self) -> str:
        """Changes whenever a day may have become one of work or of rest."""
        own = ",".join(f"{day:%Y%m%d}{int(worked)}" for day, worked in sorted(self._exceptions.items()))
        return f"{chinese_calendar.__version__}/{self.zone}/{own}"

    def day_of(self, at: datetime) -> date:
        """The day a moment falls on here."""
        return at.astimezone(self.zone).date()

    def is_open(self, at: datetime) -> bool:
        """Is the office open at this moment? The closing minute itself is shut."""
        return any(start <= at < end for start, end in self._day_spans(self.day_of(at)))

    def next_open(self, at: datetime) -> datetime:
        """The moment itself while the office is open, else the next opening; UTC."""
        start, _ = next(self._spans_from(at))
        return max(start, at.astimezone(UTC))

    def add_minutes(self, at: datetime, minutes: float) -> datetime:
        """The moment when that many open minutes have passed; with 0 the moment itself; UTC."""
        moment, left = at.astimezone(UTC), timedelta(minutes=minutes)
        if left <= timedelta():
            return moment
        for start, end in self._spans_from(moment):
            begin = max(start, moment)
            if begin + left <= end:
                return begin + left
            left -= end - begin
        raise AssertionError("unreachable: _spans_from raises first")

    def open_minutes(self, since: datetime, until: datetime) -> float:
        """How many minutes the office is open between two moments; 0 where the second is not later."""
        found = timedelta()
        if until <= since:
            return 0.0
        for start, end in self._spans_from(since.astimezone(UTC)):
            if start >= until:
                break
            found += min(end, until) - max(start, since)
        return found.total_seconds() / 60

    def add_days(self, at: datetime, days: int) -> datetime:
        """Closing time of the n-th working day after the moment's day; UTC.

        0 is that day itself, or the next working day when it is over or no working day.
        """
        day = self.day_of(at)
        if days <= 0:
            start, _ = next(self._spans_from(at))
            return self._closing(self.day_of(start))
        for _ in range(days):
            day = self.next_workday(day)
        return self._closing(day)

    def second_working_day(self, at: datetime) -> datetime:
        """Closing time of the second working day after: when finished papers are handed back."""
        return self.add_days(at, 2)

    def next_workday(self, day: date) -> date:
        """The first working day after this one."""
        return self._search(day, 1)

    def workday_on_or_before(self, day: date) -> date:
        """This day if it is worked, else the last working day before it."""
        return day if self.is_workday(day) else self._search(day, -1)

    def add(self, at: datetime, span_amount: float, unit: str) -> datetime:
        """Add a span: unit MINUTE, HOUR or DAY by the clock, WORKHOUR or WORKDAY in office time; UTC."""
        match unit.upper():
            case "MINUTE":
                return at.astimezone(UTC) + timedelta(minutes=span_amount)
            case "HOUR":
                return at.astimezone(UTC) + timedelta(hours=span_amount)
            case "DAY":
                return at.astimezone(UTC) + timedelta(days=span_amount)
            case "WORKMINUTE":
                return self.add_minutes(at, span_amount)
            case "WORKHOUR":
                return self.add_minutes(at, span_amount * 60)
            case "WORKDAY":
                return self.add_days(at, int(span_amount))
        raise ValueError(f"no such unit of time: {unit}")

    def at(self, day: date, moment: time) -> datetime:
        """A wall-clock time of a day here, as UTC."""
        return datetime.combine(day, moment, self.zone).astimezone(UTC)

    def _closing(self, day: date) -> datetime:
        return self.at(day, self.hours[-1][1])

    def _search(self, day: date, step: int) -> date:
        for distance in range(1, _FAR):
            found = day + timedelta(days=step * distance)
            if self.is_workday(found):
                return found
        raise BadInput("日历里连续十年没有工作日", hint="请看看 calendar.csv")

    def _day_spans(self, day: date) -> tuple[tuple[datetime, datetime], ...]:
        known = self._spans.get(day)
        if known is None:
            hours = self.hours if self.is_workday(day) else ()
            known = self._spans[day] = tuple((self.at(day, start), self.at(day, end)) for start, end in hours)
        return known

    def _spans_from(self, at: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Open spans that end after the moment, in order, without end."""
        day = self.day_of(at)
        for span in self._day_spans(day):
            if span[1] > at:
                yield span
        while True:
            day = self.next_workday(day)
            yield from self._day_spans(day)


def months_after(day: date, months: int) -> date:
    """The same day some months later, the last of the month where it has no such day."""
    number = day.year * 12 + day.month - 1 + months
    year, month = number // 12, number % 12 + 1
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month, min(day.day, last))
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")
