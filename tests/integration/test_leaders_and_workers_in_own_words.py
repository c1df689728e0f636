"""What leaders and workers say of a day's business without a command: all taken, who came, who is away."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scene import Scene

LAMP = "楼道灯不亮了 三楼到四楼 黑灯瞎火"
LEAK = "楼上漏水漏到我家厨房了"


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    return Scene(tmp_path)


@pytest.mark.parametrize("words", ["都接", "都接了"])
async def test_all_that_waits_is_taken_with_one_word(scene: Scene, words: str) -> None:
    scene.says("09:00", "wang", LAMP)
    scene.says("09:05", "chen", LEAK)
    scene.private("09:10", "li", words)
    played = await scene.play()
    assert played.ticket(1)["state"] == played.ticket(2)["state"] == "accepted"


async def test_a_receipt_asked_for_at_the_end_is_asked_for(scene: Scene) -> None:
    scene.private("09:00", "qian", "跟大家说一下明天上午九点到十一点停水，要回个收到")
    scene.private("09:01", "qian", "发吧")
    scene.private("09:05", "qian", "有几个人回了")
    played = await scene.play()
    assert any("要回执" in text for text in played.to("qian"))
    assert not any("要回个收到" in text for text in played.in_group("r1"))
    assert any("收到 0 户" in text for text in played.to("qian"))


async def test_a_wrong_hour_of_a_notice_is_corrected_after_a_preview(scene: Scene) -> None:
    scene.private("09:00", "qian", "跟第一网格说一下明天上午九点停水")
    scene.private("09:01", "qian", "发吧")
    scene.private("09:20", "qian", "刚才那个通知时间说错了，是下午两点")
    scene.private("09:21", "qian", "确认")
    played = await scene.play()
    assert any("更正" in text and "时间改为下午两点" in text for text in played.in_group("r1"))


async def test_a_drill_is_called_as_one_for_its_place_and_ends_by_a_word(scene: Scene) -> None:
    scene.private("09:00", "qian", "搞个消防演练，第一网格的，小广场集合")
    scene.private("09:01", "qian", "1")
    scene.private("09:05", "li", "我在路上了")
    scene.private("09:20", "qian", "演练结束")
    played = await scene.play()
    assert any("演练" in text and "集合点：小广场\n" in text for text in played.to("li"))
    assert "在途 1" in played.to("qian")[-1]
    heard = [text for text in played.to("zhao") if "消防演练" in text]
    assert len(heard) == 3 and heard[-1].startswith("【动员演练结束】")  # called, called again, called off


async def test_a_leader_reads_what_one_worker_has(scene: Scene) -> None:
    scene.says("09:00", "wang", LAMP)
    scene.private("09:05", "qian", "李网手上现在几件事")
    played = await scene.play()
    assert "李网在办 1 件" in played.to("qian")[-1]


async def test_a_leave_is_taken_back_and_those_who_were_told_read_why(scene: Scene) -> None:
    scene.private("09:00", "li", "明天我请一天假，孩子开家长会")
    scene.private("09:02", "li", "明天不请了，后天再说")
    played = await scene.play()
    assert "已撤销：刚才的请假" in played.to("li")[-1]
    assert "李网不请假了" in played.to("zhao")[-1]


async def test_how_many_are_left_is_the_list_of_what_is_to_do(scene: Scene) -> None:
    scene.says("09:00", "wang", LAMP)
    scene.private("09:05", "li", "还有几个没弄")
    played = await scene.play()
    assert "#1" in played.to("li")[-1]
    assert "【格情】" not in played.to("li")[-1]


async def test_a_word_for_colleagues_goes_to_the_work_group_alone(scene: Scene) -> None:
    scene.private("09:00", "sun", "通知各网格员周五下午两点社区二楼开会")
    scene.private("09:01", "sun", "发")
    played = await scene.play()
    assert played.in_group("w1") == ["【孙书记】各网格员：周五下午两点社区二楼开会"]
    assert played.in_group("r1") == []


async def test_without_a_work_group_colleagues_read_it_in_private(scene: Scene) -> None:
    scene.private("09:00", "qian", "让各网格员今天把楼道看一遍")
    scene.private("09:01", "qian", "1")
    played = await scene.play()
    assert any("今天把楼道看一遍" in text for text in played.to("li"))
    assert played.in_group("r1") == []


async def test_a_department_is_found_in_the_words_that_hand_a_matter_over(scene: Scene) -> None:
    scene.says("09:00", "wang", LAMP)
    scene.private("09:05", "li", "这个要物业来弄")
    played = await scene.play()
    assert any("#1" in text for text in played.to("wuye"))


async def test_a_leader_who_fears_the_worst_calls_no_fire_brigade(scene: Scene) -> None:
    scene.says("09:00", "wang", "2单元门口的路灯杆歪了")
    scene.private("09:05", "qian", "灯杆那事赶紧弄，别砸着人")
    played = await scene.play()
    assert len(played.report["tickets"]) == 1
    assert any("催办" in text for text in played.to("li"))


async def test_a_leader_may_ask_in_the_work_group_in_his_own_words(scene: Scene) -> None:
    scene.says("09:00", "wang", LAMP)
    scene.says("09:05", "sun", "今天全社区多少件没办完", room="w1", mentions=["bot"])
    played = await scene.play()
    assert any("新增 1" in text for text in [*played.in_group("w1"), *played.to("sun")])


async def test_whether_the_old_were_seen_is_a_question_and_no_matter(scene: Scene) -> None:
    scene.private("09:00", "qian", "独居老人今天都看了没")
    played = await scene.play()
    assert played.report["tickets"] == []
    assert "【走访进度】" in played.to("qian")[-1]


async def test_hurry_for_a_colleague_is_about_what_he_has(scene: Scene) -> None:
    scene.says("09:00", "wang", LAMP)
    scene.private("09:05", "li", "1")
    scene.private("09:10", "qian", "催一下李网")
    played = await scene.play()
    assert any("#1" in text and "催办" in text for text in played.to("li"))
    assert not any("催一下" in text for text in played.to("wang"))


async def test_who_stops_for_today_is_asked_nothing(scene: Scene) -> None:
    scene.says("09:00", "wang", LAMP)
    scene.private("09:05", "li", "1")
    scene.private("17:10", "li", "今天就这样了下班")
    played = await scene.play()
    assert "转告" not in played.to("li")[-1]


async def test_a_sort_is_changed_in_plain_words(scene: Scene) -> None:
    scene.says("09:00", "wang", LAMP)
    scene.private("09:05", "li", "1")
    scene.private("09:06", "li", "类别改成噪音扰民吧")
    played = await scene.play()
    assert "已改为" in played.to("li")[-1]


async def test_this_week_holds_today_and_last_week_its_last_day(scene: Scene) -> None:
    scene.says("2026-02-27 09:00", "wang", "单元门禁坏了刷不开")  # a Friday
    scene.says("2026-03-03 09:00", "chen", LEAK)
    scene.private("2026-03-03 10:00", "qian", "这礼拜一共收了多少件，办了多少")
    scene.private("2026-03-03 10:05", "qian", "上周的总结给我")
    played = await scene.play()
    this, last = played.to("qian")[-2:]
    assert "截至3月3日" in this
    assert "新增 1" in this
    assert "新增 1" in last


async def test_what_has_left_is_not_said_to_be_undone(scene: Scene) -> None:
    scene.private("09:00", "qian", "跟第一网格说一下电梯下午两点到五点检修")
    scene.private("09:01", "qian", "发吧")
    scene.private("09:02", "qian", "发错了不是一格是二格")
    played = await scene.play()
    assert "已撤销" not in played.to("qian")[-1]
    assert "更正公告" in played.to("qian")[-1]


async def test_how_an_emergency_goes_is_a_question_and_no_second_one(scene: Scene) -> None:
    scene.says("09:00", "wang", "电梯困人了！")
    scene.private("09:10", "qian", "电梯困人那个处理得怎么样了")
    played = await scene.play()
    assert len(played.report["tickets"]) == 1
    assert "#1" in played.to("qian")[-1]


async def test_words_with_an_emergency_at_hand_are_about_it(scene: Scene) -> None:
    scene.says("09:00", "wang", "电梯困人了！")
    scene.private("09:01", "li", "1")
    scene.private("09:12", "li", "人出来了没事")
    played = await scene.play()
    assert "#1" in played.to("li")[-1]
    assert "人出来了没事" in played.to("li")[-1]


async def test_a_leaders_question_about_a_matter_is_answered_and_opens_none(scene: Scene) -> None:
    scene.says("09:00", "wang", "电梯里按键失灵了")
    scene.private("09:10", "qian", "电梯那个为啥老坏，让维保写个说明")
    played = await scene.play()
    assert len(played.report["tickets"]) == 1
    assert "#1" in played.to("qian")[-1]


async def test_a_place_below_is_named_in_a_question_for_what_is_open(scene: Scene) -> None:
    scene.says("09:00", "wang", LAMP)
    scene.private("09:10", "zhou", "青石今天有啥急的")
    played = await scene.play()
    assert "#1" in played.to("zhou")[-1]
