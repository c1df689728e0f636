"""S3-19 吹哨、报告、报到: confirmed by the town, come in time, rated; what nobody answers is listed."""

from __future__ import annotations

import pytest

from tests.scene import Scene

STAFF = """
    id,name,role,node,phone,contact,deputy_of,employment,hours,departments
    s1,李网,网格员,g1,13800000001,li,,专职,,
    s3,钱长,网格长,g1,13800000003,qian,,专职,,
    s4,孙书记,社区书记,sq,13800000004,sun,,专职,,
    s5,周主任,街道主任,jd,13800000005,zhou,,专职,,
    s7,郑值班,综治中心值班员,jd,13800000007,zheng,,专职,,
"""
BODIES = """
    id,name,categories,node,contact,hours
    wuye,青石物业,public_facility;property_mgmt,sq,wuye,
    gongdian,供电所,utilities_outage,jd,gongdian,
"""


@pytest.fixture
def town(scene: Scene) -> Scene:
    scene.people(staff=STAFF, departments=BODIES)
    scene.private("09:00", "wang", "3号楼门口路灯坏了，晚上漆黑一片")
    scene.private("09:05", "li", "接单 1")
    scene.private("09:10", "li", "吹哨 1 物业 供电所")
    return scene


async def test_the_town_confirms_the_departments_come_and_are_rated(town: Scene) -> None:
    town.private("09:20", "zheng", "报告 1")
    town.private("10:00", "wuye", "报到 1")
    town.private("10:30", "gongdian", "报到 1 师傅在路上")
    town.private("11:00", "wuye", "办结 1 灯杆加固好了")
    town.private("11:30", "gongdian", "办结 1 换了灯头和线路")
    town.private("11:40", "zheng", "1")
    town.private("11:41", "zheng", "2")
    played = await town.play(until="2026-03-02 12:00")
    asked = next(row for row in played.said if row.get("to") == "zheng")
    assert (
        "吹哨" in asked["text"] and "青石物业" in asked["text"] and asked["at"] == "2026-03-02T09:10:00+08:00"
    )
    called = [
        row for row in played.said if row.get("to") in ("wuye", "gongdian") and "协同处置" in row["text"]
    ]
    assert {row["at"] for row in called} == {"2026-03-02T09:20:00+08:00"}
    assert any("青石物业已报到" in text for text in played.to("li"))
    ticket = played.ticket()
    assert ticket["state"] == "resolved" and ticket["departments"] == ["wuye", "gongdian"]
    parts = {part["who"]: part for part in ticket["parties"]}
    assert parts["wuye"]["came_at"] == "2026-03-02T10:00:00+08:00"
    assert parts["wuye"]["due_at"] == "2026-03-03T17:30:00+08:00"
    assert [parts["wuye"]["rating"], parts["gongdian"]["rating"]] == ["到场并解决", "到场未解决"]
    assert [line["what"] for line in ticket["history"]].count("check_in") == 2
    assert any("换了灯头" in text for text in played.to("wang"))


async def test_the_first_department_that_is_done_does_not_close_the_matter(town: Scene) -> None:
    town.private("09:20", "zheng", "报告 1")
    town.private("10:00", "wuye", "办结 1 灯杆加固好了")
    played = await town.play(until="2026-03-02 12:00")
    assert played.ticket()["state"] == "accepted"
    assert any("还等供电所" in text for text in played.to("wuye") + played.to("li"))
    assert not any("已办结" in text for text in played.to("wang"))


