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
