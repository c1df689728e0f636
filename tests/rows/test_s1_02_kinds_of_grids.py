"""S1-02 五种类型: a grid's kind decides how places are asked for, what visits are called."""

from __future__ import annotations

import pytest

from tests.scene import Scene

NODES = """
    code,parent,name,level,kind,profile
    jd,,青石街道,街道,,default
    sq,jd,青石社区,社区,,
    g1,sq,第一网格,网格,{kind},
    g2,sq,第二网格,网格,小区型,
"""
HOUSEHOLDS = """
    id,node,address,building,unit,room,head,classes,phone,since
    h1,g1,3号楼1单元101,3,1,101,王大妈,普通,,2026-02-23
    h2,g1,3号楼2单元502,3,2,502,陈师傅,普通,,
"""


@pytest.mark.parametrize(
    ("kind", "asked"),
    [
        ("小区型", "几号楼几单元"),
        ("散居型", "第几排几号"),
        ("单位型", "哪栋楼哪个部门"),
        ("商圈型", "哪家店、几层"),
        ("农村型", "哪个组、谁家附近"),
    ],
)
async def test_each_kind_asks_for_a_place_in_its_own_way(scene: Scene, kind: str, asked: str) -> None:
    scene.people(
        nodes=NODES.format(kind=kind), households=HOUSEHOLDS, residents="contact,household,name,head"
    )
    scene.says("09:00", "stranger", "路灯坏了好几天了 没人修")
    played = await scene.play()
    answer = played.in_group("r1")[0]
    assert f"请问是{asked}？" in answer and len(answer) <= 40


async def test_a_kind_has_its_word_for_visits_and_its_part_of_the_list(scene: Scene) -> None:
    scene.people(
        nodes=NODES.format(kind="商圈型"),
        households=HOUSEHOLDS,
        residents="contact,household,name,head\nwang,h1,王大妈,yes",
    )
    scene.says("09:00", "wang", "想给我妈办老年证 要什么材料", mentions=["bot"])
    played = await scene.play(until="2026-03-03 09:00")
    assert any("走访商户 1 户" in text for text in played.to("li"))
    assert {t["category"] for t in played.report["tickets"]} <= {"other"}
