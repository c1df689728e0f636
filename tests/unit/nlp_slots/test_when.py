"""Times as people say them: the same answer wherever the machine stands."""

from __future__ import annotations

import os
import time
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from gridbot.nlp.slots import almanac, when

CASES = Path(__file__).parents[2] / "cases" / "times.toml"
SHANGHAI = ZoneInfo("Asia/Shanghai")
SATURDAY = datetime(2026, 11, 21, 10, 0, tzinfo=SHANGHAI)


def _cases() -> list[dict[str, Any]]:
    return tomllib.loads(CASES.read_text(encoding="utf-8"))["case"]


def _moment(case: dict[str, Any], key: str) -> datetime | None:
    return datetime.fromisoformat(case[key]).replace(tzinfo=SHANGHAI) if key in case else None


@pytest.mark.parametrize("case", _cases(), ids=lambda c: c["text"][:24])
def test_a_labelled_time_is_read_to_the_second(case: dict[str, Any]) -> None:
    found = when.find(case["text"], at=_moment(case, "at") or SATURDAY, zone=SHANGHAI)
    length = {key: case[key] for key in ("days", "hours", "minutes") if key in case}
    assert (found.start if found else None) == _moment(case, "start")
    assert (found.end if found else None) == _moment(case, "end")
    assert (found.duration_s if found else None) == (timedelta(**length).total_seconds() if length else None)
    if "span" in case:
        assert found is not None
        assert found.text == case["span"]


@pytest.fixture(params=["UTC", "Asia/Shanghai", "America/New_York"])
def machine_zone(request: pytest.FixtureRequest) -> Iterator[str]:
    before = os.environ.get("TZ")
    os.environ["TZ"] = request.param
    time.tzset()
    yield request.param
    if before is None:
        del os.environ["TZ"]
    else:
        os.environ["TZ"] = before
    time.tzset()


def test_the_machines_zone_plays_no_part(machine_zone: str) -> None:
    for case in _cases():
        found = when.find(case["text"], at=(_moment(case, "at") or SATURDAY).astimezone(UTC), zone=SHANGHAI)
        assert (found.start if found else None) == _moment(case, "start"), case["text"]


def test_the_day_is_the_day_of_the_place_not_of_greenwich() -> None:
    late = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)  # 01:00 of the 21st in Shanghai
    found = when.find("今天停水", at=late, zone=SHANGHAI)
    assert found is not None
    assert found.start == datetime(2026, 11, 21, tzinfo=SHANGHAI)


def test_every_clock_time_is_found_in_order() -> None:
    found = when.clock_times("上午9点，下午2:30，晚上8点", at=SATURDAY, zone=SHANGHAI)
    assert [f"{moment:%H:%M}" for moment in found] == ["09:00", "14:30", "20:00"]


def test_a_weekday_passed_is_next_weeks_for_a_promise() -> None:
    monday = datetime(2026, 11, 23, 9, 0, tzinfo=SHANGHAI)
    found = when.find("周五", at=monday, zone=SHANGHAI)
    assert found is not None
    assert found.start == datetime(2026, 11, 27, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("name", "year", "day"),
    [
        ("春节", 2027, "2027-02-06"),
        ("除夕", 2026, "2027-02-05"),
        ("清明", 2026, "2026-04-05"),
        ("冬至", 2024, "2024-12-21"),
        ("母亲节", 2026, "2026-05-10"),
        ("中秋", 2026, "2026-09-25"),
        ("国庆", 2026, "2026-10-01"),
    ],
)
def test_a_festival_has_its_day(name: str, year: int, day: str) -> None:
    assert str(almanac.festival(name, year)) == day


def test_a_day_beyond_the_tables_of_the_moon_is_none() -> None:
    assert almanac.lunar(2600, 1, 1) is None
    assert almanac.lunar(2026, 2, 31) is None
