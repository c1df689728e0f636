"""Announcements as leaders write them and neighbours answer them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scene import Scene


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    return Scene(tmp_path)


async def test_whom_it_is_for_and_that_receipts_are_wanted_may_stand_anywhere(scene: Scene) -> None:
    scene.private("09:00", "sun", "通知一下全社区：明天上午8点半到10点打疫苗，带身份证 要回执")
    scene.private("09:01", "sun", "确认")
    played = await scene.play()
    assert played.in_group("r1") == [
        "【公告】明天上午8点半到10点打疫苗，带身份证\n——青石社区\n看到后请回复“收到”。"
    ]


async def test_a_receipt_with_a_word_after_it_counts_and_ordinary_talk_does_not(scene: Scene) -> None:
    scene.private("09:00", "sun", "公告 全社区 回执 后天上午8点半打疫苗")
    scene.private("09:01", "sun", "确认")
    scene.says("09:20", "he", "收到，我家两口人去")
    scene.says("09:21", "wang", "收到货了没有呀大家")
    played = await scene.play()
    assert played.report["announcements"][0]["acknowledged"] == ["h4"]


async def test_nobody_is_reminded_of_what_is_over(scene: Scene) -> None:
    scene.private("09:00", "sun", "公告 全社区 回执 明天上午8点半到10点打疫苗")
    scene.private("09:01", "sun", "确认")
    scene.private("10:00", "qian", "公告 3号楼 回执 从3月4日起电梯改为刷卡")
    scene.private("10:01", "qian", "确认")
    played = await scene.play(until="2026-03-06 12:00")
    asked = [row for row in played.said if "没有回执" in row["text"] or "请您看一下" in row["text"]]
    assert not any("疫苗" in row["text"] for row in asked if row["at"] > "2026-03-04")
    assert any("刷卡" in row["text"] for row in asked if row["at"] > "2026-03-04")


async def test_a_question_is_answered_from_the_announcement_it_is_about(scene: Scene) -> None:
    scene.private("09:00", "sun", "公告 全社区 后天上午8点半到10点打疫苗，带身份证")
    scene.private("09:01", "sun", "确认")
    scene.private("09:10", "sun", "公告 全社区 后天下午2点到5点停水，请储水")
    scene.private("09:11", "sun", "确认")
    scene.private("11:00", "wang", "公告里说几点打疫苗？要带什么")
    scene.private("11:05", "wang", "后天什么时候停水")
    played = await scene.play()
    assert "8点半到10点打疫苗，带身份证" in played.to("wang")[0]
    assert "2点到5点停水" in played.to("wang")[1]
    assert played.report["tickets"] == []
