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


async def test_a_leader_of_two_grids_fills_the_shelf_of_both(scene: Scene) -> None:
    scene.people(
        staff="""
        id,name,role,node,phone,contact
        s1,李网,网格员,g1,13800000001,li
        s6,吴网,网格员,g2,13800000006,wu
        s3,钱长,网格长,g1,13800000003,qian
        s3,钱长,网格长,g2,13800000003,qian
        """
    )
    scene.private("08:30", "qian", "上架 肥皂 15分 20块")
    scene.private("08:31", "qian", "志愿活动 绿队 周六9点 大扫除")
    scene.private("09:00", "luo", "我要换肥皂")
    scene.private("09:01", "luo", "周六大扫除我去")
    scene.private("09:02", "wang", "那能换啥")
    played = await scene.play()
    assert played.to("qian")[0] == "已在您的 2 个网格上架：肥皂，15 分，每个网格 20 份。"
    assert played.to("luo") == ["要 15 分，您家现有 0 分。", "报名成功：大扫除（周六09:00）。谢谢您！"]
    assert played.to("wang")[0].startswith("可兑换：\n肥皂 15分，剩20")


async def test_points_given_in_plain_words_are_for_what_was_done(scene: Scene) -> None:
    scene.private("09:00", "li", "给3-1-101加2分 义务扫雪")
    scene.private("09:01", "qian", "确认")
    played = await scene.play()
    assert "您家得 2 分：义务扫雪。现有 2 分。" in played.to("wang")


async def test_who_cannot_come_to_a_training_is_excused_to_its_organiser(scene: Scene) -> None:
    scene.private("09:00", "qian", "培训 3号楼 周四下午3点 反诈 社区会议室")
    scene.private("09:10", "li", "我去不了 要接孩子")
    scene.private("09:20", "li", "明天我孩子家长会 下午请半天假")
    played = await scene.play()
    assert "好的，已告诉钱长您不能参加培训 #1。" in played.to("li")
    assert "培训 #1（周四15:00）李网不能参加：我去不了 要接孩子" in played.to("qian")
    assert any(text.startswith("好的，明天13:00至明天17:30由") for text in played.to("li"))
