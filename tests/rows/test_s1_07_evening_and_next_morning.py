"""S1-07 每晚上门看看，第二天一早再上门看看: two looks a day at old people alone without a telephone."""

from __future__ import annotations

from tests.scene import Scene

HOUSEHOLDS = """
    id,node,address,building,unit,room,head,classes,phone,since
    h1,g1,3号楼1单元101,3,1,101,王大妈,普通,,
    h2,g1,3号楼2单元502,3,2,502,王奶奶,独居老人;无手机老人,,
"""
STAFF = """
    id,name,role,node,phone,contact,deputy_of,employment,hours,departments
    s1,李网,网格员,g1,13800000001,li,,专职,,
    s2,赵副,网格员,g1,13800000002,zhao,s1,兼职,,
    s3,钱长,网格长,g1,13800000003,qian,,专职,,
    s4,孙书记,社区书记,sq,13800000004,sun,,专职,,
    s5,冯楼,3号楼楼长,g1,13800000005,feng,,兼职,,
    s7,高楼,5号楼楼长,g1,13800000007,gao,,兼职,,
"""
WHO_LIVES_THERE = "contact,household,name,head\nwang,h1,王大妈,yes"


async def test_evening_and_morning_are_asked_for_and_one_word_answers(scene: Scene) -> None:
    scene.people(households=HOUSEHOLDS, residents=WHO_LIVES_THERE, staff=STAFF)
    scene.private("18:30", "li", "平安 王奶奶 好")
    scene.private("2026-03-03 07:00", "li", "平安 王奶奶 好 吃了早饭")
    scene.private("2026-03-03 08:10", "qian", "平安")
    played = await scene.play(until="2026-03-03 12:00")
    asked = [text for text in played.to("li") if "请去看看" in text]
    assert [text[:6] for text in asked] == ["【晚间看望】", "【晨间看望】"]
    pair = [row for row in played.rows("visits", household="h2") if row["why"] in ("晚间看望", "晨间看望")]
    assert [row["outcome"] for row in pair if row["done_at"]] == ["好", "好 吃了早饭"]
    assert not any("平安未报" in text for who in ("li", "zhao", "qian") for text in played.to(who))
    assert any("晨间看望 王奶奶（3-2-502）好 吃了早饭" in text for text in played.to("qian"))


async def test_a_missed_morning_climbs_to_deputy_and_leader_then_the_buildings_lead_then_higher(
    scene: Scene,
) -> None:
    scene.people(households=HOUSEHOLDS, residents=WHO_LIVES_THERE, staff=STAFF)
    scene.private("18:30", "li", "平安 王奶奶 好")
    played = await scene.play(until="2026-03-03 12:00")
    missed = {
        row["to"]: row["at"][11:16]
        for row in played.said
        if "王奶奶" in row["text"] and "还没有人" in row["text"]
    }
    assert missed["li"] == missed["zhao"] == missed["qian"] == "09:30"
    knocking = [row["at"][11:16] for row in played.said if row.get("to") == "feng"]
    assert knocking == ["09:45"] and played.to("gao") == []
    assert any("过了一个小时" in text for text in played.to("sun"))
    assert played.in_group("r1") == [] and played.in_group("w1") == []


async def test_unwell_or_nobody_there_is_an_emergency_at_once(scene: Scene) -> None:
    scene.people(households=HOUSEHOLDS, residents=WHO_LIVES_THERE, staff=STAFF)
    scene.private("18:30", "li", "平安 王奶奶 无人")
    played = await scene.play(until="2026-03-02 18:40")
    assert [row["urgency"] for row in played.report["tickets"]] == ["emergency"]
    assert any("平安看望：王奶奶 无人" in text for text in played.to("qian"))
    assert any("平安看望：王奶奶 无人" in text for text in played.to("zhao"))
    assert played.in_group("r1") == []


async def test_a_stay_in_hospital_pauses_both_looks_and_ends_by_itself(scene: Scene) -> None:
    scene.people(households=HOUSEHOLDS, residents=WHO_LIVES_THERE, staff=STAFF)
    scene.private("09:00", "li", "暂停 王奶奶 住院 到周三")
    played = await scene.play(until="2026-03-05 20:00")
    looked = [row["at"][:10] for row in played.said if "请去看看" in row["text"]]
    assert looked == ["2026-03-05", "2026-03-05"]
    assert not any("平安未报" in text and "03-0" in text for text in played.to("qian"))
    assert "3月4日之后自动恢复" in played.to("li")[0]


async def test_who_comes_home_early_is_looked_after_from_that_evening_on(scene: Scene) -> None:
    scene.people(households=HOUSEHOLDS, residents=WHO_LIVES_THERE, staff=STAFF)
    scene.private("09:00", "li", "暂停 王奶奶 住院 到周五")
    scene.private("2026-03-03 10:00", "li", "恢复 王奶奶")
    played = await scene.play(until="2026-03-03 20:00")
    assert [row["at"][:16] for row in played.said if "请去看看" in row["text"]] == ["2026-03-03T18:00"]


async def test_how_she_is_may_be_said_in_one_run_of_words(scene: Scene) -> None:
    scene.people(households=HOUSEHOLDS, residents=WHO_LIVES_THERE, staff=STAFF)
    scene.private("18:30", "li", "王奶奶今晚上挺好")
    scene.private("2026-03-03 07:10", "li", "平安王奶奶不适 说是头晕 起不来床")
    played = await scene.play(until="2026-03-03 07:20")
    pair = [row for row in played.rows("visits", household="h2") if row["why"] in ("晚间看望", "晨间看望")]
    assert [row["outcome"] for row in pair if row["done_at"]] == ["好 今晚上挺好", "不适 说是头晕 起不来床"]
    assert [row["urgency"] for row in played.report["tickets"]] == ["emergency"]
    assert any("【紧急" in text for text in played.to("zhao"))


async def test_an_alarm_ends_for_all_whom_it_reached_when_somebody_has_seen_her(scene: Scene) -> None:
    scene.people(households=HOUSEHOLDS, residents=WHO_LIVES_THERE, staff=STAFF)
    scene.private("18:30", "li", "平安 王奶奶 无人")
    scene.private("18:40", "zhao", "平安 王奶奶 好 在邻居家")
    played = await scene.play(until="2026-03-02 23:00")
    assert played.ticket()["state"] == "resolved"
    for who in ("li", "qian"):
        assert any("已见到王奶奶本人：好 在邻居家" in text for text in played.to(who))
    assert not any("到期" in text or "逾期" in text for text in played.to("qian"))


async def test_whoever_was_taken_to_hospital_is_no_alarm_any_more(scene: Scene) -> None:
    scene.people(households=HOUSEHOLDS, residents=WHO_LIVES_THERE, staff=STAFF)
    scene.private("18:30", "li", "平安 王奶奶 不适 头晕")
    scene.private("18:50", "li", "暂停 王奶奶 住院 到周日")
    played = await scene.play(until="2026-03-02 23:00")
    assert played.ticket()["state"] == "resolved"
    assert any("王奶奶的去向已清楚：住院" in text for text in played.to("qian"))
