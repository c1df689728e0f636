"""A leader asks about a place in his own words and opens the cases behind the numbers."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scene import Scene


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    return Scene(tmp_path)


async def test_what_happened_lately_at_a_building(scene: Scene) -> None:
    scene.says("09:00", "wang", "3号楼2单元电梯又停了 老人下不去楼")
    scene.says("09:10", "he", "5号楼楼道灯坏了 摸黑走路")
    scene.private("09:20", "qian", "3号楼最近有什么事？")
    scene.private("09:21", "qian", "进度 1")
    scene.private("09:22", "sun", "近况 第二网格")
    scene.private("09:23", "wu", "3号楼最近有什么事")
    played = await scene.play()
    told = next(text for text in played.to("qian") if "最近30天" in text)
    assert "1 件" in told and "#1" in told and "电梯" in told and "#2" not in told
    assert "#1" in played.to("qian")[-1]
    assert "没有登记的事" in played.to("sun")[-1]
    assert "没有登记的事" in played.to("wu")[-1]


async def test_a_resident_who_asks_the_same_learns_nothing_of_his_neighbours(scene: Scene) -> None:
    scene.says("09:00", "wang", "3号楼2单元电梯又停了 老人下不去楼")
    scene.private("09:20", "he", "3号楼最近有什么事")
    played = await scene.play()
    assert not any("#1" in text for text in played.to("he"))
