"""Office hours and working days."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridbot.errors import BadInput
from gridbot.models.cases.deadlines import resumed
from gridbot.workdays import WorkCalendar, parse_hours

ZONE = ZoneInfo("Asia/Shanghai")
CALENDAR = WorkCalendar(ZONE)
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2026, 10, 31)).map(lambda at: at.replace(tzinfo=UTC))  # noqa: DTZ001


def here(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def test_a_saturday_worked_in_a_holidays_stead_is_a_workday() -> None:
    assert CALENDAR.is_workday(date(2026, 2, 14))  # worked for the Spring Festival
    assert not CALENDAR.is_workday(date(2026, 2, 17))
    assert CALENDAR.is_workday(date(2026, 3, 2))


def test_our_own_calendar_wins_over_the_list() -> None:
    own = WorkCalendar(ZONE, {date(2026, 3, 2): False, date(2026, 3, 1): True})
    assert not own.is_workday(date(2026, 3, 2))
    assert own.is_workday(date(2026, 3, 1))


def test_a_year_without_a_list_is_monday_to_friday_and_provisional() -> None:
    assert CALENDAR.provisional(2090)
    assert not CALENDAR.provisional(2026)
    assert CALENDAR.is_workday(date(2090, 1, 2)) is (date(2090, 1, 2).weekday() < 5)
    assert not WorkCalendar(ZONE, {date(2090, 10, 1): False}).provisional(2090)


@pytest.mark.parametrize(
    ("at", "minutes", "then"),
    [
        ("2026-03-02T09:00", 30, "2026-03-02T09:30"),
        ("2026-03-02T11:45", 30, "2026-03-02T14:15"),
        ("2026-03-02T12:30", 10, "2026-03-02T14:10"),
        ("2026-03-06T17:20", 20, "2026-03-09T08:40"),
        ("2026-03-02T11:30", 30, "2026-03-02T12:00"),
    ],
)
def test_working_minutes_skip_noon_night_and_weekend(at: str, minutes: int, then: str) -> None:
    assert CALENDAR.add_minutes(here(at), minutes) == here(then)


def test_papers_finished_on_friday_are_handed_back_on_tuesday() -> None:
    assert CALENDAR.second_working_day(here("2026-03-06T16:00")) == here("2026-03-10T17:30")


def test_the_same_working_day_of_a_sunday_is_monday() -> None:
    assert CALENDAR.add_days(here("2026-03-01T10:00"), 0) == here("2026-03-02T17:30")
    assert CALENDAR.add_days(here("2026-03-02T10:00"), 0) == here("2026-03-02T17:30")
    assert CALENDAR.add_days(here("2026-03-02T19:00"), 0) == here("2026-03-03T17:30")


def test_the_25th_on_a_sunday_is_prepared_on_the_friday_before() -> None:
    assert CALENDAR.workday_on_or_before(date(2026, 1, 25)) == date(2026, 1, 23)


def test_the_office_is_shut_at_its_closing_minute() -> None:
    assert CALENDAR.is_open(here("2026-03-02T08:30"))
    assert not CALENDAR.is_open(here("2026-03-02T12:00"))
    assert CALENDAR.next_open(here("2026-03-02T12:00")) == here("2026-03-02T14:00")
    assert CALENDAR.next_open(here("2026-03-02T15:00")) == here("2026-03-02T15:00")


def test_spans_by_the_clock_do_not_wait_for_the_office() -> None:
    at = here("2026-03-01T23:50")
    assert CALENDAR.add(at, 30, "MINUTE") == at + timedelta(minutes=30)
    assert CALENDAR.add(at, 24, "HOUR") == at + timedelta(hours=24)
    assert CALENDAR.add(at, 2, "WORKHOUR") == here("2026-03-02T10:30")
    assert CALENDAR.add(at, 1, "WORKDAY") == here("2026-03-02T17:30")
    with pytest.raises(ValueError, match="fortnight"):
        CALENDAR.add(at, 1, "fortnight")


def test_moments_come_out_in_utc() -> None:
    assert CALENDAR.add_minutes(here("2026-03-02T09:00"), 5).tzinfo is UTC
    assert CALENDAR.add(here("2026-03-02T09:00"), 5, "MINUTE").tzinfo is UTC


def test_hours_are_read_as_people_write_them() -> None:
    assert parse_hours("9:00－12:00；14:00～18:00") == (
        (time(9), time(12)),
        (time(14), time(18)),
    )


@pytest.mark.parametrize("text", ["", "早九晚五", "18:00-09:00", "09:00-12:00,11:00-13:00", "25:00-26:00"])
def test_hours_that_cannot_be_are_refused(text: str) -> None:
    with pytest.raises(BadInput):
        parse_hours(text)


def test_a_calendar_without_any_working_day_is_refused_and_does_not_hang() -> None:
    start = date(2026, 1, 1)
    never = WorkCalendar(ZONE, {start + timedelta(days=n): False for n in range(4000)})
    with pytest.raises(BadInput):
        never.add_minutes(datetime(2026, 1, 1, tzinfo=UTC), 1)


@given(MOMENTS, st.integers(0, 3000), st.integers(0, 3000))
def test_adding_in_pieces_is_adding_at_once(at: datetime, first: int, then: int) -> None:
    assert CALENDAR.add_minutes(CALENDAR.add_minutes(at, first), then) == CALENDAR.add_minutes(
        at, first + then
    )


@given(MOMENTS, MOMENTS, st.integers(0, 3000))
def test_a_later_start_never_ends_earlier(one: datetime, other: datetime, minutes: int) -> None:
    early, late = sorted((one, other))
    assert CALENDAR.add_minutes(early, minutes) <= CALENDAR.add_minutes(late, minutes)


@given(MOMENTS, st.integers(1, 15), st.integers(1, 15))
def test_working_days_add_up(at: datetime, first: int, then: int) -> None:
    assert CALENDAR.add_days(CALENDAR.add_days(at, first), then) == CALENDAR.add_days(at, first + then)


@given(MOMENTS, st.integers(1, 3000))
def test_the_result_lies_within_office_hours(at: datetime, minutes: int) -> None:
    end = CALENDAR.add_minutes(at, minutes)
    assert CALENDAR.is_open(end - timedelta(seconds=1))


MINUTES = st.integers(min_value=0, max_value=20_000)


@given(MOMENTS, MINUTES, MINUTES, st.floats(min_value=0, max_value=1))
def test_a_pause_ended_early_is_as_long_as_it_really_was(
    paused: datetime, left: int, rest: int, part: float
) -> None:
    due = CALENDAR.add_minutes(paused, left)
    until = paused + timedelta(minutes=rest)
    ended = paused + (until - paused) * part
    later = resumed(due, CALENDAR, paused, until)
    assert resumed(later, CALENDAR, until, ended) == resumed(due, CALENDAR, paused, ended) <= later
