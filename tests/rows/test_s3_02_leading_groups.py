"""S3-02 县领导小组: a node above the tree whose members read a digest every week."""

from __future__ import annotations

from tests.scene import Scene

NODES = """
    code,parent,name,level,kind,profile
    top,,县领导小组,领导小组,虚拟,xihua
    x,top,西华县,县,,
    jd,x,红旗乡,乡镇,,
    zu,jd,乡领导小组,领导小组,虚拟,
    sq,jd,刘村,村,,
    g1,sq,第一网格,网格,农村型,
    g2,sq,第二网格,网格,农村型,
"""
STAFF = """
    id,name,role,node,phone,contact
    m1,副书记,领导小组组长,top,13800000021,fu
    m2,委员,领导小组成员,top,13800000022,wei
    s5,周书记,乡镇书记,jd,13800000005,zhou
    s4,孙支书,村支书,sq,13800000004,sun
    s1,李网,网格员,g1,13800000001,li
    s6,吴网,网格员,g2,13800000006,wu
"""


async def test_members_read_the_week_and_nothing_every_day(scene: Scene) -> None:
    scene.people(nodes=NODES, staff=STAFF)
    scene.says("09:00", "wang", "村口的路灯坏了好几天了")
    played = await scene.play(until="2026-03-09 10:00")
    for member, contact in (("m1", "fu"), ("m2", "wei")):
        mine = played.rows("digests", to=member)
        assert [(row["node"], row["period"], row["at"][:16]) for row in mine] == [
            ("top", "week", "2026-03-09T09:00")
        ]
        assert "【周报】县领导小组" in played.to(contact)[0] and "新增 1" in played.to(contact)[0]


async def test_a_member_asks_and_changes_nothing_and_no_matter_goes_to_the_group(scene: Scene) -> None:
    scene.people(nodes=NODES, staff=STAFF)
    scene.says("09:00", "wang", "村口的路灯坏了好几天了")
    scene.private("09:05", "fu", "周报")
    scene.private("09:06", "fu", "接单 1")
    scene.private("09:10", "stranger", "报事 路上井盖破了")
    played = await scene.play()
    asked, tried = played.to("fu")[:2]
    assert "【周报】县领导小组" in asked and "已记录" in tried
    assert [t["assignee"] for t in played.report["tickets"]] == ["s1", "s5"]
    assert played.ticket(2)["grid"] == "x"


async def test_whoever_sits_in_the_group_is_a_member_whatever_his_office(scene: Scene) -> None:
    scene.people(
        nodes=NODES.replace("领导小组,虚拟,xihua", "县,,xihua"),
        staff=STAFF.replace("领导小组组长", "县委副书记").replace("领导小组成员", "成员"),
    )
    scene.says("09:00", "wang", "村口的路灯坏了好几天了")
    scene.private("09:05", "wei", "周报")
    scene.private("09:06", "fu", "接单 1")
    played = await scene.play(until="2026-03-09 10:00")
    assert {(row["to"], row["period"]) for row in played.report["digests"] if row["node"] == "top"} == {
        ("m1", "week"), ("m2", "week"),
    }  # fmt: skip
    assert "【周报】县领导小组" in played.to("wei")[0] and "已记录" in played.to("fu")[0]
