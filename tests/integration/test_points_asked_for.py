"""A resident asks what his points are worth; an empty shelf says so, and its leader hears how to fill it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scene import Scene


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    return Scene(tmp_path)


@pytest.mark.parametrize("words", ["积分", "我的积分有多少 能换啥", "积分怎么换东西", "兑换", "兑换 肥皂"])
async def test_an_empty_shelf_says_so_and_its_leader_hears_of_it_once(scene: Scene, words: str) -> None:
    scene.private("09:00", "wang", words)
    scene.private("09:10", "chen", "积分")
    played = await scene.play()
    assert "社区还没有上架可以兑换的东西" in played.to("wang")[-1]
    told = [text for text in [*played.to("qian"), *played.to("sun")] if "【积分兑换】" in text]
    assert len(told) <= 2 and "例如：上架 肥皂 15分 20块" in told[0]
    assert played.report["tickets"] == []


async def test_what_there_is_is_told_with_the_balance(scene: Scene) -> None:
    scene.private("08:30", "sun", "上架 肥皂 15分 20块")
    scene.private("09:00", "wang", "我的积分有多少 能换啥")
    played = await scene.play()
    assert played.to("wang")[-1].endswith("能换：肥皂 15分，剩20。要换就发：兑换 名称")
    assert not any("货架是空的" in text for text in played.to("sun"))
