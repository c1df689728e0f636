"""Lengths of time as a profile says them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Unit(StrEnum):
    """What a span is counted in: by the clock, or in office time."""

    MINUTE = "MINUTE"
    HOUR = "HOUR"
    DAY = "DAY"
    WORKMINUTE = "WORKMINUTE"
    WORKHOUR = "WORKHOUR"
    WORKDAY = "WORKDAY"


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time; `WorkCalendar.add(at, span.amount, span.unit)` applies it. 0 WORKDAY is 当日."""

    amount: float
    unit: Unit
