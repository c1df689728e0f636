"""Planning visits: pure, from facts to days."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from gridbot import profiles
from gridbot.models.duty.duties import Visit
from gridbot.models.duty.visits import Dwelling, Made
from gridbot.schedules.duty.rounds import Rounds
from gridbot.workdays import WorkCalendar

ZONE = ZoneInfo("Asia/Shanghai")
TODAY = date(2026, 3, 2)
CALENDAR = WorkCalendar(ZONE, {date(2026, 3, 14): True})


def home(number: int, *classes: str, since: date | None = None) -> Dwelling:
    return Dwelling(f"h{number:03}", "g1", "3", "1", f"{number}", frozenset(classes), since)


def rounds(profile: str = "default", load: dict[date, int] | None = None) -> Rounds:
    return Rounds(profiles.load(profile), CALENDAR, TODAY, "s1", load if load is not None else {})


def planned(*homes: Dwelling, made: dict[str, Made] | None = None) -> dict[str, Visit]:
    plan = rounds()
    plan.plan(homes, [], made or {})
    return {visit.household: visit for visit in plan.new}


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 4, tzinfo=UTC)


def test_of_several_classes_the_shortest_period_wins() -> None:
    assert planned(home(1, "困难", "独居老人", "普通"))["h001"].why == "独居老人"


def test_the_next_visit_is_one_period_after_the_last() -> None:
    last = Made(at(date(2026, 2, 20)), at(date(2026, 2, 20)))
    assert planned(home(1, "困难"), made={"h001": last})["h001"].due_on == date(2026, 5, 20)


def test_where_only_the_door_counts_a_call_moves_nothing() -> None:
    called = Made(at(date(2026, 2, 27)), at(date(2026, 2, 10)))
    assert planned(home(1, "独居老人"), made={"h001": called})["h001"].due_on == date(2026, 3, 10)


def test_what_is_overdue_is_planned_for_today() -> None:
    last = Made(at(date(2025, 10, 1)), at(date(2025, 10, 1)))
    assert planned(home(1, "困难"), made={"h001": last})["h001"].due_on == TODAY


def test_households_of_a_class_are_spread_over_the_period_in_the_order_of_the_stairwells() -> None:
    found = planned(*[home(n, "独居老人") for n in range(1, 23)])
    days = [found[f"h{n:03}"].due_on for n in range(1, 23)]
    assert days == sorted(days, key=str)
    assert max(Counter(days).values()) == 1
    assert all(day is not None and CALENDAR.is_workday(day) for day in days)
    assert date(2026, 3, 14) in days, "the Saturday that is worked"


def test_no_day_is_fuller_than_the_profile_allows() -> None:
    found = planned(*[home(n, "独居老人") for n in range(1, 301)])
    assert max(Counter(visit.due_on for visit in found.values()).values()) <= 5


def test_a_household_that_needs_more_care_now_is_visited_sooner() -> None:
    old = Visit(id=1, household="h001", grid="g1", worker="s1", due_on=date(2026, 11, 2), why="普通")
    plan = rounds(load={date(2026, 11, 2): 1})
    plan.plan([home(1, "独居老人")], [old], {})
    assert (plan.new, list(plan.changed)) == ([], [1])
    assert old.why == "独居老人" and old.due_on is not None and old.due_on <= date(2026, 3, 31)


def test_who_moved_away_is_owed_nothing_and_another_worker_takes_over() -> None:
    gone = Visit(id=1, household="h001", grid="g1", worker="s1", due_on=TODAY, why="普通")
    kept = Visit(id=2, household="h002", grid="g1", worker="s9", due_on=TODAY, why="普通")
    plan = rounds()
    plan.plan([home(2)], [gone, kept], {})
    assert gone.dropped and kept.worker == "s1" and plan.new == []


def test_a_first_visit_is_due_seven_days_after_moving_in() -> None:
    found = planned(home(1, since=date(2026, 2, 26)), home(2, since=date(2025, 2, 26)))
    assert (found["h001"].why, found["h001"].due_on) == ("新入户", date(2026, 3, 5))
    assert found["h002"].why == "普通"


def test_an_org_entered_late_in_a_quarter_has_a_whole_period_for_its_visits() -> None:
    late = Rounds(profiles.load("default"), CALENDAR, date(2026, 3, 24), "s1", {})
    late.plan([home(n, "困难") for n in range(1, 41)], [], {})
    days = [visit.due_on for visit in late.new if visit.due_on is not None]
    assert max(days) <= date(2026, 6, 24) and max(Counter(days).values()) == 1
    assert sum(day <= date(2026, 3, 31) for day in days) < 5
