"""S2-08 走访、电话问访: at the door, by telephone, video or on the way; which counts; staff groups."""

from __future__ import annotations

from tests.scene import Scene


async def test_a_call_counts_for_an_ordinary_household_and_not_for_an_old_person_alone(scene: Scene) -> None:
    scene.private("09:00", "li", "电访 3-2-601 正常")
    scene.private("09:10", "li", "电访 3-2-502 正常")
    scene.private("09:20", "li", "走访 3-1-101 路遇 精神很好")
    scene.private("09:30", "li", "走访 3-2-502 视频 正常")
    played = await scene.play()
    said = played.to("li")
    assert said[0].startswith("已记录 3-2-601 电话：正常") and "仍保留" not in said[0]
    assert "按规定要上门" in said[1] and "按规定要上门" in said[3]
    assert said[2].startswith("已记录 3-1-101 路遇：精神很好")
    owed = [row for row in played.rows("visits", household="h2") if row["done_at"] is None]
    assert [row["why"] for row in owed] == ["独居老人"]


async def test_nobody_at_home_is_kept_and_planned_again(scene: Scene) -> None:
    scene.private("09:00", "li", "走访 3-2-502 不在家")
    scene.private("09:05", "li", "走访 3-2-601 拒访 让下次再来")
    scene.private("09:10", "li", "走访 3-1-101 搬走了")
    scene.private("2026-03-17 09:00", "li", "走访 3-2-502 不在家")
    played = await scene.play(until="2026-03-19 09:00")
    answers = [text for text in played.to("li") if text.startswith("已记录")]
    assert (
        "原定3月17日前走到" in answers[0] and "原定" in answers[1]
    )  # nothing is put off that is not due yet
    assert "走访任务已停" in answers[2] and "改到3月19日再去" in answers[3]
    assert "3-2-502（独居老人）" in [text for text in played.to("li") if text.startswith("【今日安排】")][-1]
    assert not [row for row in played.rows("visits", household="h1") if row["done_at"] is None]
    assert [row for row in played.rows("visits", household="h2") if row["done_at"] is None]


async def test_what_staff_write_in_their_group_is_read_like_a_residents_report(scene: Scene) -> None:
    scene.says("09:00", "li", "3号楼2单元电梯又停了 老人下不去楼", "w1")
    scene.says("09:10", "li", "走访 3-2-601 正常", "w1")
    scene.says("09:20", "zhao", "今天大家辛苦了", "w1")
    played = await scene.play()
    assert [row["sub"] for row in played.report["tickets"]] == ["elevator"]
    assert played.rows("visits", household="h3", mode="上门")
    assert not any("3-2-601" in text or "老人" in text for text in played.in_group("w1"))


async def test_a_round_told_in_plain_words_is_a_visit_in_private_and_in_the_staff_group(scene: Scene) -> None:
    scene.private("09:00", "li", "刚去3-2-601看了看，一家都好")
    scene.says("09:10", "li", "3-1-101 入户走访，水管有点渗，家里都好", "w1")
    scene.private("09:20", "li", "视频走访 3-2-502 正常")
    scene.says("09:30", "li", "没事", "w1")
    scene.private("09:40", "li", "明天去3-2-601看看")
    played = await scene.play()
    made = {row["household"]: row["mode"] for row in played.rows("visits") if row["done_at"]}
    assert made == {"h3": "上门", "h1": "上门", "h2": "视频"}
    assert played.in_group("w1") == [] and not [
        row for row in played.rows("duties") if row["state"] == "zero"
    ]


async def test_a_danger_of_fire_is_no_fire(scene: Scene) -> None:
    scene.says("09:00", "li", "楼道堆了好多纸箱，存在火灾隐患，请处理", "w1")
    played = await scene.play()
    ticket = played.ticket()
    assert (ticket["category"], ticket["urgency"]) == ("safety_hazard", "normal")
    assert not any("119" in text for text in [*played.in_group("w1"), *played.to("li")])
