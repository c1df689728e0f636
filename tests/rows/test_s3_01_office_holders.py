"""S3-01 一级网格长=乡镇书记: who holds the office leads the level, and a change of office passes it on."""

from __future__ import annotations

from tests.scene import Scene

NODES = """
    code,parent,name,level,kind,profile,area
    x,,西华县,县,,xihua,
    jd,x,红旗乡,乡镇,,,
    sq,jd,刘村,村,,,
    p1,sq,第一片,片,,,
    g1,p1,第一网格,网格,农村型,,村东
    g2,p1,第二网格,网格,农村型,,村西
"""
STAFF = """
    id,name,role,node,phone,contact
    s5,周书记,乡镇书记,jd,13800000005,zhou
    s4,孙支书,村支书,sq,13800000004,sun
    s3,钱委员,两委干部,p1,13800000003,qian
    s1,李网,网格员,g1,13800000001,li
    s6,吴网,网格员,g2,13800000006,wu
"""


async def test_the_levels_leaders_are_called_by_their_grade_and_their_office(scene: Scene) -> None:
    scene.people(nodes=NODES, staff=STAFF)
    scene.private("09:00", "zhou", "编制")
    played = await scene.play()
    told = played.to("zhou")[0]
    for line in (
        "一级网格长（乡镇书记）周书记",
        "二级网格长（村支书）孙支书",
        "三级网格长（两委干部）钱委员",
    ):
        assert line in told
    assert "第一网格：网格员李网" in told


async def test_a_new_secretary_takes_over_the_office_its_open_matters_and_its_rights(scene: Scene) -> None:
    scene.people(nodes=NODES, staff=STAFF)
    folder = scene.folder / "change"
    folder.mkdir()
    (folder / "staff.csv").write_text(
        "id,name,role,node,phone,contact\ns9,郑支书,村支书,sq,13800000019,zheng\n", "utf-8"
    )
    scene.says("09:00", "wang", "村口的路灯坏了好几天了")
    scene.private("09:05", "li", "上报 1 要请电工")
    scene.private("09:10", "qian", "上报 1 片里办不了")
    scene.happens("10:00", "import", org="change")
    scene.private("10:05", "sun", "接单 1")
    scene.private("10:06", "zheng", "接单 1")
    scene.private("10:07", "zheng", "编制")
    played = await scene.play()
    ticket = played.ticket()
    assert ticket["assignee"] == "s9" and ticket["state"] == "accepted"
    assert any("由郑支书接办" in line["note"] for line in ticket["history"] if line["what"] == "deputise")
    assert any("#1" in text and "现由您接办" in text for text in played.to("zheng"))
    assert "二级网格长（村支书）郑支书" in played.to("zheng")[-1] and "孙支书" not in played.to("zheng")[-1]
    assert not any("#1 已接单" in text for text in played.to("sun"))


async def test_an_office_may_be_written_as_the_grade_itself(scene: Scene) -> None:
    scene.people(nodes=NODES, staff=STAFF.replace("村支书", "二级网格长"))
    folder = scene.folder / "change"
    folder.mkdir()
    (folder / "staff.csv").write_text(
        "id,name,role,node,phone,contact\ns9,郑支书,二级网格长,sq,13800000019,zheng\n", "utf-8"
    )
    scene.happens("10:00", "import", org="change")
    scene.private("10:05", "sun", "日报")
    scene.private("10:07", "zheng", "编制")
    played = await scene.play(until="2026-03-02 18:30")
    assert "二级网格长郑支书" in played.to("zheng")[0] and "孙支书" not in played.to("zheng")[0]
    assert not any("【日报】" in text for text in played.to("sun"))
