"""S0-02 条块结合: a ticket carries its node and its departments, and leaders look at it along either."""

from __future__ import annotations

from tests.scene import Scene

DEPARTMENTS = """
    id,name,categories,node,contact,hours
    wuye,青石物业,public_facility;property_mgmt,sq,wuye,
    gongdian,供电所,utilities_outage,jd,dian,
"""


def matters(scene: Scene) -> None:
    scene.people(departments=DEPARTMENTS)
    scene.says("09:00", "wang", "3号楼2单元电梯又停了")
    scene.says("09:05", "he", "5号楼停电了 什么时候来")
    scene.private("09:10", "li", "接单 1")
    scene.private("09:11", "li", "接单 2")
    scene.private("09:12", "li", "转派 1 青石物业")
    scene.private("09:13", "li", "转派 2 供电所")


async def test_a_ticket_carries_both_its_node_and_its_department(scene: Scene) -> None:
    matters(scene)
    played = await scene.play()
    assert [(t["node"], t["departments"]) for t in played.report["tickets"]] == [
        ("g1", ["wuye"]),
        ("g1", ["gongdian"]),
    ]


async def test_a_leader_filters_his_day_by_node_and_by_department(scene: Scene) -> None:
    matters(scene)
    scene.private("10:00", "sun", "日报 第一网格")
    scene.private("10:01", "sun", "日报 供电")
    scene.private("10:02", "sun", "日报 第二网格")
    played = await scene.play()
    node, department, other = played.to("sun")[-3:]
    assert "第一网格" in node.splitlines()[0] and "新增 2" in node
    assert "供电所" in department.splitlines()[0] and "新增 1" in department and "水电气暖" in department
    assert "新增 0" in other


async def test_a_leader_filters_what_is_open_by_department_and_each_department_sees_its_own(
    scene: Scene,
) -> None:
    matters(scene)
    scene.private("10:00", "sun", "待办 青石物业")
    scene.private("10:01", "dian", "待办")
    scene.private("10:02", "wang", "待办 青石物业")
    played = await scene.play()
    assert "#1" in played.to("sun")[-1] and "#2" not in played.to("sun")[-1]
    assert "#2" in played.to("dian")[-1] and "#1" not in played.to("dian")[-1]
    assert not any("#2" in text for text in played.to("wang"))


async def test_who_leads_several_communities_reads_in_which_one_a_late_matter_lies(scene: Scene) -> None:
    scene.private("09:00", "wang", "报事 3号楼门口井盖破了，看着危险")
    played = await scene.play(until="2026-03-03 19:00")
    street = [row["text"] for row in played.rows("digests", to="s5") if "超期 1 件" in row["text"]]
    community = [row["text"] for row in played.rows("digests", to="s4") if "超期 1 件" in row["text"]]
    assert street and all("井盖（青石社区 3号楼" in text for text in street)
    assert community and all("井盖（3号楼" in text for text in community)
