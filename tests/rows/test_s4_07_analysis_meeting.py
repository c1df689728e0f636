"""S4-07 民情分析会: the agenda writes itself, decisions become tickets with an owner and a day."""

from __future__ import annotations

from tests.scene import Scene


async def test_the_agenda_comes_from_the_record_and_a_decision_is_a_ticket(scene: Scene) -> None:
    for day, who in ((2, "wang"), (3, "chen"), (4, "lin")):
        scene.says(f"2026-03-0{day} 09:00", who, "3号楼2单元电梯又停了")
    scene.private("2026-03-05 09:00", "sun", "民情分析会 明天下午3点 社区会议室")
    scene.private("2026-03-06 16:00", "sun", "决议 4 李网 3月10日 和维保单位商定大修日期")
    scene.private("2026-03-06 16:05", "sun", "纪要 4 物业承诺出一半费用")
    scene.private("2026-03-09 10:00", "li", "办结 5 已商定3月15日大修")
    scene.private("2026-03-09 10:05", "sun", "纪要 4")
    played = await scene.play()
    assert any(text.startswith("【民情分析会 #4】青石社区请您明天15:00参加") for text in played.to("li"))
    agenda = next(text for text in played.to("li") if text.startswith("【民情分析会议程 #4】"))
    assert "本月新增 3（上月 0）" in agenda and "集中：3号楼2单元 公共设施 3 件" in agenda
    assert any(
        text.startswith("【民情分析会决议 #5】请您在") and "商定大修" in text for text in played.to("li")
    )
    task = played.ticket(5)
    assert task["assignee"] == "s1" and task["due_at"] == "2026-03-10T18:00:00+08:00"
    assert "物业承诺出一半费用" in played.to("sun")[-1] and "决议：#5" in played.to("sun")[-1]
    assert all("分析会" not in text for text in played.in_group("r1"))


async def test_without_an_owner_or_a_day_it_is_no_decision(scene: Scene) -> None:
    scene.private("09:00", "sun", "民情分析会 明天下午3点 社区会议室")
    scene.private("2026-03-03 16:00", "sun", "决议 1 修好东门路灯")
    scene.private("2026-03-03 16:01", "li", "决议 1 李网 3月10日 修好东门路灯")
    played = await scene.play()
    assert "请写明谁、到哪天、做什么" in played.to("sun")[-1]
    assert played.report["tickets"] == []
