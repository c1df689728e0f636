"""What of a household is clear: known, and known since not too long ago."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from gridbot import profiles
from gridbot.models.territory import register
from gridbot.models.territory.org import Household
from gridbot.models.territory.register import Entry
from gridbot.workdays import WorkCalendar

CHINA = WorkCalendar(ZoneInfo("Asia/Shanghai"))
CARE = profiles.load("default").care


def page(**known: tuple[str, datetime | None]) -> Entry:
    return Entry(Household(id="h1", node="g1"), (), known)


def missing(entry: Entry) -> list[str]:
    return register.questions(entry, CARE, CHINA, datetime(2026, 2, 2, 1, tzinfo=UTC))


def test_a_field_known_too_long_ago_is_asked_for_again() -> None:
    old, new = datetime(2025, 1, 6, tzinfo=UTC), datetime(2025, 3, 1, tzinfo=UTC)
    found = missing(
        page(户主=("王大妈", None), 电话=("1", new), 人数=("2", old), 住房=("自有", new), 类别=("普通", None))
    )
    assert found == ["人数"]


def test_what_the_import_brought_needs_no_date_and_an_empty_field_is_missing() -> None:
    assert missing(page(户主=("王大妈", None), 电话=("", None))) == ["电话", "人数", "住房", "类别"]


def test_names_are_masked_by_their_surname() -> None:
    assert register.masked("张小三") == "张*"
