"""S1-12 随叫随到: emergencies go up in 5, 10, 15 minutes; ordinary matters wait for hours on duty."""

from __future__ import annotations

from tests.scene import Scene

HOURS = """
    id,name,role,node,phone,contact,deputy_of,employment,hours,departments
    s1,李网,网格员,g1,13800000001,li,,专职,"08:30-12:00,14:00-17:30",
    s2,赵副,网格员,g1,13800000002,zhao,s1,兼职,,
    s3,钱长,网格长,g1,13800000003,qian,,专职,,
    s4,孙书记,社区书记,sq,13800000004,sun,,专职,,
"""


async def test_an_emergency_nobody_takes_goes_up_rung_by_rung_at_night_too(scene: Scene) -> None:
    scene.people(staff=HOURS)
    scene.private("23:00", "wang", "3号楼着火了！！快来人")
    played = await scene.play(until="2026-03-02 23:40")
    at_once = {row["to"] for row in played.about(1) if row["at"][11:16] == "23:00" and "紧急" in row["text"]}
    assert at_once == {"li", "zhao", "qian"}
    later = [(row["to"], row["at"][11:16]) for row in played.about(1) if row["at"][11:16] > "23:00"]
    assert ("li", "23:05") in later and ("zhao", "23:10") in later and ("qian", "23:15") in later
    assert ("sun", "23:30") in later
    assert any("已替您催办" in text for text in played.to("wang"))


async def test_whoever_takes_it_ends_the_ladder(scene: Scene) -> None:
    scene.people(staff=HOURS)
    scene.private("23:00", "wang", "3号楼着火了！！快来人")
    scene.private("23:06", "zhao", "1")
    played = await scene.play(until="2026-03-02 23:40")
    assert not [row for row in played.about(1) if row["at"][11:16] > "23:06"]
    assert played.ticket()["assignee"] == "s2"


async def test_an_ordinary_matter_of_the_evening_waits_for_the_morning(scene: Scene) -> None:
    scene.people(staff=HOURS)
    scene.private("19:00", "wang", "3号楼门口路灯坏了，晚上漆黑一片")
    played = await scene.play(until="2026-03-03 12:00")
    first = next(row for row in played.about(1) if row["to"] == "li")
    assert first["at"] == "2026-03-03T08:30:00+08:00"
    assert any("明天10:30前回复您" in text for text in played.to("wang"))
    staff = [row for row in played.about(1) if row["to"] in ("li", "zhao", "qian")]
    assert not [row for row in staff if row["at"] < "2026-03-03T08"]


async def test_what_the_deputy_of_the_evening_left_is_the_main_posts_in_the_morning(scene: Scene) -> None:
    scene.people(
        staff=HOURS.replace(
            "s2,赵副,网格员,g1,13800000002,zhao,s1,兼职,,",
            "s2,赵副,网格员,g1,13800000002,zhao,s1,兼职,18:00-21:00,",
        )
    )
    scene.says("19:30", "wang", "3号楼2单元楼道灯坏了一个多星期了")
    scene.private("2026-03-03 08:40", "li", "1")
    played = await scene.play(until="2026-03-03 12:00")
    assert any("【新事件 #1】" in text for text in played.to("zhao"))
    back = [row for row in played.said if row.get("to") == "li" and "交回您" in row["text"]]
    assert [row["at"][:16] for row in back] == ["2026-03-03T08:30"]
    assert (played.ticket()["assignee"], played.ticket()["state"]) == ("s1", "accepted")
    assert not any(row["at"] > "2026-03-03" and row.get("to") == "zhao" for row in played.about(1))


async def test_a_deputy_on_duty_in_the_evening_answers_within_his_own_hours(scene: Scene) -> None:
    scene.people(staff=HOURS.replace("s1,兼职,,", "s1,兼职,18:00-21:00,"))
    scene.says("18:10", "wang", "3号楼2单元楼道灯坏了一个多星期了")
    scene.says("20:30", "chen", "2号楼门口路灯不亮")  # his hours are over before two more have passed
    played = await scene.play(until="2026-03-03 09:00")
    assert played.in_group("r1")[0] == "收到，已登记 #1，现由副岗值守，20:10前回复您。"
    assert "明天10:30前回复您" in played.in_group("r1")[1]
    assert any("已到首次回复时间" in text for text in played.to("zhao"))
    back = [text for text in played.to("li") if "交回您" in text]
    assert "没有按时回复居民（昨天20:10前）" in back[0]
