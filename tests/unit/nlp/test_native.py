"""What is built in machine code answers as its twin in Python does."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridbot import jsons
from gridbot.nlp import Reader, Scene, laying, scales, scan, swift
from gridbot.nlp.commands import Grammar
from gridbot.nlp.model import WEIGHTS, Model
from gridbot.nlp.rules import load_rules

try:
    from gridbot.nlp import native
except ImportError:
    if os.environ.get("GRIDBOT_REQUIRE_ALL") == "1":
        raise
    pytest.skip("there was no compiler at the installation", allow_module_level=True)

CASES = Path(__file__).parents[2] / "cases"
ZONE = ZoneInfo("Asia/Shanghai")
AT = datetime(2026, 11, 18, 10, 20, tzinfo=ZONE)
EVERY = 40
"""One in so many of the labelled messages."""

ABSURD = (
    *(
        "",
        "a",
        "0",
        "$",
        "^^",
        "没" * 60,
        "停" * 3000,
        "12 345六7 8",
        "\ud800漏\u200d水",
        "😀" * 400 + "救命",
    ),
    *("不是不是电梯不是坏了", "停水果停电梯停水", ".. . 。。 ,a b 中 a 中 ", "你好，电梯坏了"),
    "3号楼2单元电梯又停了 老人下不去楼。" * 400,
)
"""What bounds, ends of clauses, masks, repetition and odd characters are tried by."""


def strings(found: object) -> Iterator[str]:
    if isinstance(found, str):
        yield found
    elif isinstance(found, dict):
        for one in found.values():
            yield from strings(one)
    elif isinstance(found, list):
        for one in found:
            yield from strings(one)


def messages() -> list[str]:
    tables = [tomllib.loads(file.read_text("utf-8")) for file in sorted(CASES.glob("*.toml"))]
    return [*dict.fromkeys([*strings(tables)][::EVERY]), *ABSURD]


def reader(layer: type, weights: type, tally: type) -> Reader:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(swift, "Layer", layer)
        patch.setattr(swift, "Scales", weights)
        patch.setattr(swift, "Tally", tally)
        return Reader(load_rules(), Grammar.load(), Model(jsons.read(WEIGHTS.read_bytes())), zone=ZONE)


@pytest.fixture(scope="module")
def compiled() -> Reader:
    return reader(native.Layer, native.Scales, native.Tally)


@pytest.fixture(scope="module")
def plain() -> Reader:
    return reader(laying.Layer, scales.Scales, scan.Tally)


def test_messages_are_read_alike(compiled: Reader, plain: Reader) -> None:
    texts = messages()
    assert len(texts) > 600
    for text in texts:
        for scene in (Scene(), Scene(addressed=True)):
            for slots in (False, True):
                one = compiled.read(text, at=AT, scene=scene, slots=slots)
                assert one == plain.read(text, at=AT, scene=scene, slots=slots), text
        assert compiled.matches(text) == plain.matches(text), text


SIGNS = st.sampled_from("电梯停水没不是又坏了灯亮着火 ，。、.~没有人3号楼a0$^\n")


@given(st.lists(st.text(SIGNS, min_size=1, max_size=30), min_size=1, max_size=3))
def test_made_up_texts_match_alike_whichever_is_looked_at_first(
    compiled: Reader, plain: Reader, texts: list[str]
) -> None:
    for text in texts:
        assert compiled.matches(text) == plain.matches(text)
    sights = [compiled._matcher.sight(text) for text in texts]  # seen side by side, then laid
    others = [plain._matcher.sight(text) for text in texts]
    for sight, other in zip(sights, others, strict=True):
        assert sight.marks == other.marks
        assert compiled._matcher.find(sight) == plain._matcher.find(other)
        assert list(sight.starts) == list(other.starts)
        assert [sight.clause_span(n) for n in range(len(other.starts))] == [
            other.clause_span(n) for n in range(len(other.starts))
        ]


WORDS = st.text("水电不a😀", min_size=1, max_size=4)
NUMBERS = st.integers(-(1 << 40), 1 << 40)


@given(
    st.dictionaries(WORDS, NUMBERS, max_size=12),
    st.dictionaries(WORDS, st.integers(0, 255), max_size=6),
    st.text("水电不a😀b"),
)
def test_words_are_tallied_alike(weights: dict[str, int], bits: dict[str, int], text: str) -> None:
    if weights or bits:
        assert native.Tally(weights, bits).of(text) == scan.Tally(weights, bits).of(text)


PIECES = st.text("水电0^$", min_size=1, max_size=2)


@st.composite
def weights(draw: st.DrawFn) -> scales.Weights:
    small = st.integers(-9999, 9999)
    report = draw(st.dictionaries(PIECES | PIECES.map("^^".__add__), small, min_size=1, max_size=12))
    named = st.sampled_from([*report, "P:issue", "B:issue"])
    row = st.lists(st.tuples(st.integers(0, 3), small), max_size=3, unique_by=lambda cell: cell[0])
    rows = draw(st.dictionaries(named, row))
    alarm = draw(st.dictionaries(st.sampled_from([*report]), small))
    return scales.Weights(report, alarm, rows, draw(st.lists(small, min_size=4, max_size=4)), draw(small))


@given(weights(), st.text("水电012a", max_size=14), st.floats(-3, 3))
def test_texts_weigh_alike(table: scales.Weights, text: str, power: float) -> None:
    one, other = native.Scales(table), scales.Scales(table)
    seen, known = one.look(text), other.look(text)
    assert (seen.sum, seen.rough) == (known.sum, known.rough)
    assert (seen.alarm, seen.pieces) == (known.alarm, known.pieces)
    extra = {"P:issue": power, "B:issue": 2.0, "P:unknown": 1.0}
    assert one.judge(seen, extra, 1_000_000, 1e-9) == other.judge(known, extra, 1_000_000, 1e-9)
    for piece in table.report:
        if len(piece) < 3:
            assert list(one.weights_of(piece)) == list(other.weights_of(piece))
