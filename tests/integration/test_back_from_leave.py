"""A leave is ended in one's own words, also long after it was asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scene import Scene


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    return Scene(tmp_path)


async def test_whoever_comes_back_earlier_says_so_and_has_his_matters_again(scene: Scene) -> None:
    scene.private("08:30", "li", "今天请假 带孩子看病")
    scene.private("10:00", "li", "我下午能回来 假不请了")
    scene.says("10:30", "wang", "3号楼1单元路灯不亮了")
    scene.says("14:00", "he", "5号楼1单元门口垃圾没人收")
    played = await scene.play()
    assert "好的，13:00起有事照常找您。" in played.to("li")
    assert "李网13:00回来，之后不用再代。" in played.to(
        "zhao"
    ) and "李网13:00回来，之后不用再代。" in played.to("qian")
    assert any("【新事件 #1】" in text for text in played.to("zhao"))
    assert any("【新事件 #2】" in text for text in played.to("li"))


async def test_a_leave_that_has_not_begun_is_given_up_an_hour_later(scene: Scene) -> None:
    scene.private("09:00", "li", "明天请假")
    scene.private("10:00", "li", "不请假了")
    scene.private("10:05", "li", "销假")
    played = await scene.play()
    assert played.to("li")[0].startswith("好的，明天由赵副值守")
    assert played.to("li")[1:] == ["好的，假已销，有事照常找您。", "您没有请假，不用销假。"]
