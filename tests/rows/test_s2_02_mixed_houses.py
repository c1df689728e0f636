"""S2-02 楼宇与平房区: addresses by 楼-单元-室 and by 排-号 live side by side."""

from __future__ import annotations

import pytest

from tests.scene import Scene

NODES = """
    code,parent,name,level,kind,profile
    jd,,新安街道,街道,,xinan
    sq,jd,青石社区,社区,,
    g1,sq,3号楼,单元,小区型,
    g2,sq,北平房区,平房区,散居型,
"""
STAFF = """
    id,name,role,node,phone,contact
    s4,孙长,网格长,sq,13800000004,sun
    s1,李单,单元长,g1,13800000001,li
    s6,吴单,单元长,g2,13800000006,wu
    s5,区长,区域长,g2,13800000005,quyu
"""
HOUSEHOLDS = """
    id,node,address,building,unit,room,head,classes,phone,since
    h1,g1,3号楼2单元502,,,,王大妈,普通,,
    h2,g2,北平房5排3号,,,,陈师傅,普通,,
"""
RESIDENTS = """
    contact,household,name,head
    wang,h1,王大妈,yes
    chen,h2,陈师傅,yes
"""
ROOMS = """
    room,node,audience,listen
    r1,sq,residents,keywords
"""


def town(scene: Scene) -> None:
    scene.people(
        nodes=NODES, staff=STAFF, households=HOUSEHOLDS, residents=RESIDENTS, rooms=ROOMS,
        departments="id,name", places="node,name",
    )  # fmt: skip


async def test_both_ways_of_writing_an_address_lead_to_their_grid(scene: Scene) -> None:
    town(scene)
    scene.says("09:00", "stranger", "3号楼2单元楼道灯坏了")
    scene.says("09:10", "stranger2", "平房5排路灯坏了 天黑看不见")
    played = await scene.play()
    assert [(t["grid"], t["assignee"]) for t in played.report["tickets"]] == [("g1", "s1"), ("g2", "s6")]
    assert "5排" in played.ticket(2)["place"]


async def test_visits_know_both_kinds_of_doors(scene: Scene) -> None:
    town(scene)
    scene.private("09:00", "li", "走访 3-2-502 正常")
    scene.private("09:01", "wu", "走访 5排3号 正常")
    played = await scene.play()
    made = {row["household"]: row["mode"] for row in played.report["visits"] if row["done_at"]}
    assert made == {"h1": "上门", "h2": "上门"}


@pytest.mark.parametrize("door", ["5排-3", "5排3", "5排3号", "平房5排三号"])
async def test_a_house_of_a_row_is_named_as_people_write_it(scene: Scene, door: str) -> None:
    town(scene)
    scene.private("09:00", "wu", f"走访 {door} 正常")
    played = await scene.play()
    assert played.to("wu")[-1].startswith("已记录 5排3号 上门：正常。")


async def test_a_resident_of_a_row_house_is_asked_for_rows_not_for_stairwells(scene: Scene) -> None:
    town(scene)
    scene.says("09:00", "chen", "厕所门口的路灯坏了")
    played = await scene.play()
    assert played.ticket()["place"] == "5排3号" and played.ticket()["grid"] == "g2"
