"""A worker tells of his rounds as he would tell a colleague."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scene import Scene

OLD = """
    id,node,address,building,unit,room,head,classes,phone,since
    h1,g1,3号楼1单元101,3,1,101,王大妈,普通,,
    h2,g1,3号楼2单元502,3,2,502,陈师傅,独居老人;无手机老人,,
"""


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    scene = Scene(tmp_path)
    scene.people(households=OLD, residents="contact,household,name,head\nwang,h1,王大妈,yes")
    return scene


async def test_a_name_and_how_she_is_are_the_look_in(scene: Scene) -> None:
    scene.private("18:20", "li", "陈师傅挺好的")
    scene.private("2026-03-03 07:10", "li", "刚去看了陈师傅，精神不错")
    played = await scene.play(until="2026-03-03 10:00")
    assert [text for text in played.to("li") if "已记录" in text] == ["已记录：陈师傅 好。"] * 2
    assert not any("平安未报" in row["text"] for row in played.said)


async def test_unwell_in_ones_own_words_is_an_emergency_too(scene: Scene) -> None:
    scene.private("18:20", "li", "陈师傅不太舒服，说头晕")
    played = await scene.play(until="2026-03-02 18:30")
    assert [row["urgency"] for row in played.report["tickets"]] == ["emergency"]
    assert any("陈师傅" in text for text in played.to("qian"))


async def test_a_door_that_was_visited_is_a_visit_and_what_is_yet_to_come_is_not(scene: Scene) -> None:
    scene.private("10:00", "li", "3-1-101 王大妈家 上门看过了 都好")
    scene.private("10:05", "li", "明天去3-2-502看看")
    played = await scene.play()
    assert "已记录 3-1-101 上门" in played.to("li")[0]
    assert not any("3-2-502" in text for text in played.to("li"))


async def test_somebody_met_on_the_way_or_called_was_not_visited_at_the_door(scene: Scene) -> None:
    scene.private("10:00", "li", "走访 3-2-502 路上碰到陈师傅 身体还行")
    scene.private("10:05", "li", "走访 3-2-502 打了电话 说挺好")
    played = await scene.play()
    assert "3-2-502 路遇" in played.to("li")[0] and "走访任务仍保留" in played.to("li")[0]
    assert "3-2-502 电话" in played.to("li")[1]


async def test_a_pause_is_understood_in_any_order(scene: Scene) -> None:
    scene.private("10:00", "li", "陈师傅住院了 暂停 到3月10日")
    played = await scene.play(until="2026-03-03 12:00")
    assert any("已暂停 陈师傅" in text and "3月10日" in text for text in played.to("li"))
    assert not any("看望】" in row["text"] for row in played.said if row["at"] > "2026-03-02T10:00")


async def test_nobody_at_home_long_before_the_day_changes_no_day(scene: Scene) -> None:
    scene.private("10:00", "li", "走访 3-1-101 没人")
    played = await scene.play()
    assert "原定" in played.to("li")[0] and "改到" not in played.to("li")[0]


async def test_nothing_to_report_is_said_in_any_words_where_a_word_is_owed(scene: Scene) -> None:
    scene.private("2026-03-12 08:00", "li", "待办")
    scene.private("2026-03-14 10:30", "li", "今天没事")
    scene.private("2026-03-14 10:40", "li", "今天没事")
    scene.private("2026-03-15 10:00", "wu", "没有情况，零报告")
    played = await scene.play(until="2026-03-15 12:00")
    assert [text for text in played.to("li") if "零报告。" in text and "已记" in text] == [
        "半月排查：第一网格已记零报告。"
    ]
    assert "半月排查：第二网格已记零报告。" in played.to("wu")


async def test_a_head_signs_in_words_of_his_own(scene: Scene) -> None:
    scene.private("2026-03-18 09:00", "li", "待办")
    scene.private("2026-03-23 10:00", "sun", "核对无误，签字")
    played = await scene.play(until="2026-03-23 12:00")
    assert any("已签字上报，校验码" in text for text in played.to("sun"))


async def test_who_is_called_answers_as_people_do_and_late_answers_are_noted(scene: Scene) -> None:
    scene.private("09:00", "sun", "动员 全社区，3号楼地下室进水，请到社区广场集合")
    scene.private("09:02", "li", "我到了")
    scene.private("09:03", "wu", "马上到")
    scene.private("09:04", "qian", "今天过不去")
    scene.private("10:30", "zhao", "到")
    played = await scene.play(until="2026-03-02 11:00")
    assert "集合点：社区广场" in played.to("wu")[0] and "全社区" not in played.to("wu")[0]
    assert played.report["mobilisations"][0]["answered"] == {
        "li": "到", "wu": "在途", "qian": "不能", "zhao": "到",
    }  # fmt: skip
    assert any("已经结束，仍为您补记" in text for text in played.to("zhao"))


async def test_leave_is_asked_for_in_any_order(scene: Scene) -> None:
    scene.private("12:00", "li", "我明天下午请假去医院")
    played = await scene.play()
    assert "值守" in played.to("li")[0] and "赵副" in played.to("li")[0]


async def test_a_campaign_is_answered_by_door_and_asks_nothing_that_is_known(scene: Scene) -> None:
    scene.private("08:30", "li", "返乡 3-1-101 王小明")
    scene.private("09:00", "qian", "专项 返乡排查 到3月10日")
    scene.private("10:00", "li", "3-2-502 儿子回来1人 从广州")
    played = await scene.play()
    assert "您这里 1 户" in next(text for text in played.to("li") if text.startswith("【专项】"))
    assert "已记 3-2-502：儿子回来1人 从广州。还有 0 户。" in played.to("li")


async def test_a_question_of_a_door_is_no_visit(scene: Scene) -> None:
    scene.private("09:00", "sun", "谁看过 3-2-502")
    scene.private("09:05", "li", "3-2-502 上次什么时候去过")
    played = await scene.play()
    assert not any("已记录" in text for who in ("sun", "li") for text in played.to(who))


async def test_a_round_without_anything_found_is_one_short_answer(scene: Scene) -> None:
    scene.private("09:00", "li", "巡查 3号楼楼道 没什么问题")
    scene.private("10:00", "li", "巡查 东门 围栏有点旧")
    played = await scene.play()
    assert played.to("li")[0] == "已记。近七天本网格巡查 1 次。"
    assert "直接把什么事" in played.to("li")[1] and len(played.to("li")) == 2


async def test_a_talk_is_noted_by_the_door_as_well_as_by_the_name(scene: Scene) -> None:
    scene.private("09:00", "li", "建档 3-2-502 陈师傅 社区矫正")
    scene.private("09:10", "li", "帮教 3-2-502 谈话 情绪稳定")
    played = await scene.play()
    assert "没有找到" not in played.to("li")[1] and "下次" in played.to("li")[1]


async def test_the_list_of_what_is_to_do_holds_visits_and_reports_too(scene: Scene) -> None:
    scene.private("09:00", "li", "待办")
    scene.private("2026-03-18 09:00", "li", "待办")
    scene.says("2026-03-18 09:05", "li", "待办", "w1")
    played = await scene.play()
    assert played.to("li")[0] == "您现在没有待办。"
    assert "今天要走访 1 户：3-2-502" in played.to("li")[-1] and "还没报：半月排查" in played.to("li")[-1]
    assert not any("3-2-502" in text for text in played.in_group("w1"))


async def test_what_is_said_besides_is_no_look_in_and_no_visit(scene: Scene) -> None:
    scene.private("18:20", "li", "陈师傅说最好装个扶手")
    scene.private("18:25", "li", "不好意思，陈师傅的药我忘带了")
    scene.private("18:30", "li", "3-1-101 的事我去了解一下")
    played = await scene.play(until="2026-03-02 18:40")
    assert not any("已记录" in text for text in played.to("li"))
    assert not any(row["urgency"] == "emergency" for row in played.report["tickets"])
