"""What an office reports by the calendar: screenings, the month's report, the day's, diaries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from dateutil.rrule import rrulestr

from gridbot.profiles.tables import Table, Tables

DAY, RULE = "请写日子，例如 2026-12-31", "请照 RFC 5545 写，例如 FREQ=MONTHLY;BYDAY=-1FR"
SHIFTS, ADDRESSED = ("before", "after", "skip"), ("worker", "leader")


@dataclass(frozen=True, slots=True)
class Reminder:
    """Something of the office's own that comes back: a line in the morning list of that day.

    By a day of the lunar year (month, day) or by an RRULE of iCalendar.
    """

    name: str
    text: str
    to: str  # worker: whoever works a grid; leader: whoever leads a node
    lunar: tuple[int, int] | None = None
    rrule: str = ""
    but: frozenset[date] = frozenset()  # days on which it is left out
    shift: str = "before"  # off a day of rest: before, after, skip
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Reports:
    """Names are what people call them; "" where the office has no such report."""

    screening: str = ""  # every grid, twice a month
    focus: tuple[str, ...] = ()  # what each screening looks at, in turn
    monthly: str = ""  # every grid, gathered and signed by the nodes of these levels before the 25th ends
    signed_at: frozenset[str] = frozenset()
    daily: str = ""  # every grid, every working day; the levels above read it one after the other
    diary: time | None = None  # when a worker is offered a draft of his day
    reminders: tuple[Reminder, ...] = ()

    def focus_of(self, first: date) -> str:
        """What the half-month that begins on this day looks at: one after the other, through the years."""
        number = first.year * 24 + (first.month - 1) * 2 + (first.day > 15)
        return self.focus[number % len(self.focus)] if self.focus else ""


def reports(tables: Tables, table: Table) -> Reports:
    """Read [reports]."""
    known = tables.sub(table, "reports")
    written = tables.text(known, "diary", "")
    return Reports(
        screening=tables.text(known, "screening", ""),
        focus=tables.strings(known, "focus"),
        monthly=tables.text(known, "monthly", ""),
        signed_at=frozenset(tables.strings(known, "signed_at")),
        daily=tables.text(known, "daily", ""),
        diary=tables.tried("reports.diary", time.fromisoformat, written, "请写钟点，例如 17:00")
        if written
        else None,
        reminders=tuple(
            _reminder(tables, name, tables.table(value, f"reminders.{name}"))
            for name, value in tables.sub(table, "reminders").items()
        ),
    )


def _reminder(tables: Tables, name: str, table: Table) -> Reminder:
    """Read one [reminders."…"]."""
    key = f"reminders.{name}"
    lunar, rrule = tables.text(table, "lunar", ""), tables.text(table, "rrule", "")
    to, shift = tables.text(table, "to", "worker"), tables.text(table, "shift", "before")
    if bool(lunar) == bool(rrule):
        raise tables.wrong(key, '请写 lunar = "9-9" 或 rrule = "FREQ=MONTHLY;BYDAY=-1FR" 中的一个')
    if to not in ADDRESSED:
        raise tables.wrong(f"{key}.to", "请写 worker 或 leader")
    if shift not in SHIFTS:
        raise tables.wrong(f"{key}.shift", "请写 before、after 或 skip")
    text = tables.text(table, "text", "")
    if not text:
        raise tables.wrong(f"{key}.text", "请写那天清单上要说的话")
    if rrule:
        tables.tried(f"{key}.rrule", _rule, rrule, RULE)

    def day(field: str) -> date | None:
        written = tables.text(table, field, "")
        return tables.tried(f"{key}.{field}", date.fromisoformat, written, DAY) if written else None

    return Reminder(
        name=name,
        text=text,
        to=to,
        lunar=tables.tried(f"{key}.lunar", _lunar, lunar, "请写农历的月和日，例如 9-9") if lunar else None,
        rrule=rrule,
        but=frozenset(
            tables.tried(f"{key}.but", date.fromisoformat, one, DAY) for one in tables.strings(table, "but")
        ),
        shift=shift,
        since=day("since"),
        until=day("until"),
    )


def _lunar(written: str) -> tuple[int, int]:
    month, day = (int(part) for part in written.split("-"))
    if not (1 <= month <= 12 and 1 <= day <= 30):
        raise ValueError(written)
    return month, day


def _rule(written: str) -> None:
    rrulestr(written, dtstart=datetime.combine(date(2020, 1, 1), time()))
