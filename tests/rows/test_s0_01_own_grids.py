"""S0-01 基础网格、专属网格: a grid that belongs to a unit sends its tickets to that unit first."""

from __future__ import annotations

from tests.scene import Scene

NODES = """
    code,parent,name,level,kind,profile,area,owner
    jd,,青石街道,街道,,default,,
    sq,jd,青石社区,社区,,,,
    g1,sq,第一网格,网格,基础,,,
    g2,sq,粮库专属网格,网格,专属,,粮库大院,liangku
"""
DEPARTMENTS = """
    id,name,categories,node,contact,hours
    liangku,县粮库,,g2,grain,
    wuye,青石物业,public_facility,sq,wuye,
"""
ROOMS = """
    room,node,audience,listen,transport
    r1,g1,residents,keywords,
    r2,g2,residents,keywords,
"""


async def test_a_matter_of_an_own_grid_goes_to_its_unit_first_and_is_answered_for_by_the_grid(
    scene: Scene,
) -> None:
    scene.people(nodes=NODES, departments=DEPARTMENTS, rooms=ROOMS)
    scene.says("09:00", "worker9", "大院门口的路灯坏了", room="r2")
    scene.private("09:10", "grain", "报到 1")
    scene.private("10:00", "grain", "办结 1 换了灯泡")
    played = await scene.play()
    ticket = played.ticket()
    assert (ticket["grid"], ticket["departments"]) == ("g2", ["liangku"])
    assert ticket["resolved_at"] == "2026-03-02T10:00:00+08:00"
    assert "路灯" in played.to("grain")[0] and "报到 1" in played.to("grain")[0]
    assert [line["note"] for line in ticket["history"] if line["what"] == "whistle"] == [
        "专属网格，先交县粮库"
    ]
    assert any("先交专属单位县粮库" in text for text in played.to("wu"))


async def test_what_the_unit_gives_back_returns_to_whoever_answers_for_the_grid(scene: Scene) -> None:
    scene.people(nodes=NODES, departments=DEPARTMENTS, rooms=ROOMS)
    scene.says("09:00", "worker9", "大院门口的路灯坏了", room="r2")
    scene.private("09:10", "grain", "退回 1 这盏灯是市政的")
    played = await scene.play()
    assert played.ticket()["departments"] == []
    assert any("这盏灯是市政的" in text and "接单" in text for text in played.to("wu"))


async def test_the_only_department_at_an_own_grid_is_its_unit_without_being_named_owner(scene: Scene) -> None:
    scene.people(nodes=NODES.replace(",liangku\n", ",\n"), departments=DEPARTMENTS, rooms=ROOMS)
    scene.says("09:00", "worker9", "大院门口的路灯坏了", room="r2")
    scene.private("09:10", "grain", "报到 1")
    played = await scene.play()
    assert played.ticket()["departments"] == ["liangku"]
    assert "报到 1" in played.to("grain")[0]


async def test_a_base_grid_goes_to_its_worker(scene: Scene) -> None:
    scene.people(nodes=NODES, departments=DEPARTMENTS, rooms=ROOMS)
    scene.says("09:00", "wang", "3号楼门口的路灯坏了")
    played = await scene.play()
    assert played.ticket()["assignee"] == "s1" and played.ticket()["departments"] == []
    assert played.to("grain") == []
    assert "【新事件 #1】" in played.to("li")[0]
