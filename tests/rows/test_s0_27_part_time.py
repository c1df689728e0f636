"""S0-27 专兼职网格员: whoever works the grid beside another job is not reminded while he is at that job."""

from __future__ import annotations

from tests.scene import Played, Scene

STAFF = """
    id,name,role,node,phone,contact,deputy_of,employment,hours,departments
    s1,李网,网格员,g1,13800000001,li,,兼职,08:30-17:30,
    s3,钱长,网格长,g1,13800000003,qian,,专职,,
    s4,孙书记,社区书记,sq,13800000004,sun,,专职,,
    s6,吴网,网格员,g2,13800000006,wu,,专职,,
"""
HOUSEHOLDS = """
    id,node,address,building,unit,room,head,classes,phone,since
    h1,g1,3号楼1单元101,3,1,101,王大妈,普通,,2026-02-25
    h5,g2,9号楼1单元101,9,1,101,马叔,普通,,2026-02-25
"""


def heard(played: Played, contact: str, words: str) -> list[str]:
    """The hours at which somebody read these words."""
    return [row["at"][:16] for row in played.said if row.get("to") == contact and words in row["text"]]


async def test_a_reminder_waits_until_the_job_is_over_and_a_new_matter_does_not(scene: Scene) -> None:
    scene.people(staff=STAFF)
    scene.says("09:00", "wang", "3号楼门口的路灯坏了")
    scene.says("09:00", "he9", "9号楼门口的路灯坏了", room="r2", mentions=["bot"])
    played = await scene.play(until="19:00")
    assert heard(played, "li", "【新事件 #1】") == ["2026-03-02T09:00"]
    assert heard(played, "li", "已到首次回复时间") == ["2026-03-02T17:30"]
    assert heard(played, "wu", "已到首次回复时间") == ["2026-03-02T11:00"]


async def test_whoever_has_answered_meanwhile_is_not_reminded_afterwards(scene: Scene) -> None:
    scene.people(staff=STAFF)
    scene.says("09:00", "wang", "3号楼门口的路灯坏了")
    scene.private("12:10", "li", "1")
    played = await scene.play(until="19:00")
    assert heard(played, "li", "已到首次回复时间") == []


async def test_the_morning_list_comes_before_the_job_or_after_it(scene: Scene) -> None:
    early = STAFF.replace("08:30-17:30", "07:00-16:00")
    scene.people(staff=early, households=HOUSEHOLDS, residents="contact,household,name,head")
    scene.says("2026-03-03 06:00", "wang", "早")
    played = await scene.play(until="2026-03-03 19:00")
    assert heard(played, "wu", "【今日安排】") == ["2026-03-03T08:00"]
    assert heard(played, "li", "【今日安排】") == ["2026-03-03T16:00"]


DEPUTY = STAFF.replace("兼职,08:30-17:30,", "专职,,") + (
    "    s2,赵副,网格员,g1,13800000002,zhao,s1,兼职,18:00-20:00,\n"
)


async def test_a_deputy_takes_over_in_his_hours_and_is_not_called_before(scene: Scene) -> None:
    scene.people(staff=DEPUTY)
    scene.says("09:00", "wang", "3号楼门口的路灯坏了")
    played = await scene.play(until="19:00")
    assert heard(played, "zhao", "#1") == ["2026-03-02T18:00"]
    assert heard(played, "qian", "#1")[0] == "2026-03-02T12:00"
    assert played.ticket()["assignee"] == "s2"


async def test_a_deputy_is_not_called_for_what_was_answered_before_his_hours(scene: Scene) -> None:
    scene.people(staff=DEPUTY)
    scene.says("09:00", "wang", "3号楼门口的路灯坏了")
    scene.private("15:00", "li", "1")
    played = await scene.play(until="19:00")
    assert heard(played, "zhao", "#1") == [] and played.ticket()["assignee"] == "s1"


async def test_an_emergency_calls_the_deputy_whatever_his_hours(scene: Scene) -> None:
    scene.people(staff=DEPUTY)
    scene.says("09:00", "wang", "着火了！3号楼2单元着火了")
    played = await scene.play(until="10:00")
    assert heard(played, "zhao", "#1")


async def test_an_emergency_waits_for_nobody(scene: Scene) -> None:
    scene.people(staff=STAFF)
    scene.says("09:00", "wang", "着火了！3号楼2单元着火了")
    played = await scene.play(until="10:00")
    assert heard(played, "li", "#1")[0] == "2026-03-02T09:00"
    assert len(heard(played, "li", "#1")) > 1
