"""S4-02 城乡两种网格: two profiles in one city; a grid may have several groups."""

from __future__ import annotations

from tests.scene import Scene

NODES = """
    code,parent,name,level,kind,profile
    ts,,天水市,市,,tianshui-urban
    jd,ts,秦州街道,街道,,
    sq,jd,青石社区,社区,,
    g1,sq,第一网格,网格,小区型,
    xz,ts,汪川镇,乡镇,,tianshui-rural
    bp,xz,东片,片区,,
    xc,bp,刘家村,行政村,,
    g2,xc,村一网格,网格,农村型,
"""
STAFF = """
    id,name,role,node,phone,contact
    s4,孙书记,社区书记,sq,13800000004,sun
    s1,李网,管理员,g1,13800000001,li
    s5,包领导,包片领导,bp,13800000005,bao
    s7,刘支书,村支书,xc,13800000007,liu
    s6,吴网,管理员,g2,13800000006,wu
"""
ROOMS = """
    room,node,audience,listen
    r1,g1,residents,keywords
    r1b,g1,residents,keywords
    r2,g2,residents,keywords
"""


def city(scene: Scene, count: int = 4) -> None:
    homes = "\n".join(f"v{n},g2,,1排,,{n}" for n in range(1, count + 1))
    flats = "h1,g1,,3,1,101\nh2,g1,,3,2,502\nh3,g1,,3,2,601\nh4,g1,,5,1,101"
    rows = f"id,node,address,building,unit,room\n{flats}\n{homes}"
    residents = "contact,household,name,head\nwang,h1,王大妈,yes\nchen,h2,陈师傅,yes"
    scene.people(
        nodes=NODES, staff=STAFF, rooms=ROOMS, households=rows, residents=residents,
        departments="id,name", places="node,name",
    )  # fmt: skip


async def test_both_groups_of_a_grid_are_heard_and_told_and_one_matter_stays_one(scene: Scene) -> None:
    city(scene)
    scene.says("09:00", "wang", "3号楼门口的路灯坏了", room="r1")
    scene.says("09:10", "chen", "3号楼门口路灯坏了 天黑看不见", room="r1b")
    scene.private("09:20", "li", "办结 1 换了灯泡")
    scene.private("09:30", "sun", "公告 第一网格 今天下午停水")
    scene.private("09:31", "sun", "确认")
    played = await scene.play()
    assert len(played.report["tickets"]) == 1 and played.ticket()["supporters"] == ["chen"]
    assert any("停水" in text for text in played.in_group("r1"))
    assert any("停水" in text for text in played.in_group("r1b"))
    assert not any("停水" in text for text in played.in_group("r2"))


async def test_in_the_country_a_matter_climbs_over_the_leader_of_the_quarter(scene: Scene) -> None:
    city(scene)
    scene.says("09:00", "he9", "村口的路灯坏了好几天了", room="r2")
    scene.private("09:05", "wu", "上报 1 要请电工")
    scene.private("09:10", "liu", "上报 1 村里办不了")
    scene.private("09:15", "bao", "1")
    played = await scene.play()
    assert (played.ticket()["assignee"], played.ticket()["node"]) == ("s5", "bp")


async def test_each_profile_has_its_own_band_of_households(scene: Scene) -> None:
    city(scene, count=120)
    scene.private("09:00", "li", "格情")
    scene.private("09:01", "wu", "格情")
    played = await scene.play()
    assert "只有4户，少于规定的300户" in played.to("li")[0]
    assert "规定" not in played.to("wu")[0]
