"""S3-05 七大项二十二小项: every record proves a duty, so the list fills itself."""

from __future__ import annotations

from tests.scene import Scene

NODES = """
    code,parent,name,level,kind,profile,declared_units,area
    jd,,青石乡,乡镇,,xihua,,
    sq,jd,青石村,村,,,,
    g1,sq,第一网格,网格,农村型,,,
    g2,sq,第二网格,网格,农村型,,,
"""


async def test_the_list_counts_what_was_done_and_nothing_is_typed_for_it(scene: Scene) -> None:
    scene.people(nodes=NODES)
    scene.says("09:00", "wang", "3号楼2单元电梯又停了")
    scene.private("10:00", "li", "走访 3-2-502 正常")
    scene.private("10:30", "li", "巡查 东区 无异常")
    scene.private("11:00", "li", "日志 和两家谈了谈晒粮的事")
    scene.private("12:00", "li", "职责")
    scene.private("12:01", "wu", "职责")
    played = await scene.play()
    mine, other = played.to("li")[-1], played.to("wu")[-1]
    assert mine.startswith("【职责落实】第一网格 3月")
    assert sum(line.count(".") for line in mine.splitlines()[1:]) == 22 and len(mine.splitlines()) == 8
    for item in ("诉求受理 1", "入户走访 1", "日常巡查 1", "民情日志 1", "住户底数 4"):
        assert item in mine
    assert "诉求受理 0" in other and "入户走访 0" in other


async def test_where_there_is_no_such_list_it_says_so_and_residents_have_none(scene: Scene) -> None:
    scene.private("09:00", "li", "职责")
    scene.private("09:01", "wang", "职责")
    played = await scene.play()
    assert played.to("li") == ["您这里没有定职责清单。"]
    assert not any("职责落实" in text for text in played.to("wang"))
