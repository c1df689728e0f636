"""S0-28 政策宣传到户: told where it concerns, answered from its text, counted, at its end forgotten."""

from __future__ import annotations

from gridbot.config import load
from tests.scene import Scene

POLICY = "今年医保缴费到3月20日截止。缴费地点在社区便民服务大厅，每人400元。"


def policy(scene: Scene, more: str = "") -> None:
    scene.private("09:00", "sun", f"公告 青石社区 {more}{POLICY}")
    scene.private("09:01", "sun", "确认")


async def test_a_question_in_private_is_answered_from_the_announcement(scene: Scene) -> None:
    policy(scene)
    scene.private("10:00", "wang", "医保缴费什么时候截止")
    scene.private("10:05", "wang", "医保缴费地点在哪里")
    played = await scene.play()
    assert "公告 #1 里说：今年医保缴费到3月20日截止" in played.to("wang")[0]
    assert "便民服务大厅" in played.to("wang")[1]
    assert played.report["tickets"] == [] and len(played.in_group("r1")) == 1


async def test_what_the_text_does_not_say_goes_to_the_worker_and_not_into_the_group(scene: Scene) -> None:
    policy(scene)
    post = next(row for row in (await scene.play()).said if row.get("room") == "r1")
    assert POLICY in post["text"]
    scene.says("10:00", "wang", "刚出生的孩子随谁参保？", quote=post["id"])
    played = await scene.play()
    assert any("【居民问公告 #1】" in text and "刚出生的孩子" in text for text in played.to("li"))
    assert any("已请网格员李网答复您" in text for text in played.to("wang"))
    assert len(played.in_group("r1")) == 1


async def test_after_its_end_nobody_is_told_or_reminded_of_it(scene: Scene) -> None:
    policy(scene, "有效到3月3日 回执 ")
    scene.private("2026-03-04 10:00", "wang", "医保缴费什么时候截止")
    played = await scene.play(until="2026-03-06 12:00")
    assert not any("公告 #1 里说" in text for text in played.to("wang"))
    assert sum("看到后回复" in text for text in played.to("chen")) == 1  # on the third only


async def test_the_silent_are_asked_in_private_then_through_the_lead_then_at_the_door(scene: Scene) -> None:
    policy(scene, "回执 ")
    scene.says("09:30", "wang", "收到")
    scene.says("09:31", "lin", "#接龙\n1. 3-101 王大妈\n2. 3-601 林小姐 收到")
    played = await scene.play(until="2026-03-06 12:00")
    reminded = {
        who for who in ("wang", "lin", "chen", "he", "luo") if any("看到后回复" in t for t in played.to(who))
    }
    assert reminded == {"chen", "he", "luo"}
    doors = [text for text in played.to("li") if "没有回执" in text]
    assert len(doors) == 2 and "请上门告知" in doors[1] and "3-2-502" in doors[1]
    assert "3-1-101" not in doors[1] and not any("没有回执" in text for text in played.in_group("r1"))


async def test_to_many_households_a_second_leader_agrees_first(scene: Scene) -> None:
    policy(scene)
    scene.private("09:10", "sun", "确认 1")
    scene.private("09:20", "zhou", "确认 1")
    played = await scene.play(settings=load(conduct={"two_agree_from": 3}))
    assert "已请周主任复核" in played.to("sun")[1] and "另一位负责人" in played.to("sun")[2]
    assert "【请您复核】公告 #1，孙书记拟发给 5 户" in played.to("zhou")[0]
    sent = next(row for row in played.said if row.get("room") == "r1")
    assert sent["at"].startswith("2026-03-02T09:20")


async def test_a_correction_reaches_those_who_had_it(scene: Scene) -> None:
    policy(scene)
    scene.private("10:00", "sun", "更正公告 1 缴费截止日是3月25日，不是20日。")
    scene.private("10:01", "sun", "确认")
    played = await scene.play()
    assert played.in_group("r1")[1].startswith("【更正】") and "3月25日" in played.in_group("r1")[1]
    assert len(played.in_group("r1")) == 2


async def test_the_leader_reads_how_far_it_got_and_how_often_it_was_asked_about(scene: Scene) -> None:
    policy(scene)
    scene.private("10:00", "wang", "医保缴费什么时候截止")
    scene.private("10:30", "sun", "触达")
    scene.private("10:31", "sun", "公告 1")
    scene.private("10:32", "sun", "垃圾分类 厨余投绿桶，可回收投蓝桶")
    played = await scene.play(until="2026-03-02 11:00")
    first, second = [text for text in played.to("sun") if "公告 #1 触达" in text]
    assert first == second and "问过 1 次" in first
    assert len(played.report["announcements"]) == 1
    assert played.report["announcements"][0]["questions"] == 1
    assert "用法发「帮助」" in played.to("sun")[-1]
