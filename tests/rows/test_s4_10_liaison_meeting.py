"""S4-10 每月联系会议: partners are invited, joint work is on the agenda, the next asks of the last."""

from __future__ import annotations

from tests.scene import Scene


async def test_partners_and_the_level_above_are_invited_and_residents_are_not(scene: Scene) -> None:
    scene.private("09:00", "sun", "联系会议 明天上午10点 社区会议室")
    played = await scene.play(until="2026-03-03 08:30")
    invited = {row["to"] for row in played.said if row["text"].startswith("【联系会议 #1】")}
    assert {"qian", "zhou"} <= invited and "wang" not in invited
    assert any(contact not in ("qian", "zhou", "li", "zhao", "wu") for contact in invited)  # a department
    assert any(text.startswith("【联系会议议程 #1】青石社区") for text in played.to("zhou"))


async def test_the_next_one_begins_with_what_was_left_of_the_last(scene: Scene) -> None:
    scene.private("09:00", "sun", "联系会议 今天上午11点")
    scene.private("12:00", "sun", "决议 1 李网 3月20日 请供电公司移走枯树旁的电线")
    scene.private("2026-03-27 09:00", "sun", "联系会议 3月30日上午10点")
    played = await scene.play(until="2026-03-30 09:00")
    agenda = [text for text in played.to("sun") if text.startswith("【联系会议议程")][-1]
    assert "上次决议未完成 1 件：#2" in agenda


async def test_a_meeting_without_decisions_is_asked_for_them_once(scene: Scene) -> None:
    scene.private("09:00", "sun", "联系会议 今天上午11点")
    scene.private("09:01", "li", "联系会议 今天上午11点")
    played = await scene.play(until="2026-03-03 18:00")
    assert sum("会议 #1 开完了吗" in text for text in played.to("sun")) == 1
    assert not any("#2 联系会议" in text for text in played.to("li"))


async def test_only_one_meeting_can_be_meant_and_a_body_may_have_the_task(scene: Scene) -> None:
    scene.private("09:00", "sun", "联系会议 3月3日 社区会议室")
    scene.private("2026-03-03 17:30", "sun", "会议纪要 东门停车划线，物业来办")
    scene.private("2026-03-03 17:31", "sun", "决议 东门划停车线 物业 4月10日")
    scene.private("2026-03-03 17:32", "sun", "决议 李网 3月20日 催促东门划线")
    played = await scene.play(until="2026-03-03 18:00")
    assert any("3月3日15:00" in text or "明天15:00" in text for text in played.to("sun"))
    assert any(text.startswith("【联系会议 #1】") for text in played.to("wu"))  # nobody leads his grid
    assert "会议 #1 纪要已记。" in played.to("sun")
    line, mine = played.ticket(2), played.ticket(3)
    assert line["departments"] == ["wuye"] and line["due_at"] == "2026-04-10T18:00:00+08:00"
    assert mine["assignee"] == "s1" and any("#2" in text for text in played.to("wuye"))
