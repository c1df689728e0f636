"""A stretch of time read from a text, and the cursor that reads it."""

from __future__ import annotations

import re
from datetime import date, datetime, time

from gridbot.values import value

_MIDNIGHT = time()


@value(frozen=True, slots=True)
class Span:
    """A moment with its grain, on the wall clock of the place; `end` is exclusive."""

    start: datetime
    end: datetime
    grain: str  # year month week day part hour minute second
    text_end: int  # where it ends in the text
    part: str = ""  # of the day, as written
    ranged: bool = False  # written with its own end, as in 9~12点


class Cursor:
    """A place in a text that moves on over what it takes."""

    def __init__(self, text: str, at: int) -> None:
        self.text, self.at = text, at

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """The match of `pattern` here, moved over; None for no match or an empty one."""
        found = pattern.match(self.text, self.at)
        if found and found.end() > self.at:
            self.at = found.end()
            return found
        return None

    def sees(self, pattern: re.Pattern[str]) -> bool:
        """Whether `pattern` matches here."""
        return pattern.match(self.text, self.at) is not None

    def blanks(self) -> None:
        """Move over blanks and 的."""
        while self.text[self.at : self.at + 1] in (" ", "的") and self.at < len(self.text):
            self.at += 1


def one_day(day: date, cur: Cursor) -> Span:
    """The whole of `day`."""
    return stretch(day, date.fromordinal(day.toordinal() + 1), "day", cur)


def stretch(first: date, following: date, grain: str, cur: Cursor, *, ranged: bool = False) -> Span:
    """From `first` until before `following`."""
    start, end = datetime.combine(first, _MIDNIGHT), datetime.combine(following, _MIDNIGHT)
    return Span(start, end, grain, cur.at, ranged=ranged)


def whole_months(year: int, month: int, count: int, cur: Cursor, *, grain: str = "month") -> Span:
    """`count` months from the first of `month`."""
    end = year * 12 + month - 1 + count
    return stretch(date(year, month, 1), date(end // 12, end % 12 + 1, 1), grain, cur)


def next_month(year: int, month: int) -> date:
    """The first of the month after."""
    return date(year + month // 12, month % 12 + 1, 1)
