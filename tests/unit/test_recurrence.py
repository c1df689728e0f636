"""Rules that come back: windows, RRULE, lunar days, dates of people, shifting off days of rest."""

from __future__ import annotations

from datetime import date, time
from zoneinfo import ZoneInfo

import pytest

from gridbot.errors import BadInput
from gridbot.profiles import Period
from gridbot.recurrence import Around, Every, Lunar, Pause, Rule, Ruled, Schedule, Shift, Windows
from gridbot.workdays import WorkCalendar

CHINA = WorkCalendar(ZoneInfo("Asia/Shanghai"))


def days(rule: Rule, first: str, last: str) -> list[str]:
    return [str(one.day) for one in rule.days(date.fromisoformat(first), date.fromisoformat(last))]


@pytest.mark.parametrize(
    ("rule", "first", "last", "expected"),
    [
        (Windows(Period.MONTH, 25), "2026-01-01", "2026-03-24", ["2026-01-25", "2026-02-25"]),
        (Windows(Period.MONTH, 31), "2026-02-01", "2026-03-31", ["2026-02-28", "2026-03-31"]),
        (Windows(Period.HALF_MONTH), "2024-02-01", "2024-02-29", ["2024-02-15", "2024-02-29"]),
        (Windows(Period.QUARTER, -1), "2026-01-01", "2026-06-30", ["2026-03-31", "2026-06-30"]),
        (Windows(Period.WEEK, 1), "2026-03-03", "2026-03-16", ["2026-03-09", "2026-03-16"]),
        (Every(date(2026, 1, 31), Period.MONTH), "2026-01-31", "2026-03-31", ["2026-02-28", "2026-03-31"]),
        (Every(date(2024, 2, 29), Period.YEAR), "2024-01-01", "2028-12-31",
         ["2025-02-28", "2026-02-28", "2027-02-28", "2028-02-29"]),
        (Every(date(2026, 3, 1), days_apart=10), "2026-03-01", "2026-03-31",
         ["2026-03-11", "2026-03-21", "2026-03-31"]),
        (Ruled("FREQ=MONTHLY;BYDAY=2TU", date(2026, 1, 1), frozenset({date(2026, 2, 10)})),
         "2026-01-01", "2026-03-31", ["2026-01-13", "2026-03-10"]),
        (Ruled("FREQ=YEARLY", date(2026, 1, 1), also=frozenset({date(2026, 5, 5)})),
         "2026-01-01", "2026-12-31", ["2026-01-01", "2026-05-05"]),
        (Lunar(9, 9), "2026-01-01", "2026-12-31", ["2026-10-18"]),
        (Lunar(12, 30), "2026-01-01", "2027-03-01", ["2026-02-16", "2027-02-05"]),
        (Around(date(1950, 2, 29 - 1), -7, yearly=True), "2026-01-01", "2026-12-31", ["2026-02-21"]),
        (Around(date(2026, 3, 2), 7), "2026-01-01", "2026-12-31", ["2026-03-09"]),
    ],
)  # fmt: skip
def test_a_rule_names_its_days(rule: Rule, first: str, last: str, expected: list[str]) -> None:
    assert days(rule, first, last) == expected


@pytest.mark.parametrize(
    ("shift", "on"),
    [
        (Shift.BEFORE, "2026-09-30"),
        (Shift.AFTER, "2026-10-08"),
        (Shift.NONE, "2026-10-05"),
        (Shift.SKIP, None),
    ],
)
def test_an_occurrence_in_the_national_holiday_is_shifted_and_keeps_its_key(
    shift: Shift, on: str | None
) -> None:
    schedule = Schedule(Windows(Period.MONTH, 5), time(9), shift)
    found = schedule.between(date(2026, 10, 1), date(2026, 10, 31), CHINA)
    assert [str(one.on) for one in found] == ([on] if on else [])
    assert [one.key for one in found] == (["2026-10-01"] if on else [])


def test_what_is_shifted_across_the_edge_of_a_span_is_found_where_it_falls_due() -> None:
    schedule = Schedule(Windows(Period.MONTH, 1), shift=Shift.BEFORE)
    (found,) = schedule.due(date(2026, 9, 24), date(2026, 9, 30), CHINA)
    assert (str(found.on), str(found.nominal)) == ("2026-09-30", "2026-10-01")


def test_start_end_and_pauses_bound_a_schedule() -> None:
    schedule = Schedule(
        Windows(Period.DAY), start=date(2026, 3, 2), until=date(2026, 3, 6),
        pauses=(Pause(date(2026, 3, 3), date(2026, 3, 4)),),
    )  # fmt: skip
    found = schedule.between(date(2026, 1, 1), date(2026, 12, 31), CHINA)
    assert [one.nominal.day for one in found] == [2, 5, 6]


def test_the_hour_is_that_of_the_wall_on_days_when_the_clocks_change() -> None:
    berlin = WorkCalendar(ZoneInfo("Europe/Berlin"))
    found = Schedule(Windows(Period.DAY), time(8)).between(date(2026, 3, 28), date(2026, 3, 29), berlin)
    assert [one.at.hour for one in found] == [7, 6]


def test_the_next_occurrence_after_the_last_visit() -> None:
    schedule = Schedule(Every(date(2026, 11, 30), Period.QUARTER))
    after = schedule.next(date(2026, 11, 30), CHINA)
    assert after is not None
    assert str(after.on) == "2027-02-28"


def test_a_wrong_rule_is_named() -> None:
    with pytest.raises(BadInput, match="no RRULE"):
        days(Ruled("FREQ=SOMETIMES", date(2026, 1, 1)), "2026-01-01", "2026-12-31")
    with pytest.raises(BadInput, match="never moves"):
        days(Every(date(2026, 1, 1)), "2026-01-01", "2026-12-31")
