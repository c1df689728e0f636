"""Announcements as leaders write them and neighbours answer them."""

from __future__ import annotations

from pathlib import Path

import pytest

from gridbot import profiles
from gridbot.config import load
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


EARLY = """
inherit = "default"
zh = "早睡"
quiet = "20:30-08:00"
"""
NODES = """
    code,parent,name,level,kind,profile
    jd,,青石街道,街道,,
    sq,jd,青石社区,社区,,
    g1,sq,第一网格,网格,小区型,early
    g2,sq,第二网格,网格,小区型,
"""


async def test_a_grid_with_quieter_hours_is_told_when_it_is_awake_and_the_author_knows(
    scene: Scene, tmp_path: Path
) -> None:
    folder = tmp_path / "profiles"
    folder.mkdir()
    (folder / "early.toml").write_text(EARLY, "utf-8")
    scene.people(nodes=NODES)
    scene.private("20:50", "qian", "公告 3号楼 3月4日上午9点检修路灯")
    scene.private("20:51", "qian", "确认")
    try:
        played = await scene.play(until="2026-03-03 08:01", settings=load(profiles=[str(folder)]))
    finally:
        profiles.use(())
    assert "明天08:00发送" in next(text for text in played.to("qian") if "已确认" in text)
    sent = [row["at"][11:16] for row in played.said if row.get("room") == "r1"]
    assert sent == ["08:00"]


async def test_a_wish_for_an_answer_is_a_wish_for_receipts_and_send_is_a_confirmation(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    scene.private("09:00", "qian", "通知3号楼明天上午停水检修 收到请回复")
    scene.private("09:01", "qian", "发吧")
    played = await scene.play()
    assert "要回执" in played.to("qian")[0] and "收到请回复" not in played.to("qian")[0].split("———")[1]
    (told,) = played.in_group("r1")
    assert "明天上午停水检修" in told and "请回复“收到”" in told


async def test_the_door_in_a_nickname_signs_for_its_household(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    scene.private("09:00", "qian", "公告 3号楼 回执 明天上午停水检修")
    scene.private("09:01", "qian", "确认")
    scene.says("09:05", "unbound", "收到 谢谢", name="3-2-502陈")
    scene.says("09:06", "nobody", "收到", name="小陈")
    scene.private("09:30", "qian", "触达 1")
    played = await scene.play()
    (row,) = played.report["announcements"]
    assert row["acknowledged"] == ["h2"]
