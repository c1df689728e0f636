"""What residents say to the bot in words of their own: examples are read as the command, talk is not."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from gridbot.nlp import Reader, Scene, Speaker
from gridbot.nlp.asks import Ask, only

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 3, 2, 9, tzinfo=ZONE)
READER = Reader.load(zone=ZONE)
RULES = READER.residents_words.rules
ALONE = Scene(addressed=True, private=True)


def command(text: str, scene: Scene = ALONE) -> str:
    found = READER.read(text, at=NOW, scene=scene).command
    return found.name if found is not None else ""


@pytest.mark.parametrize(("name", "text"), [(rule.feature, text) for rule in RULES for text in rule.examples])
def test_an_example_is_read_as_its_command(name: str, text: str) -> None:
    assert command(text) == name


@pytest.mark.parametrize(
    ("name", "text"), [(rule.feature, text) for rule in RULES for text in rule.counterexamples]
)
def test_a_counterexample_is_not(name: str, text: str) -> None:
    assert command(text) != name


@pytest.mark.parametrize("text", ["帮我全删掉", "别读我消息", "楼上502那家电话有吗"])
def test_nobody_is_taken_at_a_word_said_to_others(text: str) -> None:
    assert command(text, Scene()) == ""
    assert command(text, Scene(Speaker.STAFF, addressed=True, private=True)) not in ("leave", "erase")


@pytest.mark.parametrize("text", ["知道啦", "我看到了", "谢谢 麻烦了", "好", "OK", "👌", "好的 谢谢"])
def test_a_nod_says_nothing_else(text: str) -> None:
    assert only(text, Ask.NOD)


@pytest.mark.parametrize("text", ["好的路灯", "收到快递了", "我家灯坏了", "？", "1", ""])
def test_other_words_are_no_nod(text: str) -> None:
    assert not only(text, Ask.NOD)
