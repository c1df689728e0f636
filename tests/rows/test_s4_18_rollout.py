"""S4-18 100%社区、68%行政村实现: how many places have a group, a worker, a first matter, and which not."""

from __future__ import annotations

from tests.scene import Scene

NODES = """
    code,parent,name,level,kind,profile
    jd,,青石街道,街道,,default
    sq,jd,青石社区,社区,,
    sq2,jd,白杨社区,社区,,
    g1,sq,第一网格,网格,小区型,
    g2,sq,第二网格,网格,小区型,
    g3,sq2,第三网格,网格,小区型,
    g4,sq2,第四网格,网格,小区型,
"""
STAFF = """
    id,name,role,node,phone,contact
    s5,周主任,街道主任,jd,13800000005,zhou
    s4,孙书记,社区书记,sq,13800000004,sun
    s1,李网,网格员,g1,13800000001,li
    s6,吴网,网格员,g2,13800000006,wu
    s7,郑网,网格员,g3,13800000007,
    s8,冯网,网格员,g4,13800000008,
"""
ROOMS = """
    room,node,audience,listen
    r1,g1,residents,keywords
    r2,g2,residents,mention
    r3,g3,residents,mention
"""


async def test_each_level_counts_groups_bound_workers_and_first_matters(scene: Scene) -> None:
    scene.people(nodes=NODES, staff=STAFF, rooms=ROOMS)
    scene.says("09:00", "wang", "3号楼门口的路灯坏了")
    scene.private("09:10", "zhou", "推广进度")
    scene.private("09:11", "sun", "推广进度 青石社区")
    scene.private("09:12", "sun", "推广进度 白杨社区")
    scene.private("09:13", "wang", "推广进度")
    played = await scene.play()
    told = played.to("zhou")[0]
    assert "社区 2 个：已建群 2（100%），人员已绑定 1（50%），有首件 1（50%）" in told
    assert "网格 4 个：已建群 3（75%），人员已绑定 2（50%），有首件 1（25%）" in told
    assert "还没有：第三网格、第四网格" in told
    assert "网格 2 个：已建群 2（100%）" in played.to("sun")[0]
    assert "已记录" in played.to("sun")[1]
    assert not any("推广进度】" in text for text in played.to("wang"))


async def test_binding_and_the_first_matter_raise_the_figures(scene: Scene) -> None:
    scene.people(nodes=NODES, staff=STAFF, rooms=ROOMS)
    bound = scene.folder / "bound"
    bound.mkdir()
    (bound / "staff.csv").write_text(
        "id,name,role,node,contact\ns7,郑网,网格员,g3,zheng\ns8,冯网,网格员,g4,feng\n", "utf-8"
    )
    (bound / "rooms.csv").write_text("room,node,audience,listen\nr4,g4,residents,keywords\n", "utf-8")
    scene.happens("09:00", "import", org="bound")
    scene.says("09:10", "he9", "9号楼门口的路灯坏了", room="r4")
    scene.private("09:20", "zhou", "推广进度")
    played = await scene.play()
    assert "网格 4 个：已建群 4（100%），人员已绑定 4（100%），有首件 1（25%）" in played.to("zhou")[-1]
