"""S1-29 见陌生人警觉: 可疑 goes to the police in private, with no word and no picture in any group."""

from __future__ import annotations

from tests.scene import Scene

STAFF = """
    id,name,role,node,phone,contact,deputy_of,employment,hours,departments
    s1,李网,网格员,g1,13800000001,li,,专职,,
    s3,钱长,网格长,g1,13800000003,qian,,专职,,
    s4,孙书记,社区书记,sq,13800000004,sun,,专职,,
    p1,魏警官,社区民警,sq,13800000009,wei,,专职,,
"""


async def test_the_police_hear_it_in_private_and_say_what_they_found(scene: Scene) -> None:
    scene.people(staff=STAFF)
    scene.private("20:00", "li", "可疑 东门 两个生面孔挨家敲门推销净水器", media=["image"])
    scene.private("20:02", "wei", "1")
    scene.private("20:30", "wei", "已盘问登记，是推销员，劝离")
    played = await scene.play()
    assert any("东门" in text and "李网" in text for text in played.to("wei"))
    assert any("照片没有外发" in text for text in played.to("li"))
    assert any("马上去看" in text for text in played.to("li"))
    assert "劝离" in played.to("li")[-1]
    assert not any(row.get("room") for row in played.said)
    assert not any(row["media"] for row in played.said)


async def test_said_in_a_group_it_stays_out_of_the_group(scene: Scene) -> None:
    scene.people(staff=STAFF)
    scene.says("09:00", "li", "#可疑 东门 有人撬车", media=["image"])
    scene.says("09:05", "li", "#可疑 西门 有人翻墙", room="w1")
    played = await scene.play()
    assert not any(row.get("room") for row in played.said)
    assert len([text for text in played.to("wei") if "可疑情况" in text]) == 2


async def test_only_staff_may_send_the_police(scene: Scene) -> None:
    scene.people(staff=STAFF)
    scene.private("09:00", "wang", "#可疑 东门 有人挨家敲门")
    played = await scene.play()
    assert not any("可疑情况" in text for text in played.to("wei"))
