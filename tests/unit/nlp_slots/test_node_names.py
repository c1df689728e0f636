"""What grids are called by."""

from __future__ import annotations

import pytest

from gridbot.nlp.slots import place
from gridbot.nlp.slots.gazetteer import Gazetteer, PlaceName
from gridbot.nlp.slots.node_names import node_names


def named(*grids: tuple[str, str]) -> dict[str, str | None]:
    return {name.name: name.node for name in node_names(grids)}


def test_a_grid_is_called_by_its_name_with_and_without_its_ending() -> None:
    assert named(("g1", "东风市场网格")) == {"东风市场网格": "g1", "东风市场": "g1"}
    assert named(("g1", "中心小学专属网格")) == {"中心小学专属网格": "g1", "中心小学": "g1"}
    assert named(("g1", "医院门口")) == {"医院门口": "g1"}


@pytest.mark.parametrize("name", ["学校", "平安", "阳光", "和谐", "市场", "农贸市场", "医院"])
def test_an_everyday_word_is_no_name_of_a_grid(name: str) -> None:
    assert named(("g1", name)) == {}
    assert named(("g1", f"{name}网格")) == {f"{name}网格": "g1"}


def test_a_numbered_grid_goes_by_its_full_name_alone_and_is_no_spot() -> None:
    assert named(("g1", "第一网格"), ("g2", "东苑第二网格"), ("g3", "3号楼")) == {
        "第一网格": "g1",
        "东苑第二网格": "g2",
    }
    found = place.find("第一网格路灯坏了", Gazetteer(node_names([("g1", "第一网格")])))
    assert found is not None and (found.node, found.text, found.landmark) == ("g1", "", None)


def test_a_name_of_two_grids_tells_nothing() -> None:
    assert named(("g1", "东风市场"), ("g2", "东风市场网格")) == {"东风市场网格": "g2"}


def test_of_a_place_and_the_grid_called_by_its_name_the_place_is_meant() -> None:
    grids = Gazetteer(node_names([("g1", "东风市场网格"), ("g2", "西苑批发城网格")]))
    both = Gazetteer([PlaceName("东风市场", ("菜场",), "landmark", "g3")], grids)
    assert both.find("东风市场的灯坏了")[0][2].node == "g3"
    assert both.find("东风市场网格的灯坏了")[0][2].node == "g1"
    assert [hit[2].node for hit in both.find("从西苑批发城到菜场的路")] == ["g2", "g3"]
