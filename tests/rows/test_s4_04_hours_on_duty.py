"""S4-04 弹性工作制度: each has his hours; times are reckoned from them; residents see who is there."""

from __future__ import annotations

from tests.scene import Scene

STAFF = """
    id,name,role,node,phone,contact,deputy_of,employment,hours,departments
    s1,李网,网格员,g1,13800000001,li,,专职,"08:30-12:00,14:00-17:30",
    s2,赵副,网格员,g1,13800000002,zhao,s1,兼职,18:00-21:00,
    s3,钱长,网格长,g1,13800000003,qian,,专职,,
"""
LAMP = "3号楼门口路灯坏了，晚上漆黑一片"


async def test_after_hours_the_deputy_has_it_and_the_resident_reads_so(scene: Scene) -> None:
    scene.people(staff=STAFF)
    scene.says("17:40", "wang", LAMP)
    played = await scene.play(until="2026-03-02 19:00")
    assert played.in_group("r1") == ["收到，已登记 #1，18:00后由副岗值守，明天10:30前回复您。"]
    assert len(played.in_group("r1")[0]) <= 40
    card = next(row for row in played.about(1) if row.get("to") == "zhao")
    assert card["at"] == "2026-03-02T18:00:00+08:00" and played.ticket()["assignee"] == "s2"
    assert "下班，由副岗赵副值守" in played.ticket()["history"][0]["note"]
    assert not any(row["about"].get("ticket") == 1 for row in played.said if row.get("to") == "li")


async def test_in_his_hours_it_is_the_workers_and_nobody_reads_of_a_deputy(scene: Scene) -> None:
    scene.people(staff=STAFF)
    scene.says("16:00", "wang", LAMP)
    played = await scene.play(until="2026-03-02 16:30")
    assert played.ticket()["assignee"] == "s1" and "副岗" not in played.in_group("r1")[0]


async def test_times_are_reckoned_from_his_own_hours(scene: Scene) -> None:
    scene.people(staff=STAFF.replace('"08:30-12:00,14:00-17:30"', "10:00-18:00").replace("18:00-21:00", ""))
    scene.says("08:35", "wang", LAMP)
    played = await scene.play(until="2026-03-02 10:30")
    assert "14:00前回复您" in played.in_group("r1")[0] or "12:00前回复您" in played.in_group("r1")[0]
    card = next(row for row in played.about(1) if row.get("to") == "li")
    assert card["at"] == "2026-03-02T10:00:00+08:00"


async def test_an_emergency_asks_for_no_hours(scene: Scene) -> None:
    scene.people(staff=STAFF)
    scene.says("17:40", "wang", "3号楼着火了！！快来人")
    played = await scene.play(until="2026-03-02 17:42")
    assert {row["to"] for row in played.about(1) if "to" in row and "紧急" in row["text"]} == {
        "li",
        "zhao",
        "qian",
    }


async def test_whoever_asks_in_the_evening_reads_who_is_on_duty(scene: Scene) -> None:
    scene.people(staff=STAFF)
    scene.private("16:00", "wang", "网格员")
    scene.private("17:45", "wang", "网格员")
    scene.private("19:00", "wang", "网格员")
    played = await scene.play(until="2026-03-02 19:30")
    early, later, now = (text for text in played.to("wang") if "李网" in text)
    assert "值守" not in early
    assert "18:00后由网格员赵副值守 13800000002" in later and "现在由网格员赵副值守" in now
