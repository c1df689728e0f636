"""A matter goes to the grid that is named, also where the org lists no such place."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scene import Scene

NODES = """
    code,parent,name,level,kind,profile,declared_units,area
    jd,,青石街道,街道,,default,,
    sq,jd,青石社区,社区,,,,
    g1,sq,第一网格,网格,小区型,,,
    g2,sq,东风市场网格,网格,商圈型,,,
    g3,sq,阳光网格,网格,小区型,,,
"""


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    return Scene(tmp_path)


@pytest.mark.parametrize(
    ("room", "text", "grid", "place"),
    [
        ("r1", "东风市场门口下水道堵了", "g2", "东风市场"),
        (None, "东风市场门口下水道堵了", "g2", "东风市场"),
        ("r1", "东风市场网格的垃圾没人清", "g2", "东风市场网格"),
        ("r1", "路灯坏了 一点阳光都没有", "g1", ""),
        ("r1", "楼道没有阳光 灯又不亮了", "g1", ""),
        ("r1", "东门小卖店门口下水道堵了", "g1", "东门小卖店"),
    ],
)
async def test_the_name_of_a_grid_is_a_place(
    scene: Scene, room: str | None, text: str, grid: str, place: str
) -> None:
    scene.people(nodes=NODES)
    scene.says("09:00", "wang", text, room)
    played = await scene.play()
    (ticket,) = played.report["tickets"]
    assert ticket["grid"] == grid
    assert place in ticket["place"]


async def test_a_numbered_grid_gets_its_matter_and_the_spot_is_asked_for(scene: Scene) -> None:
    scene.says("09:00", "chen", "第二网格的路灯坏了")
    played = await scene.play()
    assert played.report["tickets"][0]["grid"] == "g2"
    assert "请问是几号楼几单元" in played.in_group("r1")[0]


@pytest.mark.parametrize("words", ["第二网格的网格员是谁", "第二网格谁负责"])
async def test_who_answers_for_a_named_grid_is_told(scene: Scene, words: str) -> None:
    scene.private("09:00", "chen", words)
    played = await scene.play()
    assert "第二网格\n网格员：吴网" in played.to("chen")[0] and not played.report["tickets"]


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("着火了 三楼冒烟", "3号楼1单元三楼"),
        ("2单元电梯又停了 老人下不去", "3号楼2单元"),
        ("5号楼2单元电梯又停了", "5号楼2单元"),
        ("东门小卖店二楼漏水了", "东门小卖店"),
    ],
)
async def test_a_floor_or_a_stairwell_is_that_of_the_speakers_building(
    scene: Scene, words: str, place: str
) -> None:
    scene.says("09:00", "wang", words)
    played = await scene.play()
    said = played.report["tickets"][0]["place"]
    assert place in said and ("3号楼" in said) == ("3号楼" in place)
