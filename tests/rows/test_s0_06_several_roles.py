"""S0-06 一员多能: one account with four roles has the rights of all, and each act keeps the role acted in."""

from __future__ import annotations

from tests.scene import Scene

STAFF = """
    id,name,role,node,phone,contact,deputy_of,employment,hours,departments
    s1,李网,网格员,g1,13800000001,li,,专职,,
    s3,钱长,网格长,g1,13800000003,qian,,专职,,
    s4,孙书记,社区书记,sq,13800000004,sun,,专职,,
    s5,周院长,楼院长,g1,13800000005,zhou,,兼职,,
    s5,周院长,网格信息员,g1,13800000005,zhou,,兼职,,
    s5,周院长,治安巡防员,g1,13800000005,zhou,,兼职,,
    s5,周院长,网格消防员,g1,13800000005,zhou,,兼职,,
    s5,周院长,网格长,g2,13800000005,zhou,,兼职,,
"""


async def test_each_act_is_stored_with_the_role_whose_duty_it_is(scene: Scene) -> None:
    scene.people(staff=STAFF)
    scene.says("09:00", "wang", "3号楼门口垃圾堆了好几天没人清")
    scene.says("09:10", "chen", "3号楼2单元楼道里有人飞线充电 太危险了")
    scene.private("09:20", "zhou", "到场 1")
    scene.private("09:25", "zhou", "到场 2")
    played = await scene.play()
    assert [
        (line["by"], line["role"]) for line in played.ticket(1)["history"] if line["what"] == "arrive"
    ] == [("s5", "楼院长")]
    assert [line["role"] for line in played.ticket(2)["history"] if line["what"] == "arrive"] == [
        "网格消防员"
    ]


async def test_rights_are_the_union_of_all_roles_and_end_where_none_reaches(scene: Scene) -> None:
    scene.people(staff=STAFF)
    scene.private("09:00", "zhou", "编制 第二网格")
    scene.private("09:05", "zhou", "编制 第一网格")
    scene.says("09:10", "wang", "3号楼2单元电梯又停了")
    scene.private("09:15", "zhou", "接单 1")
    played = await scene.play()
    told = played.to("zhou")
    assert "网格长周院长" in told[0]
    assert "已记录" in told[1]
    assert played.ticket()["assignee"] == "s5"
    assert played.report["audit"]["entries"] == 1


async def test_residents_act_in_no_role(scene: Scene) -> None:
    scene.people(staff=STAFF)
    scene.says("09:00", "wang", "3号楼2单元电梯又停了")
    scene.private("09:05", "wang", "撤回 1")
    played = await scene.play()
    assert {line["role"] for line in played.ticket()["history"] if line["by"] == "wang"} == {None}


async def test_an_officer_who_sees_something_himself_tells_who_leads(scene: Scene) -> None:
    scene.people(
        staff="""
            id,name,role,node,phone,contact
            s1,李网,网格员,g1,13800000001,li
            s2,侯警,专职网格协警,g1,13800000002,hou
            s3,钱长,网格长,g1,13800000003,qian
        """
    )
    scene.private("09:00", "hou", "可疑 北门快递站有人撬电动车")
    played = await scene.play(until="2026-03-02 09:10")
    assert any("【可疑情况 1】" in text for text in played.to("qian"))
    assert len(played.to("hou")) == 1 and "钱长" in played.to("hou")[0]
