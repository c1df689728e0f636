"""S1-19 街道大工委、社区大党总支、网格党支部、党员中心户: the chain is shown, and a 中心户 is a contact."""

from __future__ import annotations

from tests.scene import Scene

NODES = """
    code,parent,name,level,kind,profile,party
    jd,,龙华街道,街道,,zhanyi,龙华街道大工委
    sq,jd,青石社区,社区,,,青石社区大党总支
    g1,sq,第一网格,网格,小区型,,第一网格党支部
    g2,sq,第二网格,网格,小区型,,
"""
STAFF = """
    id,name,role,node,phone,contact
    s1,李网,专职网格员,g1,13800000001,li
    s3,钱长,网格长,g1,13800000003,qian
    s4,孙书记,社区书记,sq,13800000004,sun
    s8,段老,党员中心户,g1,13800000018,duan
    s9,马叔,党员中心户,g2,13800000019,
"""


async def test_a_leader_sees_the_chain_and_the_party_homes_of_his_place(scene: Scene) -> None:
    scene.people(nodes=NODES, staff=STAFF)
    scene.private("09:00", "qian", "格情")
    scene.private("09:01", "sun", "格情")
    played = await scene.play()
    assert "党组织：龙华街道大工委→青石社区大党总支→第一网格党支部" in played.to("qian")[0]
    assert "党员中心户：段老" in played.to("qian")[0]
    assert "党员中心户：段老、马叔" in played.to("sun")[0]


async def test_a_party_home_reports_for_neighbours_and_the_matter_is_the_workers(scene: Scene) -> None:
    scene.people(nodes=NODES, staff=STAFF)
    scene.private("09:00", "duan", "代报 3-502 楼道灯坏了")
    scene.private("09:10", "duan", "日报")
    played = await scene.play()
    opened = played.ticket()["history"][0]
    assert (opened["by"], opened["role"]) == ("s8", "党员中心户")
    assert not any("【日报】" in text for text in played.to("duan"))


async def test_a_place_without_the_chain_says_nothing_of_it(scene: Scene) -> None:
    scene.private("09:00", "qian", "格情")
    played = await scene.play()
    assert "党组织" not in played.to("qian")[0]
