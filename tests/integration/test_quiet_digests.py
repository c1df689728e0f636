"""Nobody reads every evening that nothing happened where nobody could have said anything."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scene import Played, Scene

NODES = """
    code,parent,name,level,kind,profile
    xh,,西山县,县,,xihua
    xz,xh,东岗乡,乡镇,,
    v1,xz,槐树村,村,,
    p1,v1,第1片,片,,
    p2,v1,第2片,片,,
    g1,p1,第1网格,网格,农村型,
    g2,p2,第2网格,网格,农村型,
"""
STAFF = """
    id,name,role,node,phone,contact
    s1,李网,网格员,g1,13800000001,li
    s2,吴网,网格员,g2,13800000002,wu
    s3,钱片,两委干部,p1,13800000003,qian
    s4,韩片,两委干部,p2,13800000004,han
    s5,孙书记,村支书,v1,13800000005,sun
    s6,周书记,乡镇书记,xz,13800000006,zhou
    s7,马县长,县长,xh,13800000007,ma
"""
ROOMS = "room,node,audience,listen\nr1,v1,residents,keywords"


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    """A county with one village, two quarters, a grid of 30 homes each; the village has the group."""
    found = Scene(tmp_path)
    doors = [f"{grid}-{n},{grid},,1排,,{n},户主{n}" for grid in ("g1", "g2") for n in range(1, 31)]
    homes = "\n".join(["id,node,address,building,unit,room,head", *doors])
    found.people(
        nodes=NODES, staff=STAFF, rooms=ROOMS, households=homes, places="node,name",
        departments="id,name,categories,node",
        residents="contact,household,name\nwang,g1-1,王大妈\nluo,g2-1,罗姐",
    )  # fmt: skip
    return found


def digests(played: Played, who: str) -> list[str]:
    return [text.split("\n")[0] for text in played.to(who) if text.startswith("【日报】")]


async def test_an_empty_day_is_told_where_there_is_a_group_or_the_whole_is_led(scene: Scene) -> None:
    scene.says("09:00", "wang", "大家早上好")
    scene.private("19:00", "han", "日报")
    played = await scene.play(until="2026-03-03 20:00")
    told = {who: len(digests(played, who)) for who in ("qian", "han", "sun", "zhou", "ma")}
    assert told["sun"] == told["zhou"] == told["ma"] == 2
    assert told["qian"] == 0
    assert told["han"] == 1 and "没有新增" in played.to("han")[-1]  # he asked


async def test_a_day_with_something_in_it_is_told_below_too(scene: Scene) -> None:
    scene.says("09:00", "wang", "门口的路灯坏了")
    played = await scene.play(until="2026-03-02 20:00")
    assert played.ticket()["grid"] == "g1"
    assert len(digests(played, "qian")) == 1 and not digests(played, "han")
