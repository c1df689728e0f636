"""S4-01 一网三员、三定一包: three kinds of posts to a grid, and a person may have several grids in charge."""

from __future__ import annotations

from tests.scene import Scene

NODES = """
    code,parent,name,level,kind,profile
    jd,,秦州街道,街道,,tianshui-urban
    sq,jd,青石社区,社区,,
    g1,sq,第一网格,网格,小区型,
    g2,sq,第二网格,网格,小区型,
"""
STAFF = """
    id,name,role,node,phone,contact,deputy_of
    s4,孙书记,社区书记,sq,13800000004,sun,
    s1,李网,管理员,g1,13800000001,li,
    s1,李网,管理员,g2,13800000001,li,
    s2,赵协,协管员,g1,13800000002,zhao,s1
    s3,钱采,信息采集员,g1,13800000003,qian,
    s3,钱采,信息采集员,g2,13800000003,qian,
"""


async def test_one_person_has_two_grids_in_charge_and_two_people_share_one(scene: Scene) -> None:
    scene.people(nodes=NODES, staff=STAFF)
    scene.says("09:00", "wang", "3号楼门口的路灯坏了")
    scene.says("09:05", "he9", "9号楼门口的路灯坏了", room="r2", mentions=["bot"])
    scene.private("09:10", "li", "待办")
    scene.private("09:11", "qian", "代报 3-502 楼道灯坏了")
    played = await scene.play()
    assert [(t["grid"], t["assignee"]) for t in played.report["tickets"]][:2] == [("g1", "s1"), ("g2", "s1")]
    assert "您有 2 件待办" in next(text for text in played.to("li") if "待办" in text)
    assert played.ticket(3)["history"][0]["role"] == "信息采集员"


async def test_the_deputy_post_steps_in_when_the_main_post_is_silent(scene: Scene) -> None:
    scene.people(nodes=NODES, staff=STAFF)
    scene.says("09:00", "wang", "3号楼门口的路灯坏了")
    played = await scene.play(until="12:00")
    assert any("请您接手" in text for text in played.to("zhao"))
    assert played.ticket()["assignee"] == "s2"


async def test_a_missing_post_of_the_three_is_named(scene: Scene) -> None:
    scene.people(nodes=NODES, staff=STAFF)
    scene.private("09:00", "sun", "编制")
    played = await scene.play()
    told = played.to("sun")[0]
    assert "应配 6 人，实配 5 人，缺 1 人" in told and "第二网格缺协管员1人" in told
