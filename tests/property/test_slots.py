"""Whatever is written, slots and commands answer: no exception, no lost digit, in time."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridbot.nlp.commands import Grammar
from gridbot.nlp.reading import Speaker
from gridbot.nlp.slots import people, place, quantity, when
from gridbot.nlp.slots.place import Gazetteer, PlaceName

SHANGHAI = ZoneInfo("Asia/Shanghai")
GRAMMAR = Grammar.load()
NAMES = Gazetteer(
    [PlaceName("大槐树", ("槐树底下",), node="G1"), PlaceName("3号楼", kind="building", node="B3")]
)

MEANT = (
    "0123456789一二三四五六七八九十百零两半初廿号楼栋幢单元室户排层门座点时分秒年月日天周星期前后到至"
    "今明昨早晚上下午刚才-—:：/.#@ ，\n办结收到报事转派催满意公告我家的了"
)
HOUSES = st.text(st.sampled_from(MEANT), max_size=60)
TEXTS = st.one_of(st.text(max_size=80), st.text(st.characters(exclude_categories=[]), max_size=40), HOUSES)
MOMENTS = st.integers(631_152_000, 3_786_912_000).map(lambda second: datetime.fromtimestamp(second, UTC))


@given(TEXTS, TEXTS)
def test_any_text_has_a_place_or_none(text: str, nickname: str) -> None:
    found = place.find(text, NAMES, nickname=nickname)
    if found is not None:
        assert found.text in text
        for number in (found.unit, found.floor, found.row):
            assert number is None or number.lstrip("-").isalnum()


@given(TEXTS)
def test_any_text_has_a_home_or_none(text: str) -> None:
    found = place.parse_home(text)
    assert found is None or (found and found.text in text)


@given(st.integers(1, 99), st.integers(1, 9), st.integers(1, 33), st.integers(1, 12))
def test_every_spelling_of_a_flat_is_the_same_flat(building: int, unit: int, floor: int, door: int) -> None:
    room = f"{floor}{door:02}"
    spellings = (
        f"{building}号楼{unit}单元{room}",
        f"{building}栋{unit}单元{room}室",
        f"{building}幢{unit}门{room}",
        f"{building}-{unit}-{room}",
        f"{building}#{unit}-{room}",
    )
    for spelling in spellings:
        for text in (spelling, f"{spelling}漏水了", f"我是{spelling}的，没水"):
            found = place.find(text)
            assert found is not None
            assert (found.building, found.unit, found.room) == (str(building), str(unit), room), text


@given(TEXTS, MOMENTS)
def test_any_text_has_a_time_or_none(text: str, at: datetime) -> None:
    found = when.find(text, at=at, zone=SHANGHAI)
    if found is not None:
        assert found.text in text
        for moment in (found.start, found.end):
            assert moment is None or moment.tzinfo is SHANGHAI
        if found.start and found.end:
            assert found.start <= found.end
        assert found.duration_s is None or found.duration_s >= 0
    when.clock_times(text, at=at, zone=SHANGHAI)


@given(MOMENTS, st.integers(0, 23), st.integers(0, 59))
def test_a_clock_time_of_tomorrow_is_tomorrow(at: datetime, hour: int, minute: int) -> None:
    found = when.find(f"明天{hour}:{minute:02}停水", at=at, zone=SHANGHAI)
    assert found is not None
    assert found.start is not None
    assert (found.start.hour, found.start.minute) == (hour, minute)
    assert (found.start.date() - at.astimezone(SHANGHAI).date()).days == 1


@given(TEXTS)
def test_masking_is_total_and_settles(text: str) -> None:
    masked = quantity.mask(text)
    assert quantity.mask(masked) == masked
    assert quantity.contacts(masked)[0] is None
    phone, seen = quantity.contacts(text)
    assert phone is None or (seen and "*" in phone)


@given(st.integers(0, 9999))
def test_a_numeral_spelled_digit_by_digit_is_its_number(value: int) -> None:
    assert quantity.number("".join("零一二三四五六七八九"[int(d)] for d in str(value))) == value
    assert quantity.number(str(value)) == value


@given(TEXTS)
def test_numerals_and_counts_are_total(text: str) -> None:
    many = people.count(text)
    assert many is None or many >= 0
    quantity.number(text)


@given(TEXTS, st.sampled_from(list(Speaker)), st.booleans())
def test_any_text_is_a_command_or_none(text: str, speaker: Speaker, addressed: bool) -> None:
    found = GRAMMAR.read(text, speaker=speaker, addressed=addressed)
    if found is not None:
        assert found.name in GRAMMAR.words or found.name == "choice"
        assert found.rest == found.rest.strip()
        assert all(number < 10_000_000 for number in found.numbers)


@given(
    st.sampled_from(["办结", "退回", "上报", "挂起", "督办", "回单"]),
    st.integers(1, 9_999_999),
    st.sampled_from(["", "换了灯泡", "3号楼2单元的灯换了", "不归我们管 请物业去"]),
)
def test_the_order_of_word_and_number_makes_no_difference(word: str, number: int, rest: str) -> None:
    orders = (
        f"{word} {number} {rest}",
        f"{number} {word} {rest}",
        f"#{word}#{number}，{rest}",
        f"{word}{number} {rest}",
        f"{number}号{word}了，{rest}",
    )
    for text in orders:
        found = GRAMMAR.read(text, speaker=Speaker.STAFF, addressed=True)
        assert found is not None
        assert (GRAMMAR.words[found.name][0], found.numbers, found.rest) == (word, (number,), rest), text


@pytest.mark.parametrize(
    "text",
    [
        "3栋" * 7000,
        "1-" * 10000,
        "一" * 20000,
        "初三" * 10000,
        "明天" * 10000,
        "请" * 20000,
        "@a " * 6000,
        "#" * 20000,
    ],
)
def test_twenty_thousand_characters_are_read_in_the_wink_of_an_eye(text: str) -> None:
    at = datetime(2026, 11, 21, 10, tzinfo=SHANGHAI)
    started = time.process_time()
    place.find(text, NAMES)
    when.find(text, at=at, zone=SHANGHAI)
    people.count(text)
    quantity.mask(text)
    quantity.contacts(text)
    for speaker in Speaker:
        GRAMMAR.read(text, speaker=speaker, addressed=True)
    assert time.process_time() - started < 0.25  # five readings of at most 50 ms
