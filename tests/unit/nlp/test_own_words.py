"""Colleagues' own words: every rule's examples are read as its command, its counterexamples are not."""

from __future__ import annotations

import tomllib
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from gridbot.nlp import Reader, Reading, Scene, Speaker

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 3, 2, 9, tzinfo=ZONE)
READER = Reader.load(zone=ZONE)
RULES = READER.own_words.rules
STAFF = Scene(Speaker.STAFF, addressed=True, private=True)
KNOWN_WORD = {"confirm": ("yes",), "answer_muster": ("arrive",)}  # said in words the grammar has, or alike


def read(text: str, scene: Scene = STAFF) -> Reading:
    return READER.read(text, at=NOW, scene=scene)


@pytest.mark.parametrize(
    ("command", "text"), [(rule.feature, text) for rule in RULES for text in rule.examples]
)
def test_an_example_is_read_as_its_command(command: str, text: str) -> None:
    found = read(text).command
    assert found is not None and found.name in (command, *KNOWN_WORD.get(command, ()))


@pytest.mark.parametrize(
    ("command", "text"), [(rule.feature, text) for rule in RULES for text in rule.counterexamples]
)
def test_a_counterexample_is_not(command: str, text: str) -> None:
    found = read(text).command
    assert found is None or found.name != command or not found.own


@pytest.mark.parametrize("text", ["今天还有啥活", "漏水的给物业", "灯那个我来弄", "多少人看到了"])
def test_only_colleagues_in_private_are_heard_so(text: str) -> None:
    for scene in (
        Scene(),
        Scene(addressed=True, private=True),
        Scene(Speaker.STAFF),
        Scene(Speaker.STAFF, True),
    ):
        found = read(text, scene).command
        assert found is None or not found.own


def test_numbers_are_taken_out_and_doors_are_none() -> None:
    found = read("12号那个我来弄").command
    assert found is not None and found.numbers == (12,)
    found = read("给3-502加两分，帮着扫雪了").command
    assert found is not None and found.numbers == ()


@pytest.mark.parametrize(
    "text", ["3号楼着火了 冒浓烟 快来人", "超市门口那棵树歪了 怕砸着人", "幼儿园旁边的路灯一排都不亮"]
)
def test_a_report_stays_a_report(text: str) -> None:
    found = read(text)
    assert found.category is not None and (found.command is None or not found.command.own)


CASES = tomllib.loads((Path(__file__).parents[2] / "cases" / "own_words.toml").read_text("utf-8"))["cases"]


@pytest.mark.parametrize(
    ("command", "text"), [(case["is"], text) for case in CASES for text in case["texts"]]
)
def test_what_people_say_is_the_command_they_mean(command: str, text: str) -> None:
    found = read(text).command
    assert (found.name if found is not None else "") == command