async def test_what_nobody_answers_is_chased_and_spelled_out_once_a_week(town: Scene) -> None:
    town.private("09:20", "zheng", "报告 1")
    played = await town.play(until="2026-03-09 18:00")
    assert any("请贵单位尽快到场" in text for text in played.to("wuye"))
    assert any("还没有来" in text for text in played.to("li"))
    lists = [row for row in played.said if row.get("to") == "zheng" and "吹哨未应" in row["text"]]
    assert [row["at"][:16] for row in lists] == [
        "2026-03-04T17:00", "2026-03-05T17:00", "2026-03-06T17:00", "2026-03-09T17:00"
    ]  # fmt: skip
    assert lists[1]["text"] == lists[2]["text"] == "【吹哨未应】\n列过还没应的 2 件：#1"
    assert lists[3]["text"].count("供电所") == lists[0]["text"].count("供电所") == 1
    assert "供电所" in lists[0]["text"]


async def test_the_desk_that_does_not_answer_is_reminded_and_may_refuse(town: Scene) -> None:
    town.private("10:30", "zheng", "退回 1 先找物业自己修")
    town.private("10:40", "wuye", "报到 1")
    played = await town.play(until="2026-03-02 12:00")
    reminded = [row for row in played.said if "吹哨等您确认已超时" in row["text"]]
    assert [(row["to"], row["at"][:16]) for row in reminded] == [("zheng", "2026-03-02T09:40")]
    assert any("先找物业自己修" in text for text in played.to("li"))
    assert played.ticket()["departments"] == [] and not any("协同处置" in t for t in played.to("wuye"))


async def test_an_urgent_whistle_counts_two_hours_by_the_clock(scene: Scene) -> None:
    scene.people(staff=STAFF, departments=BODIES)
    scene.private("12:00", "wang", "3号楼电线掉下来冒火花了，快来人")
    scene.private("12:02", "li", "接单 1")
    scene.private("12:03", "li", "吹哨 1 供电所")
    played = await scene.play(until="2026-03-02 14:30")
    assert played.ticket()["urgency"] in ("emergency", "high")
    assert any("请贵单位尽快到场" in text for text in played.to("gongdian"))


async def test_without_a_desk_departments_are_called_at_once(scene: Scene) -> None:
    scene.people(departments=BODIES)
    scene.private("09:00", "wang", "3号楼门口路灯坏了，晚上漆黑一片")
    scene.private("09:05", "li", "接单 1")
    scene.private("09:10", "li", "吹哨 1 物业")
    scene.private("09:20", "zhou", "报告 1")
    scene.private("09:30", "he", "报告 1")
    played = await scene.play(until="2026-03-02 10:00")
    called = next(row for row in played.said if row.get("to") == "wuye")
    assert called["at"] == "2026-03-02T09:10:00+08:00"
    lines = [(line["what"], line["by"]) for line in played.ticket()["history"]]
    assert lines[-1] == ("report", "s5") and lines.count(("report", "s5")) == 1


COLLAPSE = """
    id,name,categories,node,contact,hours
    shizheng,市政所,road_parking,jd,shizheng,
    jiaojing,交警中队,road_parking,jd,jiaojing,
"""


async def test_a_big_matter_waits_for_the_town_too_and_each_comes_in_his_role(scene: Scene) -> None:
    scene.people(staff=STAFF, departments=COLLAPSE)
    scene.private("09:00", "wang", "3号楼前面路面塌陷了，有个大坑")
    scene.private("09:05", "li", "接单 1")
    scene.private("09:15", "li", "办结 1 用砖头围起来了")
    scene.private("09:20", "zheng", "报告 1")
    scene.private("10:00", "shizheng", "办结 1 已回填压实")
    scene.private("10:30", "jiaojing", "办结 1 已设围挡疏导")
    played = await scene.play(until="2026-03-02 11:00")
    assert any("等青石街道确认后通知各部门" in text for text in played.to("li"))
    assert any("还等市政所、交警中队答复" in text for text in played.to("li"))
    asked = next(row for row in played.said if row.get("to") == "zheng")
    assert asked["at"][11:16] == "09:05" and "市政所、交警中队" in asked["text"]
    called = {row["to"]: row for row in played.said if "协同处置" in row["text"]}
    assert {row["at"][11:16] for row in called.values()} == {"09:20"}
    assert "牵头" in called["shizheng"]["text"] and "协办" in called["jiaojing"]["text"]
    ticket = played.ticket()
    assert (ticket["lead"], ticket["state"], ticket["departments"]) == (
        "shizheng", "resolved", ["shizheng", "jiaojing"],
    )  # fmt: skip
    assert any("已通知市政所、交警中队到场处理" in text for text in played.to("wang"))


