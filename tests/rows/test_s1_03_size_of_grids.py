"""S1-03 每10至25户一格: a grid that leaves the band of its profile is named to whoever leads it."""

from __future__ import annotations

from pathlib import Path

from tests.scene import Scene

NODES = """
    code,parent,name,level,kind,profile
    jd,,龙华街道,街道,,zhanyi
    sq,jd,青石社区,社区,,
    g1,sq,第一网格,网格,小区型,
    g2,sq,第二网格,网格,小区型,
"""


def households(first: int, second: int) -> str:
    rows = [f"a{n},g1,,1,1,{101 + n}" for n in range(first)] + [
        f"b{n},g2,,2,1,{101 + n}" for n in range(second)
    ]
    return "\n".join(["id,node,address,building,unit,room", *rows])


def people(scene: Scene, first: int, second: int) -> None:
    scene.people(nodes=NODES, households=households(first, second), residents="contact,household,name,head")


async def test_too_many_and_too_few_are_named_to_the_leader(scene: Scene) -> None:
    people(scene, 27, 4)
    scene.private("09:00", "sun", "缺口")
    scene.private("09:01", "qian", "格情")
    played = await scene.play(until="19:00")
    assert "第一网格有27户，多于规定的25户" in played.to("sun")[0]
    assert "第二网格只有4户，少于规定的10户" in played.to("sun")[0]
    assert "第一网格有27户，多于规定的25户" in played.to("qian")[0]
    assert "户数不合 2 处" in played.rows("digests", to="s4")[0]["text"]


async def test_a_grid_within_the_band_is_no_matter_until_it_grows_out_of_it(scene: Scene) -> None:
    people(scene, 24, 12)
    grown = scene.folder / "grown"
    _grow(grown)
    scene.private("09:00", "qian", "格情")
    scene.happens("10:00", "import", org="grown")
    scene.private("10:01", "qian", "格情")
    played = await scene.play()
    before, after = played.to("qian")
    assert "规定" not in before and "第一网格有26户，多于规定的25户" in after


def _grow(folder: Path) -> None:
    folder.mkdir()
    (folder / "households.csv").write_text("id,node,room\nc1,g1,901\nc2,g1,902\n", "utf-8")
