"""S0-14 每天在网格打卡: a patrol is one line, counted as work; no place, no punch, no ranking."""

from __future__ import annotations

from tests.scene import Scene


async def test_one_line_counts_as_work_and_asks_for_nothing_else(scene: Scene) -> None:
    scene.private("09:00", "li", "巡查 东区 无异常")
    scene.private("15:00", "li", "#巡查 西区 无异常")
    played = await scene.play(until="2026-03-02 20:00")
    assert [text for text in played.to("li") if "巡查" in text] == [
        "已记。近七天本网格巡查 1 次。",
        "已记。近七天本网格巡查 2 次。",
    ]
    assert not any(word in text for text in played.to("li") for word in ("定位", "照片", "打卡", "第"))


async def test_nobody_is_compared_and_nobody_is_chased_for_a_missing_patrol(scene: Scene) -> None:
    scene.private("09:00", "li", "巡查 东区 无异常")
    played = await scene.play(until="2026-03-04 20:00")
    assert played.in_group("w1") == [] and played.in_group("r1") == []
    assert not any("巡查" in text for text in (*played.to("zhao"), *played.to("li")[1:]))


async def test_what_was_found_on_the_way_is_a_matter_of_whoever_found_it(scene: Scene) -> None:
    scene.private("09:00", "li", "巡查 东区 3号楼门口井盖松了")
    scene.private("09:10", "li", "巡查 西区 围栏有点旧")
    played = await scene.play()
    ticket = played.ticket()
    assert (ticket["sub"], ticket["assignee"], ticket["state"]) == ("manhole", "s1", "accepted")
    assert len(played.report["tickets"]) == 1 and played.in_group("r1") == []
    assert any("把什么事、在哪里发给我" in text for text in played.to("li"))


async def test_several_words_note_a_round_and_neither_ranking_nor_punching_does(scene: Scene) -> None:
    scene.private("09:00", "li", "治安巡查 小区东门 无异常")
    scene.private("09:10", "li", "今天巡查了菜市场，没发现问题")
    scene.private("09:20", "qian", "巡查排名")
    scene.private("09:30", "li", "打卡")
    played = await scene.play()
    first, second, punch = played.to("li")
    assert "巡查 1 次" in first and "巡查 2 次" in second and "不考勤" in punch
    assert not any("近七天" in text for text in played.to("qian"))
