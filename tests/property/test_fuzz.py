"""A reader that is thrown anything at all for GRIDBOT_FUZZ_S seconds (2 unless set)."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from gridbot.nlp import Kind, Reader, Scene, Speaker, warm

AT = datetime(2026, 3, 2, 2, tzinfo=UTC)
SECONDS = float(os.environ.get("GRIDBOT_FUZZ_S", "2"))
LONGEST_S = 1.0  # nobody's message takes that long, however it is made
NASTY = [
    *("\ud83d", "\udfff", "\udc00"),  # lone surrogates
    *("\u202e", "\u202d", "\u2066", "\u2069", "\u200f", "\u061c"),  # bidi
    *("\u200b", "\u200c", "\u200d", "\ufeff", "\u2060", "\u00ad", "\ufe0f", "\u20e3", "\U000e0101"),
    *("\x00", "\x07", "\x08", "\x1b", "\x7f", "\x85", "\u2028", "\u2029", "\t", "\r", "\n"),
    *("😂", "👨‍👩‍👧‍👦", "🇨🇳", "🏳️‍🌈", "1️⃣", "㊙", "①", "㈠", "Ⅳ", "½", "ﷺ", "ﬃ", "Å", "が", "한", "𠮷", "𝟛"),
    *("#", "＃", "@", "$", "^", "{", "}", "[", "]", "(", ")", "|", "\\", '"', "'", "<", "&", "%s", "{0}"),
]
WORDS = [
    "着火",
    "停水",
    "没",
    "不是",
    "电梯",
    "困在",
    "老人",
    "一个人住",
    "没人接",
    "电话",
    "13900000000",
    "110101199003077475",
    "3-2-502",
    "3号楼",
    "二单元",
    "今早八点",
    "初三",
    "从",
    "到",
    "三天了",
    "每天",
    "谢谢",
    "哈哈",
    "接龙",
    "通知",
    "万一",
    "也",
    "还有",
    "另外",
    "+1",
    "我家也是",
    "修好了",
    "冇水",
    "壞咗",
    "电体",
    "报事",
    "进度",
    "1024",
    "撤回",
    "转工单",
    "吗",
    "呢",
    "了",
    "的",
    "一",
    "二",
    "〇",
    "零",
    "百",
    "千",
    "万",
    "亿",
    "点",
    "分",
    "年",
    "月",
    "日",
    "号",
    "周",
    "半",
    "块",
]


def _long(chance: random.Random) -> str:
    return chance.choice([*NASTY, *WORDS]) * chance.choice([3, 50, 1000, 20_001])


def _mixed(chance: random.Random) -> str:
    return "".join(chance.choices(NASTY + WORDS * 3, k=chance.randrange(60)))


def _torn(chance: random.Random) -> str:
    glue = chance.choice(NASTY)
    return glue.join("".join(chance.choices(WORDS, k=8)))


def _random(chance: random.Random) -> str:
    return "".join(chr(chance.randrange(0x110000)) for _ in range(chance.randrange(80)))


MAKERS: list[Callable[[random.Random], str]] = [_mixed, _torn, _random, _long]


@pytest.mark.slow
def test_nothing_that_is_thrown_at_the_reader_breaks_it() -> None:
    warm()
    reader = Reader.load(zone=ZoneInfo("Asia/Shanghai"))
    chance = random.Random(int(os.environ.get("GRIDBOT_FUZZ_SEED", "1")))
    until, read = time.monotonic() + SECONDS, 0
    while read < 200 or time.monotonic() < until:
        text = chance.choices(MAKERS, weights=[6, 3, 3, 1])[0](chance)
        speaker, addressed = chance.choice(list(Speaker)), chance.random() < 0.3
        scene = Scene(speaker=speaker, addressed=addressed, nickname=_mixed(chance)[:12])
        began = time.process_time()
        reading = reader.read(text, at=AT, scene=scene, slots=chance.random() < 0.7)
        assert time.process_time() - began < LONGEST_S, ascii(text[:200])
        assert 0 <= reading.confidence <= 1, ascii(text)
        assert reading.kind in Kind, ascii(text)
        repr(reading)
        read += 1
