"""S1-08 每日逐级汇总: grids close at 17:30, the village reads at 18:00, the town at 18:30; nobody retypes."""

from __future__ import annotations

from tests.scene import Scene

NODES = """
    code,parent,name,level,kind,profile,declared_units,area
    jd,,青石街道,街道,,zhanyi,,
    sq,jd,青石社区,社区,,,,
    g1,sq,第一网格,网格,农村型,,,
    g2,sq,第二网格,网格,农村型,,,
"""


def digest(played: object, who: str) -> list[dict[str, str]]:
    return [r for r in played.said if r.get("to") == who and r["text"].startswith("【日报】")]  # type: ignore[attr-defined]


async def test_each_level_reads_half_an_hour_after_the_one_below_with_its_numbers_in_it(scene: Scene) -> None:
    scene.people(nodes=NODES)
    scene.says("09:00", "wang", "3号楼2单元电梯又停了")
    scene.private("17:10", "wu", "零报告")
    played = await scene.play(until="2026-03-02 19:00")
    assert any("【每日上报】第二网格今天还没有登记" in text for text in played.to("wu"))
    assert not any("每日上报" in text for text in played.to("li"))  # what is on record speaks for itself
    village, town = digest(played, "sun"), digest(played, "zhou")
    assert [row["at"][11:16] for row in (*village, *town)] == ["18:00", "18:30"]
    for row in (*village, *town):
        assert "每日上报：有事 1、零报告 1、未报 0" in row["text"]
    states = {row["node"]: row["state"] for row in played.rows("duties", name="每日上报")}
    assert states == {"g1": "something", "g2": "zero"}


async def test_a_grid_that_says_nothing_is_named_as_missing_and_days_of_rest_are_left_alone(
    scene: Scene,
) -> None:
    scene.people(nodes=NODES)
    scene.day = "2026-03-06"  # a Friday
    scene.says("09:00", "wang", "3号楼2单元电梯又停了")
    played = await scene.play(until="2026-03-08 19:00")
    assert "未报 1" in digest(played, "zhou")[0]["text"]
    assert {row["window_start"] for row in played.rows("duties", name="每日上报")} == {"2026-03-06"}


async def test_with_groups_below_the_village_it_still_reads_at_six_and_a_patron_with_his_node(
    scene: Scene,
) -> None:
    scene.people(
        nodes="""
            code,parent,name,level,kind,profile
            qu,,沾城区,区,,zhanyi
            jd,qu,炎方乡,乡镇,,
            sq,jd,卡居村,村,,
            z1,sq,卡居一组,小组,,
            g1,z1,卡居一组一格,网格单元,农村型,
            g2,z1,卡居一组二格,网格单元,农村型,
        """,
        staff="""
            id,name,role,node,phone,contact
            s0,郑书记,区委书记,qu,13800000000,zheng
            s0,郑书记,挂包领导,jd,13800000000,zheng
            s9,乡书记,乡镇书记,jd,13800000009,xiang
            s8,村支书,村支书,sq,13800000008,cun
            s7,组长,小组长,z1,13800000007,zu
            s1,李网,专职网格员,g1,13800000001,li
            s2,孙网,专职网格员,g2,13800000002,sun
        """,
    )
    scene.says("09:00", "wang", "村口垃圾堆成山了没人收")
    played = await scene.play(until="2026-03-02 20:00")
    at = {(row["to"], row["node"]): row["at"][11:16] for row in played.rows("digests")}
    assert at["s7", "z1"] == "17:45"
    assert at["s8", "sq"] == "18:00" and at["s9", "jd"] == "18:30" and at["s0", "qu"] == "19:00"
    assert at["s0", "jd"] == "18:30"


async def test_what_was_due_before_the_office_began_is_not_caught_up(scene: Scene) -> None:
    scene.people(nodes=NODES)
    scene.says("19:30", "wang", "今天天气不错")
    played = await scene.play(until="2026-03-02 22:00")
    assert played.said == []
