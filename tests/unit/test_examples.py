"""The example orgs have the numbers of places that the source systems have."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from gridbot.demo.examples import EXAMPLES, Example

LEVELS = {
    "yiyang": {"镇": 16, "村": 353, "社区": 6, "网格": 586 + 32},
    "zhanyi": {"街道": 11, "社区": 135, "居民小组": 1069, "网格": 4378},
    "xinan": {"社区": 3, "片": 14, "区域": 36, "楼": 84, "平房区": 3, "单元": 257},
    "xihua": {"乡镇": 22, "村": 451, "片": 2239, "网格": 8788},
    "tianshui": {"街道": 10, "社区": 105, "乡镇": 113, "行政村": 1672, "网格": 5863},
}


@pytest.mark.parametrize("name", LEVELS)
def test_each_level_has_as_many_places_as_the_system_says(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Example, "homes", lambda *_, **__: None)
    one = Example(random.Random(1))
    EXAMPLES[name](one)
    found = Counter(str(row["level"]) for row in one.sheets["nodes"])
    assert {level: found[level] for level in LEVELS[name]} == LEVELS[name]
    codes = [row["code"] for row in one.sheets["nodes"]]
    assert len(codes) == len(set(codes))


def test_the_street_of_six_levels_has_419_posts_and_says_421(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Example, "homes", lambda *_, **__: None)
    one = Example(random.Random(1))
    EXAMPLES["xinan"](one)
    assert len(one.sheets["staff"]) == 419
    assert one.sheets["nodes"][0]["declared_units"] == 421


@pytest.mark.parametrize("name", LEVELS)
def test_places_of_one_parent_have_names_of_their_own(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Example, "homes", lambda *_, **__: None)
    one = Example(random.Random(1))
    EXAMPLES[name](one)
    named = Counter((row["parent"], row["name"]) for row in one.sheets["nodes"])
    assert max(named.values()) == 1
    villages = [
        row["name"] for row in one.sheets["nodes"] if row["level"] in ("村", "社区", "行政村", "乡镇")
    ]
    assert len(villages) == len(set(villages))
