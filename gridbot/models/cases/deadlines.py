"""By when somebody answers and a matter is done: by the clock, in office hours or working days. Pure."""

from __future__ import annotations

from datetime import datetime

from gridbot.profiles import Span, Unit
from gridbot.profiles.values import ServiceLevel
from gridbot.values import value
from gridbot.workdays import WorkCalendar

BY_CLOCK = frozenset({Unit.MINUTE, Unit.HOUR})


@value(frozen=True, slots=True)
class Due:
    """By when a person answers and by when the matter is done (UTC)."""

    first_reply: datetime
    deadline: datetime


def of(level: ServiceLevel, calendar: WorkCalendar, at: datetime, awake: datetime) -> Due:
    """A service level's spans from a moment on; those by the clock run from `awake`, the end of the night."""
    return Due(later(level.first_reply, calendar, at, awake), later(level.deadline, calendar, at, awake))


def later(span: Span, calendar: WorkCalendar, at: datetime, awake: datetime) -> datetime:
    """A moment plus a span."""
    return calendar.add(awake if span.unit in BY_CLOCK else at, span.amount, span.unit)


def resumed(due_at: datetime, calendar: WorkCalendar, paused_at: datetime, until: datetime) -> datetime:
    """A deadline after a pause: as many open minutes are left as there were when the clock stopped."""
    left = calendar.open_minutes(paused_at, due_at)
    return max(until, calendar.add_minutes(until, left))
