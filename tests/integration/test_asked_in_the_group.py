"""A question to nobody in a household group, on an announcement that was sent there."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scene import Scene


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    """The water will be off tomorrow, and all the community knows."""
    scene = Scene(tmp_path)
    scene.private("09:00", "sun", "公告 全社区 因管道检修，明天下午2点到5点停水，请提前储水")
    scene.private("09:01", "sun", "确认")
    return scene


async def test_the_announcements_own_words_answer_once(scene: Scene) -> None:
    scene.says("09:20", "wang", "几点停啊")
    scene.says("09:25", "chen", "明天停水吗")
    scene.says("09:26", "he", "停到几点？")
    played = await scene.play()
    (told,) = played.in_group("r1")[1:]
    assert told == "公告：明天下午2点到5点停水"
    assert "明天下午2点到5点停水" in played.to("he")[0]
    assert played.report["tickets"] == [] and played.report["candidates"] == []


async def test_neighbours_talk_is_left_alone(scene: Scene) -> None:
    for minute, text in enumerate(
        ("孩子几点放学", "老王几点来", "明天下雨吗", "几点开饭啊", "你家停水了没"), 10
    ):
        scene.says(f"09:{minute}", "chen", text)
    played = await scene.play()
    assert len(played.in_group("r1")) == 1 and played.to("chen") == []


async def test_tomorrow_is_called_today_on_the_day(scene: Scene) -> None:
    scene.says("2026-03-03 10:00", "wang", "几点停啊")
    played = await scene.play()
    assert played.in_group("r1")[-1] == "公告：今天下午2点到5点停水"


async def test_what_is_over_or_corrected_is_told_no_more(scene: Scene) -> None:
    scene.private("10:00", "sun", "更正公告 1 停水改为后天上午9点到11点")
    scene.private("10:01", "sun", "确认")
    scene.says("10:10", "wang", "几点停啊")
    scene.says("2026-03-08 10:00", "chen", "几点停啊")
    played = await scene.play()
    assert played.in_group("r1")[-1] == "公告：停水改为后天上午9点到11点"
    assert played.to("chen") == []


async def test_a_group_that_is_not_read_along_stays_unread(scene: Scene) -> None:
    scene.says("09:20", "zhou2", "几点停啊", room="r2")
    played = await scene.play()
    assert len(played.in_group("r2")) == 1


async def test_a_place_is_told_too(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    scene.private("09:00", "sun", "公告 全社区 周六上午9点在小区东门集合大扫除")
    scene.private("09:01", "sun", "确认")
    scene.says("20:00", "wang", "在哪儿集合")
    scene.says("2026-03-06 20:00", "chen", "几点集合呀")
    played = await scene.play()
    assert played.in_group("r1")[1:] == ["公告：周六上午9点在小区东门集合大扫除"] * 2


async def test_whether_what_nobody_has_announced_is_planned_is_no_report(scene: Scene) -> None:
    scene.says("09:20", "chen", "几点停电啊")
    played = await scene.play()
    assert len(played.in_group("r1")) == 1 and played.report["tickets"] == []


async def test_a_correction_is_what_the_silent_are_reminded_of_and_what_who_asks_hears(
    tmp_path: Path,
) -> None:
    scene = Scene(tmp_path)
    scene.private("09:00", "qian", "公告 第一网格 回执 后天上午9点到11点停水，请储水")
    scene.private("09:01", "qian", "确认")
    scene.private("09:20", "qian", "更正公告 1 停水改为后天下午2点到4点")
    scene.private("09:21", "qian", "确认")
    scene.private("09:30", "wang", "后天几点停水")
    played = await scene.play(until="2026-03-03 12:00")
    assert "下午2点到4点" in played.to("wang")[0] and "09:00" not in played.to("wang")[0]
    (reminder,) = [text for text in played.to("chen") if "请您看一下" in text]
    assert "明天下午2点到4点" in reminder and "上午9点" not in reminder