async def test_nobody_goes_round_the_town_and_what_it_refuses_is_the_grids_alone(town: Scene) -> None:
    town.private("09:12", "zheng", "退回 1 自己先看看")
    town.private("09:20", "li", "联办 1 牵头 供电所 协办 物业")
    town.private("09:40", "zheng", "退回 1 换灯泡不用联办")
    town.private("10:00", "li", "办结 1 换了灯泡")
    played = await town.play(until="2026-03-02 11:00")
    assert played.to("gongdian") == played.to("wuye") == []
    assert any("换灯泡不用联办" in text for text in played.to("li"))
    assert (played.ticket()["state"], played.ticket()["lead"]) == ("resolved", None)
    assert not any("牵头" in text for text in played.to("wang"))


async def test_a_department_without_an_account_has_to_be_rung_up_and_no_door_is_told(scene: Scene) -> None:
    scene.people(
        departments="""
            id,name,categories,node,contact,hours,person,phone
            wuye,青石物业,public_facility,sq,wuye,,,
            gongdian,供电所,utilities_outage,jd,,,,0943-7654321
        """
    )
    scene.private("09:00", "lin", "报事 楼下天天半夜打牌吵死人了")
    scene.private("09:05", "li", "接单 1")
    scene.private("09:10", "li", "吹哨 1 供电")
    scene.private("09:20", "li", "转派 1 物业")
    scene.private("09:30", "wuye", "待办")
    played = await scene.play(until="2026-03-02 09:40")
    assert "供电所还没有绑定账号，收不到消息，请打电话 0943-7654321 告诉他们 #1。" in played.to("li")
    told = played.to("wuye")
    assert "位置：3号楼" in told[0] and "#1" in told[1]
    assert not any("601" in text or "林小姐" in text for text in told)


async def test_the_resident_reads_what_each_did_and_the_town_rates_them_in_words(town: Scene) -> None:
    town.private("09:12", "li", "#吹哨 1 供电所")
    town.private("09:20", "zheng", "报告 1")
    town.private("10:00", "wuye", "办结 1 灯杆加固好了")
    town.private("10:30", "gongdian", "我们到了 1")
    town.private("11:30", "gongdian", "办结 1 换了灯头和线路")
    town.private("11:40", "zhou", "评价 1 供电 到场满意 解决满意")
    town.private("11:41", "zhou", "评价 1 物业 没来")
    played = await town.play(until="2026-03-02 12:00")
    assert len([text for text in played.to("zheng") if text.startswith("【吹哨")]) == 1
    done = next(text for text in played.to("wang") if "已办结" in text)
    assert "青石物业：灯杆加固好了；供电所：换了灯头和线路" in done
    parts = {part["who"]: part for part in played.ticket()["parties"]}
    assert parts["gongdian"]["came_at"] == "2026-03-02T10:30:00+08:00"
    assert (parts["gongdian"]["rating"], parts["wuye"]["rating"]) == ("到场并解决", "未到场")


async def test_who_runs_errands_confirms_no_whistle(scene: Scene) -> None:
    more = "    s8,万代办,代办员,sq,13800000008,wan,,专职,,\n"
    scene.people(staff=STAFF + more, departments=BODIES)
    scene.private("09:00", "wang", "3号楼门口路灯坏了，晚上漆黑一片")
    scene.private("09:05", "li", "接单 1")
    scene.private("09:10", "li", "吹哨 1 物业")
    played = await scene.play(until="2026-03-02 09:20")
    assert any("吹哨" in text for text in played.to("zheng")) and played.to("wan") == []
