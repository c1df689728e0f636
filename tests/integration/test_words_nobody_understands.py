"""A resident's words that are not understood, are thanks and a question at once, or are about the service."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scene import Scene


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    return Scene(tmp_path)


async def test_words_nobody_understands_reach_the_worker_by_one_digit(scene: Scene) -> None:
    scene.private("09:00", "wang", "我家不漏啊 防水刚做的")
    scene.private("09:01", "wang", "她老是赖我")
    scene.private("09:02", "wang", "1")
    played = await scene.play()
    (ticket,) = played.report["tickets"]
    assert ticket["reporters"] == ["wang"]
    card = next(text for text in played.to("li") if "原话" in text)
    assert "防水刚做的" in card and "赖我" in card


async def test_another_word_after_that_offer_is_read_as_what_it_is(scene: Scene) -> None:
    scene.private("09:00", "wang", "我家不漏啊 防水刚做的")
    scene.private("09:05", "wang", "3号楼1单元电梯不动了")
    played = await scene.play()
    (ticket,) = played.report["tickets"]
    assert ticket["sub"] == "elevator"


async def test_displeasure_about_ones_own_matter_reaches_the_leader_once(scene: Scene) -> None:
    scene.says("09:00", "wang", "3号楼1单元电梯不动了")
    scene.private("09:20", "wang", "你们这是什么态度")
    scene.private("09:21", "wang", "我要投诉")
    played = await scene.play()
    told = [text for text in played.to("qian") if "居民意见" in text]
    assert len(told) == 1 and "#1" in told[0]


async def test_a_question_behind_thanks_is_heard(scene: Scene) -> None:
    scene.says("09:00", "wang", "3号楼1单元电梯不动了")
    scene.private("09:10", "li", "好")
    scene.private("09:20", "wang", "好的谢谢 周六行吗")
    assert any("周六行吗" in text for text in (await scene.play()).to("li"))


async def test_a_question_that_asks_for_no_time_is_answered_by_no_list(scene: Scene) -> None:
    scene.private("09:00", "wang", "3号楼1单元电梯不动了")
    scene.private("09:20", "wang", "开店要办健康证去哪办")
    assert not any("您的事项" in text for text in (await scene.play()).to("wang"))


async def test_small_talk_with_the_bot_becomes_no_matter_by_a_nod(scene: Scene) -> None:
    scene.private("09:00", "wang", "你多大了")
    scene.private("09:01", "wang", "我爱你")
    scene.private("09:02", "wang", "好的")
    assert (await scene.play()).report["tickets"] == []
