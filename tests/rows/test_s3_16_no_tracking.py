"""S3-16 人口库、电子围栏、数字城管、雪亮工程: others report in and take out data; nobody is located."""

from __future__ import annotations

from tests.scene import Scene

DEPARTMENTS = """
    id,name,categories,node,contact,hours
    lantian,蓝天卫士平台,pollution,jd,lantian,
    chengguan,数字城管平台,env_sanitation,jd,chengguan,
"""


async def test_to_locate_people_is_declined_and_recorded_whoever_asks(scene: Scene) -> None:
    scene.private("09:00", "zhou", "定位 李网")
    scene.private("09:01", "sun", "查轨迹 王大妈")
    scene.private("09:02", "li", "电子围栏 陈师傅")
    played = await scene.play()
    for contact in ("zhou", "sun", "li"):
        assert "本系统不对人员定位，不查轨迹，也不设电子围栏" in played.to(contact)[0]
    assert played.report["audit"] == {"entries": 3, "chain_ok": True}
    assert played.report["tickets"] == []


async def test_what_another_system_sees_becomes_a_matter_with_an_owner_and_a_deadline(scene: Scene) -> None:
    scene.people(departments=DEPARTMENTS)
    scene.private("09:00", "lantian", "报事 东门小卖店后面有人焚烧秸秆")
    scene.private("09:30", "li", "办结 1 已劝阻并浇灭")
    played = await scene.play()
    ticket = played.ticket()
    assert (ticket["category"], ticket["grid"], ticket["assignee"]) == ("pollution", "g1", "s1")
    assert ticket["due_at"] is not None and ticket["resolved_at"] == "2026-03-02T09:30:00+08:00"
    assert (ticket["line"], ticket["platform"]) == ("生态环境", "诉求办理")
    assert any("已劝阻并浇灭" in text for text in played.to("lantian"))


async def test_tracks_are_declined_too(scene: Scene) -> None:
    scene.private("09:00", "sun", "轨迹 陈师傅")
    played = await scene.play()
    assert "不对人员定位" in played.to("sun")[0]
