"""S1-10 塌埂案: 已通知相关部门，明天早上前往处理: the resident reads the same words, and the time is kept."""

from __future__ import annotations

import pytest

from tests.scene import Scene

ANSWER = "已通知相关部门，明天早上前往处理"


@pytest.fixture
def dam(scene: Scene) -> Scene:
    scene.people(
        staff="""
        id,name,role,node,phone,contact,deputy_of,employment,hours,departments
        s1,李网,网格员,g1,13800000001,li,,专职,,
        s3,钱长,网格长,g1,13800000003,qian,,专职,,
        s7,郑值班,综治中心值班员,jd,13800000007,zheng,,专职,,
        """
    )
    scene.private("15:00", "wang", "村口路边塌埂了 车过不去")
    return scene


async def test_the_desks_words_reach_the_resident_and_are_kept_in_mind(dam: Scene) -> None:
    dam.private("15:06", "zheng", f"1 {ANSWER}")
    played = await dam.play(until="2026-03-03 09:00")
    assert any(f"您反映的 #1：{ANSWER}" in text for text in played.to("wang"))
    ticket = played.ticket()
    assert ticket["promised_at"] == "2026-03-03T08:30:00+08:00"
    assert ticket["first_reply_at"] == "2026-03-02T15:06:00+08:00"
    assert any(ANSWER in text for text in played.to("li"))
    reminded = [row for row in played.said if "答应居民的时间到了" in row["text"]]
    assert [(row["to"], row["at"][:16]) for row in reminded] == [("li", "2026-03-03T08:30")]


async def test_as_the_answer_to_a_whistle_or_as_a_quote_it_is_the_same(dam: Scene) -> None:
    dam.private("15:05", "li", "接单 1")
    dam.private("15:06", "zheng", f"报告 1 {ANSWER}")
    played = await dam.play(until="2026-03-02 16:00")
    assert played.ticket()["promised_at"] == "2026-03-03T08:30:00+08:00"
    assert any(f"您反映的 #1：{ANSWER}" in text for text in played.to("wang"))


async def test_a_promise_that_is_not_kept_is_noticed(dam: Scene) -> None:
    dam.private("15:06", "zheng", f"1 {ANSWER}")
    played = await dam.play(until="2026-03-03 12:00")
    broken = [row for row in played.said if "还没有去" in row["text"]]
    assert [(row["to"], row["at"][:16]) for row in broken] == [("qian", "2026-03-03T10:30")]


async def test_a_resident_cannot_answer_for_the_office(dam: Scene) -> None:
    dam.private("15:06", "he", f"1 {ANSWER}")
    played = await dam.play(until="2026-03-02 16:00")
    assert played.ticket()["promised_at"] is None and not any("您反映的 #1：" in t for t in played.to("wang"))


async def test_the_month_tells_how_soon_people_were_answered(dam: Scene) -> None:
    dam.private("15:06", "zheng", f"1 {ANSWER}")
    dam.private("16:00", "qian", "月报")
    played = await dam.play(until="2026-03-02 16:30")
    assert any("首次人工答复：一半在 6 分钟内" in text for text in played.to("qian"))


async def test_words_without_a_time_are_passed_on_only_when_it_is_said_so(dam: Scene) -> None:
    dam.private("15:06", "zheng", "1 已经安排人去看了")
    dam.private("15:07", "zheng", "2")
    dam.private("15:08", "zheng", "1 请先绕行，注意安全")
    dam.private("15:09", "zheng", "1")
    played = await dam.play(until="2026-03-02 16:00")
    told = [text for text in played.to("wang") if "您反映的 #1：" in text]
    assert told == ["您反映的 #1：请先绕行，注意安全"]


async def test_a_report_that_begins_with_a_number_stays_a_report(dam: Scene) -> None:
    dam.private("15:06", "li", "1 号楼门口路灯坏了")
    dam.private("15:08", "li", "3-502 家里漏水了，楼下都淹了")
    played = await dam.play(until="2026-03-02 16:00")
    assert not any("您反映的 #1：" in text for text in played.to("wang"))


async def test_a_promise_goes_with_the_matter_and_blames_nobody_who_did_not_make_it(dam: Scene) -> None:
    dam.private("15:06", "li", "承诺 1 明早")
    dam.private("15:10", "qian", "转派 1 郑值班")
    played = await dam.play(until="2026-03-03 12:00")
    card = next(text for text in played.to("zheng") if "【转来 #1】" in text)
    assert "已答应居民明天08:30前往" in card
    assert any("转来后还没有接单" in text for text in played.to("zheng"))
    assert any("转办后还没有人接单，经办：郑值班" in text for text in played.to("qian"))
    assert any("答应居民的时间到了" in text for text in played.to("zheng"))
    assert any("答应居民08:30前往，还没有去，经办：郑值班" in text for text in played.to("qian"))


async def test_a_pause_that_was_told_takes_the_place_of_the_promise(dam: Scene) -> None:
    dam.private("15:06", "li", "承诺 1 明早")
    dam.private("15:10", "li", "挂起 1 等土方车 到周四")
    dam.private("15:20", "wang", "进度 1")
    played = await dam.play(until="2026-03-03 12:00")
    assert any("暂缓到周四08:30" in text for text in played.to("wang") if "挂起" in text)
    assert not any("答应居民" in row["text"] for row in played.said)
    assert played.ticket()["promised_at"] is None


async def test_a_part_of_a_day_is_told_and_judged_as_one(dam: Scene) -> None:
    dam.private("15:06", "li", "承诺 1 明天下午")
    dam.private("15:10", "wang", "进度 1")
    dam.private("2026-03-03 15:10", "wang", "进度 1")
    played = await dam.play(until="2026-03-03 19:00")
    told = played.to("wang")
    assert "您反映的 #1 已通知有关人员，明天13:00至17:30前往处理。" in told
    assert [text.split("，")[-1] for text in told if "进度" not in text and "#1 " in text][-2:] == [
        "明天13:00至17:30前往处理",
        "13:00至17:30前往处理",
    ]
    moments = [row["at"][5:16] for row in played.said if "答应居民" in row["text"]]
    assert moments == ["03-03T13:00", "03-03T17:30"]  # reminded; the leader only after it
    assert played.ticket()["promised_at"] == "2026-03-03T13:00:00+08:00"


async def test_today_lasts_until_the_office_closes(dam: Scene) -> None:
    dam.private("15:06", "li", "承诺 1 今天")
    dam.private("15:10", "li", "到场 1")
    played = await dam.play(until="2026-03-02 19:00")
    assert "您反映的 #1 已通知有关人员，15:06至17:30前往处理。" in played.to("wang")
    assert not any("还没有去" in row["text"] for row in played.said)


async def test_a_promise_in_a_sentence_reaches_the_resident_as_it_is_and_binds_who_was_called(
    scene: Scene,
) -> None:
    scene.people(
        departments="""
            id,name,categories,node,contact,hours
            jt,交通所,road_parking,jd,jt,
        """
    )
    scene.private("14:00", "wang", "村口路边塌埂了 车过不去")
    scene.private("14:05", "zhou", "吹哨 1 交通")
    scene.private("14:10", "zhou", f"承诺１ 明早 {ANSWER}")
    scene.private("2026-03-03 08:20", "jt", "报到1")
    played = await scene.play(until="2026-03-03 12:00")
    assert f"您反映的 #1：{ANSWER}" in played.to("wang")
    assert any("已答应居民明天" in text for text in played.to("jt"))
    assert not any("尽快到场" in text for text in played.to("jt"))
    assert played.ticket()["promised_at"] == "2026-03-03T08:30:00+08:00"
