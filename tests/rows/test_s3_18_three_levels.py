"""S3-18 县乡村三级: what the village can do, what goes to town or county; the resident is shown which."""

from __future__ import annotations

from tests.scene import Scene

NODES = """
    code,parent,name,level,kind,profile,declared_units,area
    xh,,西河县,区,,,,
    jd,xh,青石镇,街道,,,,
    sq,jd,青石社区,社区,,,,
    g1,sq,第一网格,网格,小区型,,,
    g2,sq,第二网格,网格,小区型,,,
"""
STAFF = """
    id,name,role,node,phone,contact,deputy_of,employment,hours,departments
    s1,李网,网格员,g1,13800000001,li,,专职,,
    s4,孙书记,社区书记,sq,13800000004,sun,,专职,,
    s5,周主任,街道主任,jd,13800000005,zhou,,专职,,
    d1,冯值,值班员,sq,13800000011,feng,,专职,,
    d3,许值,街道值班员,jd,13800000013,xu,,专职,,
    d4,贺值,综治中心值班员,xh,13800000014,heng,,专职,,
"""


async def test_each_matter_goes_to_the_desk_of_its_level_and_the_resident_sees_which(scene: Scene) -> None:
    scene.people(nodes=NODES, staff=STAFF)
    for number, (time, matter) in enumerate(
        [("09:00", "开个居住证明"), ("09:20", "申请高龄津贴"), ("09:40", "办残疾证")], 1
    ):
        scene.private(time, "wang", f"办事 {matter}")
        scene.private(f"{time[:-1]}5", "li", f"接单 {number}")
        scene.private(f"{time[:-1]}6", "li", f"收齐 {number}")
    scene.private("10:00", "xu", "受理 2")
    scene.private("10:01", "feng", "受理 1")
    scene.private("16:30", "feng", "代办")
    played = await scene.play()
    lists = [text for text in played.to("wang") if "需要的材料" in text]
    assert "社区（村）可以办（青石社区）" in lists[0]
    assert "街道（镇）办（青石镇）" in lists[1]
    assert "区（县）办（西河县）" in lists[2]
    assert [text for text in played.to("feng") if "待受理 #1" in text]
    assert [text for text in played.to("xu") if "待受理 #2" in text]
    assert [text for text in played.to("heng") if "待受理 #3" in text]
    town, village = (next(t for t in played.to(who) if "代办清单" in t) for who in ("xu", "feng"))
    assert "#2" in town and "#1" not in town and "#1" in village and "#2" not in village
    assert (played.ticket(1)["stage"], played.ticket(2)["stage"]) == ("代办", "集中")


async def test_where_there_is_no_desk_the_worker_does_it_himself(scene: Scene) -> None:
    scene.private("09:00", "wang", "办事 开个居住证明")
    scene.private("09:05", "li", "1")
    scene.private("09:06", "li", "收齐 1")
    scene.private("09:30", "li", "办结 1 证明已盖章")
    played = await scene.play()
    assert any("直接去办" in text for text in played.to("li"))
    assert played.ticket()["return_due"].startswith("2026-03-04")
