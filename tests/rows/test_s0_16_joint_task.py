"""S0-16 力量联动: one leads, others support, each with his own state; done when all have answered."""

from __future__ import annotations

import pytest

from tests.scene import Scene

BODIES = """
    id,name,categories,node,contact,hours
    wuye,青石物业,public_facility;property_mgmt,sq,wuye,
    gongdian,供电所,utilities_outage,jd,gongdian,
"""


@pytest.fixture
def joint(scene: Scene) -> Scene:
    scene.people(departments=BODIES)
    scene.private("09:00", "wang", "3号楼门口路灯坏了，晚上漆黑一片")
    scene.private("09:05", "li", "接单 1")
    scene.private("09:10", "li", "联办 1 牵头：供电所 协办：青石物业、孙书记")
    return scene


async def test_each_answers_for_his_part_and_the_last_one_closes_it(joint: Scene) -> None:
    joint.private("10:00", "gongdian", "到场 1")
    joint.private("11:00", "gongdian", "办结 1 换了电缆和灯头")
    joint.private("11:30", "wuye", "办结 1 补好了地砖")
    joint.private("11:40", "qian", "进度 1")
    joint.private("11:41", "wang", "进度 1")
    joint.private("12:00", "sun", "办结 1 已协调居民让出车位")
    played = await joint.play(until="2026-03-02 13:00")
    ticket = played.ticket()
    assert (ticket["scale"], ticket["lead"], ticket["state"]) == ("big", "gongdian", "resolved")
    parts = {part["who"]: (part["role"], part["state"], part["done_at"][11:16]) for part in ticket["parties"]}
    assert parts == {
        "gongdian": ("lead", "done", "11:00"),
        "wuye": ("support", "done", "11:30"),
        "s4": ("support", "done", "12:00"),
    }
    assert ticket["resolved_at"] == "2026-03-02T12:00:00+08:00"
    assert any("牵头" in text for text in played.to("gongdian")) and any(
        "协办" in text for text in played.to("sun")
    )
    assert any("供电所牵头联合办理" in text for text in played.to("wang"))
    assert any("已办结：换了电缆和灯头" in text for text in played.to("wang"))
    stands = next(text for text in played.to("qian") if "牵头 供电所：11:00 已办" in text)
    assert "协办 青石物业：11:30 已办" in stands and "协办 孙书记：还没到" in stands
    assert not any("孙书记" in text for text in played.to("wang"))
    assert any("供电所已办：换了电缆和灯头。还等青石物业、孙书记" in text for text in played.to("li"))


async def test_the_grid_cannot_close_it_while_somebody_is_missing(joint: Scene) -> None:
    joint.private("11:00", "gongdian", "办结 1 换了电缆和灯头")
    joint.private("11:30", "li", "办结 1 都弄好了，灯亮了")
    played = await joint.play(until="2026-03-02 13:00")
    assert played.ticket()["state"] == "accepted"
    assert any("还等青石物业、孙书记答复" in text for text in played.to("li"))
    assert not any("已办结" in text for text in played.to("wang"))


async def test_who_gives_it_back_is_no_longer_waited_for(joint: Scene) -> None:
    joint.private("10:00", "wuye", "退回 1 不是我们的灯")
    joint.private("11:00", "sun", "办结 1 已协调居民")
    joint.private("11:30", "gongdian", "办结 1 换了电缆和灯头")
    played = await joint.play(until="2026-03-02 13:00")
    ticket = played.ticket()
    assert ticket["state"] == "resolved" and ticket["returns"] == 1
    assert {part["who"]: part["state"] for part in ticket["parties"]}["wuye"] == "returned"


async def test_a_resident_cannot_begin_one_and_sees_no_names(joint: Scene) -> None:
    joint.says("09:30", "wang", "联办 1 供电所 物业")
    played = await joint.play(until="2026-03-02 10:00")
    assert [line["what"] for line in played.ticket()["history"]].count("joint") == 1
    assert not any("孙书记" in text for text in played.to("wang") + played.in_group("r1"))


async def test_the_last_support_to_give_it_back_ends_what_the_lead_has_done(joint: Scene) -> None:
    joint.private("11:00", "gongdian", "办结 1 换了电缆和灯头")
    joint.private("11:10", "sun", "办结 1 已协调居民")
    joint.private("11:20", "wuye", "退回 1 不是我们的灯")
    played = await joint.play(until="2026-03-02 11:30")
    ticket = played.ticket()
    assert (ticket["state"], ticket["resolved_at"]) == ("resolved", "2026-03-02T11:20:00+08:00")
    assert any("已办结：换了电缆和灯头" in text for text in played.to("wang"))
    assert any("青石物业退回：不是我们的灯" in text for text in played.to("li"))


async def test_a_support_that_gives_it_back_leaves_the_others_at_work(joint: Scene) -> None:
    joint.private("10:00", "wuye", "退回 1 不是我们的灯")
    played = await joint.play(until="2026-03-02 10:30")
    assert played.ticket()["state"] == "accepted" and played.ticket()["departments"] == ["gongdian"]
    assert any("还等供电所、孙书记" in text for text in played.to("li"))
