"""S3-06 四定: grids without boundary, post, person or duty are listed every week to the next leader up."""

from __future__ import annotations

from tests.scene import Scene

NODES = """
    code,parent,name,level,kind,profile,area
    jd,,红旗乡,乡镇,,xihua,
    sq,jd,刘村,村,,,
    g1,sq,第一网格,网格,农村型,,村东到机井
    g2,sq,第二网格,网格,农村型,,
    g3,sq,第三网格,网格,农村型,,村北
"""
STAFF = """
    id,name,role,node,phone,contact,duties
    s5,周书记,乡镇书记,jd,13800000005,zhou,
    s4,孙支书,村支书,sq,13800000004,sun,
    s1,李网,网格员,g1,13800000001,li,走访;巡查
    s7,何网,四级网格长,g3,,,
"""


def people(scene: Scene) -> None:
    scene.people(nodes=NODES, staff=STAFF, rooms="room,node,audience,listen\nr1,g1,residents,keywords")


async def test_the_next_leader_up_reads_once_a_week_what_is_not_fixed(scene: Scene) -> None:
    people(scene)
    scene.says("10:00", "wang", "大家早")
    played = await scene.play(until="2026-03-10 12:00")
    lists = [text for text in played.to("sun") if "【四定亮红灯】" in text]
    assert len(lists) == 1 and "2 个网格还不全" in lists[0]
    assert "第二网格“四定”缺：定格、定岗、定员、定责" in lists[0]
    assert "第三网格“四定”缺：定员、定责" in lists[0] and "第一网格" not in lists[0]
    assert not any("四定" in text for text in (*played.to("zhou"), *played.to("li")))


async def test_what_is_fixed_leaves_the_list(scene: Scene) -> None:
    people(scene)
    folder = scene.folder / "fixed"
    folder.mkdir()
    (folder / "nodes.csv").write_text("code,parent,name,area\ng2,sq,第二网格,村西\n", "utf-8")
    (folder / "staff.csv").write_text(
        "id,name,role,node,phone,duties\ns8,马网,网格员,g2,13800000008,\ns7,何网,四级网格长,g3,13800000007,走访\n",
        "utf-8",
    )
    scene.private("09:30", "sun", "缺口")
    scene.happens("10:00", "import", org="fixed")
    scene.private("10:05", "sun", "缺口")
    played = await scene.play(until="2026-03-09 12:00")
    before, after = played.to("sun")[:2]
    assert "四定" in before and "四定" not in after
    assert not any("【四定亮红灯】" in text for text in played.to("sun"))


async def test_the_secretary_of_the_village_reads_it_past_who_leads_the_section(scene: Scene) -> None:
    scene.people(
        nodes=NODES.replace("g1,sq,", "p1,sq,东片,片,,,\n    g1,p1,").replace("g2,sq,", "g2,p1,"),
        staff=f"{STAFF}    s3,钱委员,三级网格长,p1,13800000006,qian,\n",
        rooms="room,node,audience,listen\nr1,g1,residents,keywords",
    )
    scene.private("08:50", "sun", "四定")
    scene.says("10:00", "wang", "大家早")
    played = await scene.play(until="2026-03-02 12:00")
    assert "第二网格“四定”缺" in played.to("sun")[0]
    assert any("【四定亮红灯】" in text for text in played.to("sun"))
    assert not any("【四定亮红灯】" in text for text in played.to("qian"))
