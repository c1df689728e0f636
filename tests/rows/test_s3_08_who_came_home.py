"""S3-08 返乡人员和未返乡人员排查: a campaign over the register; each household is asked about once."""

from __future__ import annotations

from tests.scene import Scene


async def test_the_list_comes_from_the_register_and_adds_up_by_itself(scene: Scene) -> None:
    scene.private("09:00", "sun", "专项 返乡排查 到3月10日")
    scene.private("10:00", "li", "专项 返乡排查 3-1-101 返乡2人")
    scene.private("10:05", "zhao", "专项 返乡排查 3-1-101 返乡2人")
    scene.private("10:10", "li", "专项 返乡排查 3-2-601 未返乡")
    scene.private("11:00", "sun", "专项 返乡排查")
    scene.private("11:05", "li", "格情")
    played = await scene.play()
    task = next(text for text in played.to("li") if text.startswith("【专项】返乡排查"))
    assert "您这里 4 户，3月10日截止" in task
    assert any("已经报过" in text for text in played.to("zhao"))
    standing = played.to("sun")[-1]
    assert "2/5" in standing and "返乡2人 1" in standing and "未返乡 1" in standing
    assert "返乡 1 人" in played.to("li")[-1]


async def test_only_who_has_something_open_is_reminded_and_the_end_is_a_report(scene: Scene) -> None:
    scene.private("09:00", "qian", "专项 返乡排查 到3月10日")
    for minute, door in enumerate(("3-1-101", "3-2-502", "3-2-601")):
        scene.private(f"10:0{minute}", "li", f"专项 返乡排查 {door} 未返乡")
    scene.private("2026-03-10 17:00", "li", "专项 返乡排查 结束")
    scene.private("2026-03-10 17:05", "qian", "专项 返乡排查 结束")
    played = await scene.play()
    reminders = [row["at"][:10] for row in played.said if "还有 1 项" in row["text"]]
    assert reminders == ["2026-03-09", "2026-03-10"]  # the seventh, three days before, is a Saturday
    assert "已结束：3/4" in played.to("qian")[-1]
    assert "结束" not in played.to("li")[-1]


async def test_a_worker_starts_none_and_no_group_hears_of_households(scene: Scene) -> None:
    scene.private("09:00", "li", "专项 返乡排查 到3月10日")
    scene.private("09:05", "qian", "专项 返乡排查 到3月10日")
    scene.says("09:10", "li", "#专项 返乡排查 3-1-101 返乡2人")
    played = await scene.play()
    assert not any("已开始" in text for text in played.to("li"))
    assert played.in_group("r1") == [] and any("私聊" in text for text in played.to("li"))


async def test_talk_in_a_group_starts_nothing_and_a_campaign_wants_a_last_day(scene: Scene) -> None:
    scene.says("09:00", "qian", "专项 下午检查大家准备一下", "w1")
    scene.private("09:05", "qian", "专项 返乡排查")
    played = await scene.play()
    assert played.in_group("w1") == [] and not any(text.startswith("【专项】") for text in played.to("li"))
    assert "请写上截止日期" in played.to("qian")[-1]


async def test_it_may_be_called_and_answered_without_the_word_for_campaigns(scene: Scene) -> None:
    scene.private("09:00", "sun", "返乡排查 到3月6日")
    scene.private("10:00", "li", "排查 3-1-101 已返乡 3月1日到家")
    scene.private("10:10", "li", "林小姐 未返乡")
    scene.private("11:00", "sun", "排查 返乡人员 到3月6日")
    scene.private("11:05", "li", "格情")
    played = await scene.play()
    assert any(text.startswith("【专项】返乡排查") for text in played.to("li"))
    standing = played.to("sun")[-1]
    assert "2/5" in standing and "返乡 1" in standing and "未返乡 1" in standing
    assert "外出 1 人，返乡 1 人" in played.to("li")[-1]
    assert not [row for row in played.report["duties"] if row["state"] == "something"]
