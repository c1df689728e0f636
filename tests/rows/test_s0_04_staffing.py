"""S0-04 一网格长、两管理员、一协警: 编制 shows what is filled and vacant, and a vacancy is in the digest."""

from __future__ import annotations

from tests.scene import Scene

NODES = """
    code,parent,name,level,kind,profile
    jd,,城关镇,镇,,yiyang
    sq,jd,青石社区,社区,,
    g1,sq,第一网格,网格,基础,
    g2,sq,第二网格,网格,基础,
"""
STAFF = """
    id,name,role,node,phone,contact
    z1,镇长,镇长,jd,13800000001,zhen
    s4,孙书记,社区书记,sq,13800000004,sun
    s3,钱长,网格长,g1,13800000003,qian
    s1,李网,网格管理员,g1,13800000011,li
    s2,赵副,网格管理员,g1,13800000012,zhao
    s6,周警,专职网格协警,g1,13800000016,zhou
    s7,郑楼,楼院长,g1,13800000017,zheng
    s8,吴长,网格长,g2,13800000018,wu
    s9,冯网,网格管理员,g2,13800000019,feng
"""
PLACES = """
    node,name,aliases,kind
    g1,第一网格党支部,,党支部
    g1,便民点,,便民服务功能区
    g1,代办点,,帮办代办点
"""


async def test_a_leader_sees_what_is_filled_and_what_is_vacant(scene: Scene) -> None:
    scene.people(nodes=NODES, staff=STAFF, places=PLACES)
    scene.private("09:00", "sun", "编制")
    scene.private("09:01", "qian", "编制")
    scene.private("09:02", "li", "编制")
    played = await scene.play()
    told = played.to("sun")[0]
    assert "应配 8 人，实配 6 人，缺 2 人" in told
    assert "第二网格缺网格管理员1人；第二网格缺专职网格协警1人" in told
    assert "第一网格：网格长钱长、网格管理员李网、网格管理员赵副、专职网格协警周警、楼院长郑楼" in told
    assert "应配 4 人，实配 4 人，缺 0 人" in played.to("qian")[0]
    assert "已记录" in played.to("li")[0]


async def test_a_vacancy_is_in_the_leaders_digest_and_a_full_grid_is_silent(scene: Scene) -> None:
    scene.people(nodes=NODES, staff=STAFF, places=PLACES)
    scene.says("09:00", "wang", "3号楼门口的路灯坏了")
    played = await scene.play(until="19:00")
    assert "缺岗 2 处：第二网格缺网格管理员1人" in played.rows("digests", to="s4")[0]["text"]
    assert "缺岗" not in played.rows("digests", to="s3")[0]["text"]


async def test_a_vacancy_is_told_when_it_appears_and_then_once_a_month(scene: Scene) -> None:
    scene.people(nodes=NODES, staff=STAFF, places=PLACES)
    scene.day = "2026-03-26"  # a Thursday
    scene.says("09:00", "wang", "3号楼门口的路灯坏了")
    scene.private("2026-03-31 09:00", "sun", "日报")
    played = await scene.play(until="2026-04-02 19:00")
    told = [row["text"] for row in played.said if row.get("to") == "sun" and "报】" in row["text"]]
    with_it = [text.split(" ")[0] for text in told if "缺岗 2 处" in text]
    assert len([text for text in told if text.startswith("【日报】")]) == 7  # one of them asked for
    assert with_it == ["【日报】青石社区", "【日报】青石社区", "【月报】青石社区"]


async def test_what_a_grid_should_have_and_has_not_is_in_the_list_of_gaps(scene: Scene) -> None:
    scene.people(nodes=NODES, staff=STAFF, places=PLACES)
    scene.private("09:00", "zhen", "缺口")
    played = await scene.play()
    assert "第二网格还没有：党支部、便民服务功能区、帮办代办点" in played.to("zhen")[0]
    assert "第一网格还没有" not in played.to("zhen")[0]


async def test_a_part_of_a_grid_has_the_grids_worker_and_a_grid_is_called_by_the_end_of_its_name(
    scene: Scene,
) -> None:
    scene.people(
        nodes="""
            code,parent,name,level,kind,profile
            jd,,城关镇,镇,,yiyang
            sq,jd,东街社区,社区,,
            g1,sq,东街社区第三网格,网格,基础,
            g2,g1,和平小区,小区,小区型,
        """,
        rooms="room,node,audience,listen\nr1,g1,residents,keywords",
        staff="""
            id,name,role,node,phone,contact
            s1,李网,网格管理员,g1,13800000001,li
            s3,钱长,网格长,g1,13800000003,qian
            s4,孙书记,社区书记,sq,13800000004,sun
        """,
        households="id,node,address,building,unit,room\nh1,g2,3号楼1单元101,3,1,101",
        residents="contact,household,name\nwang,h1,王大妈",
    )
    scene.private("09:00", "qian", "编制")
    scene.private("09:10", "sun", "日报 第三网格")
    scene.private("09:20", "sun", "公告 第三网格 明天起义诊，欢迎参加")
    played = await scene.play(until="2026-03-02 09:30")
    assert "和平小区" not in played.to("qian")[0] and "各网格都有网格员" in played.to("qian")[0]
    digest, preview = played.to("sun")[-2:]
    assert "【日报】东街社区第三网格" in digest
    assert "发往：东街社区第三网格" in preview and "\n明天起义诊" in preview
