"""S1-05 小事一格解决，大事全网联办: big kinds call lead and support; the share of the grid is counted."""

from __future__ import annotations

from tests.scene import Scene

BODIES = """
    id,name,categories,node,contact,hours
    shizheng,市政所,road_parking,jd,shizheng,
    jiaojing,交警中队,road_parking,jd,jiaojing,
"""


async def test_a_collapse_calls_everybody_once_somebody_has_taken_it(scene: Scene) -> None:
    scene.people(departments=BODIES)
    scene.private("09:00", "wang", "3号楼前面路面塌陷了，有个大坑")
    scene.private("09:05", "li", "接单 1")
    scene.private("10:00", "shizheng", "办结 1 已回填压实")
    scene.private("10:30", "jiaojing", "办结 1 已设围挡疏导")
    played = await scene.play(until="2026-03-02 11:00")
    ticket = played.ticket()
    assert (ticket["sub"], ticket["scale"], ticket["lead"]) == ("collapse", "big", "shizheng")
    assert {part["who"]: part["role"] for part in ticket["parties"]} == {
        "shizheng": "lead",
        "jiaojing": "support",
    }
    assert any("牵头" in text for text in played.to("shizheng"))
    assert ticket["state"] == "resolved" and any("已回填压实" in text for text in played.to("wang"))


async def test_nobody_is_called_before_a_person_has_said_that_it_is_real(scene: Scene) -> None:
    scene.people(departments=BODIES)
    scene.private("09:00", "wang", "3号楼前面路面塌陷了，有个大坑")
    played = await scene.play(until="2026-03-02 09:10")
    assert played.to("shizheng") == [] and played.ticket()["parties"] == []


async def test_the_leader_reads_which_share_was_solved_in_the_grid(scene: Scene) -> None:
    scene.private("09:00", "wang", "3号楼门口路灯坏了，晚上漆黑一片")
    scene.private("09:20", "chen", "5号楼前面垃圾堆了三天没人收")
    scene.private("09:40", "he", "5号楼1单元门禁坏了，进不去")
    for no, time in ((1, "10:00"), (2, "10:01"), (3, "10:02")):
        scene.private(time, "li", f"接单 {no}")
    scene.private("11:00", "li", "办结 1 换了灯泡")
    scene.private("11:05", "li", "办结 2 已清运干净")
    scene.private("11:10", "li", "吹哨 3 物业")
    scene.private("12:00", "wuye", "办结 3 换了门禁主板")
    scene.private("13:00", "qian", "月报")
    scene.private("13:05", "li", "月报")
    played = await scene.play(until="2026-03-02 14:00")
    report = next(text for text in played.to("qian") if "月报" in text)
    assert "办结 3 件：网格内 2（67%），不出社区 3（100%），首接即办 2（67%）" in report
    assert [ticket["scale"] for ticket in played.report["tickets"]] == ["small", "small", "small"]
    assert not any("网格内" in text for text in played.to("li") + played.in_group("r1"))
