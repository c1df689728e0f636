"""A leader asks who has reported and who is on leave; an early 零报告 closes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scene import Scene


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    return Scene(tmp_path)


@pytest.mark.parametrize("asked", ["各格都报了没有", "还有谁没报", "上报情况"])
async def test_a_leader_asks_which_grids_have_reported(scene: Scene, asked: str) -> None:
    scene.private("09:00", "li", "零报告")
    scene.private("10:00", "sun", asked)
    played = await scene.play()
    told = played.to("sun")[-1]
    assert told.startswith("【半月排查】3月15日 周日截止，2 个网格：有事 0、零报告 1、未报 1。")
    assert told.endswith("还没报：第二网格")


async def test_a_zero_report_of_the_first_days_closes_nothing(scene: Scene) -> None:
    scene.private("09:00", "li", "零报告")
    scene.private("2026-03-14 09:00", "li", "排查 3-502 出租屋住了六个人 没登记")
    played = await scene.play(until="2026-03-14 10:00")
    assert "3月15日 周日才截止，之后查到情况再发：排查" in played.to("li")[0]
    again = [text for text in played.to("li") if "3月2日 周一报过零报告" in text]
    assert len(again) == 1 and "不用回" in again[0]
    duty = next(row for row in played.report["duties"] if row["node"] == "g1" and row["name"] == "半月排查")
    assert duty["state"] == "something"


async def test_a_leader_asks_whether_a_colleague_is_on_leave(scene: Scene) -> None:
    scene.private("09:00", "qian", "李网请假了吗")
    scene.private("09:01", "li", "请假 明天")
    scene.private("09:02", "qian", "李网请假了吗")
    scene.private("09:03", "qian", "这两天谁请假")
    scene.private("09:04", "qian", "王大妈今天在不在")
    played = await scene.play()
    said = [text for text in played.to("qian") if "请假" in text]
    assert said[0] == "李网：没有请假。"
    assert "李网：请假，明天由赵副值守。" in said and "请假情况：\n李网：请假，明天由赵副值守。" in said


async def test_a_round_that_found_nothing_is_a_zero_and_no_finding(scene: Scene) -> None:
    scene.private("09:00", "li", "这半个月排查啥")
    scene.private("09:01", "li", "排查了一圈 没啥问题")
    played = await scene.play()
    assert played.to("li")[0].startswith("【半月排查】侧重")
    duty = next(row for row in played.report["duties"] if row["node"] == "g1" and row["name"] == "半月排查")
    assert duty["state"] == "zero"


async def test_who_wants_his_diary_written_is_told_when_it_comes(scene: Scene) -> None:
    scene.private("09:00", "li", "今天的日志帮我写一下")
    played = await scene.play()
    assert "下班时会自动拟一份" in played.to("li")[0] and played.report["diaries"] == []


async def test_who_cannot_come_to_a_meeting_is_not_on_leave(scene: Scene) -> None:
    scene.private("09:00", "sun", "民情分析会 周五上午10点 社区会议室")
    scene.private("09:10", "li", "周五的会我去不了")
    scene.private("09:20", "sun", "李网这季度多少分")
    played = await scene.play()
    assert "好的，已告诉孙书记您不能参加会议 #1。" in played.to("li")
    assert any("李网不能参加：周五的会我去不了" in text for text in played.to("sun"))
    assert played.to("sun")[-1].startswith("【得分依据】李网")
    assert not any("值守" in text for text in played.to("li"))
