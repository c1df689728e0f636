"""When people say it in their own words; tests/cases/times_spoken.toml has the labels."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from gridbot.nlp.normalize import fold
from gridbot.nlp.slots import when
from gridbot.nlp.timed import Timed, load_times

CASES = Path(__file__).parents[2] / "cases" / "times_spoken.toml"
SHANGHAI = ZoneInfo("Asia/Shanghai")


def _start(case: Timed) -> datetime | None:
    found = when.find(fold(case.text), at=case.at.astimezone(UTC), zone=SHANGHAI)
    return found.start if found else None


def test_times_in_peoples_own_words_begin_when_they_mean() -> None:
    timed = [case for case in load_times(CASES, SHANGHAI) if case.start]
    assert len(timed) > 300
    assert [case.text for case in timed if _start(case) != case.start] == []


def test_what_only_looks_like_a_time_is_none() -> None:
    untimed = [case for case in load_times(CASES, SHANGHAI) if case.start is None]
    assert len(untimed) > 200
    assert [case.text for case in untimed if _start(case) is not None] == []


@pytest.mark.parametrize("text", ["五一社区", "国庆", "周", "下", "八点八", "王国庆", "7.30-"])
def test_twenty_thousand_characters_that_begin_times_without_end_take_no_time(text: str) -> None:
    begun = time.process_time()
    when.find(text * (20_000 // len(text)), at=datetime(2026, 11, 21, tzinfo=UTC), zone=SHANGHAI)
    assert time.process_time() - begun < 0.5
