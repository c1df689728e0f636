"""S4-17 市县乡三级平台联通: tickets are exported, and a list says which villages are connected."""

from __future__ import annotations

from tests.scene import Scene

NODES = """
    code,parent,name,level,kind,profile,declared_units,area
    xz,,三岔镇,街道,,default,,
    v1,xz,东岔村,社区,,,,
    v2,xz,西岔村,社区,,,,
    v3,xz,南岔村,社区,,,,
    g1,v1,东岔一组,网格,农村型,,,
    g2,v2,西岔一组,网格,农村型,,,
    g3,v3,南岔一组,网格,农村型,,,
"""
STAFF = """
    id,name,role,node,phone,contact,deputy_of,employment,hours,departments
    s1,李网,网格员,g1,13800000001,li,,专职,,
    s6,吴网,网格员,g2,13800000006,,,专职,,
    s7,郑网,网格员,g3,13800000007,zheng,,专职,,
    s5,周主任,街道主任,xz,13800000005,zhou,,专职,,
"""
ROOMS = """
    room,node,audience,listen,transport
    r1,g1,residents,keywords,
    r2,g2,residents,keywords,
"""


async def test_the_leader_sees_which_villages_are_connected_and_why_the_others_are_not(scene: Scene) -> None:
    scene.people(
        nodes=NODES, staff=STAFF, rooms=ROOMS, households="id,node,address,building,unit,room,head,classes",
        residents="contact,household,name,head", departments="id,name,categories,node,contact",
        places="node,name,aliases,kind",
    )  # fmt: skip
    scene.says("09:00", "someone", "村口路灯不亮了")
    scene.private("09:10", "li", "导出号 1 TS-0001")
    scene.private("09:20", "zhou", "连通")
    scene.private("09:21", "li", "连通")
    played = await scene.play()
    listed = next(text for text in played.to("zhou") if "连通清单" in text)
    assert "共 3 个村（社区），已连通 1 个，已有平台编号的 1 个" in listed
    assert "西岔村：居民群 1 个，已绑定 0/1 人" in listed
    assert "南岔村：居民群 0 个，已绑定 1/1 人" in listed
    assert "东岔村" not in listed
    assert played.ticket()["exported_no"] == "TS-0001"
    assert any("需要网格工作人员" in text for text in played.to("li"))
