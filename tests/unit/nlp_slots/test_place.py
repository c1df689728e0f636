"""Houses by number and the org's names for places."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from gridbot.nlp.slots import place
from gridbot.nlp.slots.place import Gazetteer, PlaceName

CASES = Path(__file__).parents[2] / "cases" / "places.toml"
SLOTS = ("building", "unit", "floor", "room", "row")


def _cases() -> list[dict[str, Any]]:
    return tomllib.loads(CASES.read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", _cases(), ids=lambda c: f"{c['text'][:20]}|{c.get('nick', '')}")
def test_a_labelled_place_is_read_to_the_digit(case: dict[str, Any]) -> None:
    found = place.find(case["text"], nickname=case.get("nick", ""))
    read = {slot: getattr(found, slot) for slot in SLOTS if found and getattr(found, slot)}
    assert read == {slot: case[slot] for slot in SLOTS if slot in case}
    if "span" in case:
        assert found is not None
        assert found.text == case["span"]


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        ("3-502", {"building": "3", "room": "502"}),
        ("3-502 正常 老人身体好", {"building": "3", "room": "502"}),
        ("3-2-502", {"building": "3", "unit": "2", "room": "502"}),
        ("3号楼2单元502", {"building": "3", "unit": "2", "room": "502"}),
        ("平房5排3号", {"row": "5", "room": "3"}),
        ("7排-7 正常", {"row": "7", "room": "7"}),
        ("7排7 家里没人", {"row": "7", "room": "7"}),
        ("三排五号房顶漏雨", {"row": "3", "room": "5"}),
        ("502", {"room": "502"}),
        ("王奶奶 3-502", {"building": "3", "room": "502"}),
        ("3-502 2 义务扫雪", {"building": "3", "room": "502"}),
    ],
)
def test_a_household_in_a_command_is_its_home(text: str, slots: dict[str, str]) -> None:
    found = place.parse_home(text)
    assert found is not None
    assert {slot: getattr(found, slot) for slot in SLOTS if getattr(found, slot)} == slots
    assert found.text in text


@pytest.mark.parametrize("text", ["", "正常", "王奶奶 住院", "明天", "2小时", "12月5日"])
def test_what_names_no_household_is_none(text: str) -> None:
    assert place.parse_home(text) is None


NAMES = Gazetteer(
    [
        PlaceName("东门小卖店", ("小卖店", "东门小卖部"), kind="店铺", node="G1"),
        PlaceName("大槐树", ("大槐树底下",), node="G2"),
        PlaceName("幸福小区", ("幸福里",), kind="estate", node="C1"),
        PlaceName("3号楼", kind="building", node="B3"),
        PlaceName("便民药店", node="G1"),
        PlaceName("人民药店", ("便民药店",), node="G2"),
    ]
)


def test_a_nickname_of_a_place_becomes_its_name_and_node() -> None:
    found = place.find("大槐树底下路灯不亮", NAMES)
    assert found is not None
    assert (found.landmark, found.node, found.text) == ("大槐树", "G2", "大槐树底下")


def test_the_longest_of_overlapping_names_wins() -> None:
    found = place.find("东门小卖店门口积水", NAMES)
    assert found is not None
    assert (found.landmark, found.text) == ("东门小卖店", "东门小卖店")


def test_an_estate_and_a_building_stand_side_by_side() -> None:
    found = place.find("幸福里3号楼2单元没水", NAMES)
    assert found is not None
    assert (found.estate, found.building, found.unit, found.landmark) == ("幸福小区", "3", "2", None)


def test_a_building_of_the_org_brings_its_node() -> None:
    found = place.find("3号楼没水", NAMES)
    assert found is not None
    assert (found.building, found.node, found.landmark) == ("3", "B3", None)


def test_building_13_is_not_building_3() -> None:
    found = place.find("13号楼没水", NAMES)
    assert found is not None
    assert (found.building, found.node) == ("13", None)


def test_a_name_of_two_nodes_has_none() -> None:
    found = place.find("便民药店门口", NAMES)
    assert found is not None
    assert found.landmark == "便民药店"
    assert found.node is None


def test_a_landmark_is_not_overridden_by_the_nickname() -> None:
    found = place.find("大槐树下路灯坏了", NAMES, nickname="3-502张三")
    assert found is not None
    assert (found.landmark, found.building) == ("大槐树", None)


def test_an_empty_gazetteer_knows_nothing() -> None:
    assert place.find("大槐树底下", Gazetteer([])) is None
