"""A call in the leader's own words, and what those called say to it."""

from __future__ import annotations

from pathlib import Path

import pytest

from gridbot.nlp.slots import telling
from tests.scene import Scene


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    return Scene(tmp_path)


def test_whom_and_how_soon_is_no_part_of_the_place() -> None:
    assert telling.called("下大暴雨了 所有人马上到街道办集合 防汛") == ("", "下大暴雨了，防汛", "街道办")
    assert telling.called("防汛 大家都来街道办集合")[2] == "街道办"
    assert telling.called("暴雨预警 全体网格员立即到社区集合")[2] == "社区"


async def test_every_way_of_answering_a_call_is_noted(scene: Scene) -> None:
    scene.private("09:00", "sun", "下大暴雨了 所有人马上到社区集合 防汛")
    scene.private("09:01", "sun", "1")
    scene.private("09:02", "li", "已经到了")
    scene.private("09:03", "zhao", "孩子发烧 走不开")
    scene.says("09:04", "qian", "在路上了", room="w1")
    scene.private("09:05", "wu", "1")
    scene.private("09:06", "sun", "没回的催一下")
    scene.private("09:07", "sun", "行了 大家辛苦 散了吧")
    played = await scene.play()
    assert played.to("li")[-1] == "#1 已记：到。"
    assert played.to("zhao")[1] == "#1 已记：不能。"
    assert "动员 #1 请回复：到、在途 或 不能。" in played.to("wu")
    answers = played.report["mobilisations"][0]["answered"]
    assert answers == {"li": "到", "zhao": "不能", "qian": "在途"}
    assert "已到 1，在途 1，不能 1，未答复 1" in played.to("sun")[2]
    assert "动员报告" in played.to("sun")[-1]
