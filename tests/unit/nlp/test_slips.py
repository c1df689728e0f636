"""Slips of typing by sound are read as what is meant, and only they."""

import tomllib
from pathlib import Path

import pytest

import gridbot.rules
from gridbot.nlp.dialect import plain

SLIPS = tomllib.loads((Path(gridbot.rules.__file__).parent / "slips.toml").read_text(encoding="utf-8"))[
    "slips"
]


def test_a_slip_is_as_long_as_what_is_meant() -> None:
    assert [written for written, meant in SLIPS.items() if len(written) != len(meant)] == []


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("电体坏了", "电梯坏了"),
        ("路登瞎了一排", "路灯瞎了一排"),
        ("又听水了", "又停水了"),
        ("停车未让人占了", "停车位让人占了"),
    ],
)
def test_a_slip_is_read_as_meant(written: str, meant: str) -> None:
    assert plain(written) == meant


@pytest.mark.parametrize(
    "text",
    ["请有关部门尽快处理", "到底保不保", "从账户扣款", "广电体育中心", "听水声睡觉", "怎么有这么好的人"],
)
def test_a_word_that_only_holds_a_slip_stays(text: str) -> None:
    assert plain(text) == text
