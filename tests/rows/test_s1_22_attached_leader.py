"""S1-22 挂包领导: he gets the digest of the node he is attached to as well as his own."""

from __future__ import annotations

from tests.scene import Scene

NODES = """
    code,parent,name,level,kind,profile
    qu,,沾城区,区,,zhanyi
    jd,qu,龙华街道,街道,,
    jd2,qu,西平街道,街道,,
    sq,jd,青石社区,社区,,
    g1,sq,第一网格,网格,小区型,
    g2,sq,第二网格,网格,小区型,
"""
STAFF = """
    id,name,role,node,phone,contact
    s0,郑书记,区委书记,qu,13800000000,zheng
    s0,郑书记,挂包领导,jd,13800000000,zheng
    s9,街书记,街道书记,jd,13800000009,jie
    s1,李网,专职网格员,g1,13800000001,li
"""


async def test_he_reads_the_whole_and_the_node_he_is_attached_to(scene: Scene) -> None:
    scene.people(nodes=NODES, staff=STAFF)
    scene.says("09:00", "wang", "3号楼2单元电梯又停了")
    played = await scene.play(until="19:00")
    rows = played.rows("digests", to="s0")
    mine = {row["node"]: row["text"] for row in rows}
    assert set(mine) == {"qu", "jd"} and len(rows) == 2
    assert "【日报】沾城区" in mine["qu"] and "【日报】龙华街道" in mine["jd"]
    assert all("新增 1" in text for text in mine.values())
    assert [row["node"] for row in played.rows("digests", to="s9")] == ["jd"]


async def test_he_may_press_a_matter_there_but_is_not_who_it_goes_to(scene: Scene) -> None:
    scene.people(nodes=NODES, staff=STAFF.replace("s0,郑书记,区委书记,qu,13800000000,zheng\n", ""))
    scene.says("09:00", "wang", "3号楼2单元电梯又停了")
    scene.private("09:05", "li", "1")
    scene.private("09:10", "zheng", "督办 1 今天要修好")
    scene.private("09:20", "li", "上报 1 维保不来")
    played = await scene.play()
    assert any("【督办】#1" in text and "今天要修好" in text for text in played.to("li"))
    assert played.ticket()["assignee"] == "s9"


async def test_he_does_not_do_the_work_of_those_he_presses(scene: Scene) -> None:
    scene.people(nodes=NODES, staff=STAFF.replace("s0,郑书记,区委书记,qu,13800000000,zheng\n", ""))
    scene.says("09:00", "wang", "3号楼2单元电梯又停了")
    scene.private("09:10", "zheng", "办结 1 我来")
    scene.private("09:11", "zheng", "进度 1")
    played = await scene.play()
    assert played.ticket()["state"] == "open"
    assert "已记录" in played.to("zheng")[0] and "#1 电梯" in played.to("zheng")[1]
