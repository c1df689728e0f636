"""What an office reports by the calendar: screenings, the month's report, the day's, diaries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from gridbot.profiles.tables import Table, Tables


@dataclass(frozen=True, slots=True)
class Reports:
    """Names are what people call them; "" where the office has no such report."""

    screening: str = ""  # every grid, twice a month
    focus: tuple[str, ...] = ()  # what each screening looks at, in turn
    monthly: str = ""  # every grid, gathered and signed by the nodes of these levels before the 25th ends
    signed_at: frozenset[str] = frozenset()
    daily: str = ""  # every grid, every working day; the levels above read it one after the other
    diary: time | None = None  # when a worker is offered a draft of his day

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
        diary=tables.tried("reports.diary", time.fromisoformat, written) if written else None,
    )
