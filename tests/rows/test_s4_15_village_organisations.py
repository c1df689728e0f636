"""S4-15 “7+1”: village organisations, feasts announced with hints, a patrol roster that reminds."""

from __future__ import annotations

from tests.scene import Scene

NODES = """
    code,parent,name,level,kind,profile,declared_units,area
    jd,,青石乡,乡镇,,tianshui-rural,,
    sq,jd,青石村,行政村,,,,
    g1,sq,第一网格,网格,农村型,,,
    g2,sq,第二网格,网格,农村型,,,
"""


async def test_what_organisations_there_are_and_which_are_missing(scene: Scene) -> None:
    scene.people(nodes=NODES)
    scene.private("09:00", "sun", "登记组织 红白理事会 郑老 马叔、刘婶")
    scene.private("09:01", "sun", "村级组织")
    scene.private("09:02", "wang", "#村级组织")
    played = await scene.play()
    listed = played.to("sun")[-1]
    assert "红白理事会：郑老 马叔、刘婶" in listed
    missing = listed.partition("还没登记：")[2]
    assert "护村联防队" in missing and "红白理事会" not in missing and len(missing.split("、")) == 7
    assert not any("郑老" in text for text in played.to("wang"))


async def test_a_wedding_is_announced_and_looked_at_the_day_before(scene: Scene) -> None:
    scene.people(nodes=NODES)
    scene.private("09:00", "wang", "红事报备 3月8日 村礼堂 200人")
    scene.private("09:01", "chen", "白事报备")
    played = await scene.play(until="2026-03-07 18:00")
    hints = played.to("wang")[0]
    assert "红事，3月8日，村礼堂，200人" in hints and "灭火器" in hints and "消防通道" in hints
    assert any("红白事报备" in text and "村礼堂" in text for text in played.to("li"))
    assert any("【明天】红事" in text for text in played.to("li"))
    assert "请写日子" in played.to("chen")[0]
    assert played.in_group("r1") == []


async def test_the_patrol_of_the_night_is_reminded(scene: Scene) -> None:
    scene.people(nodes=NODES)
    scene.private("09:00", "li", "巡逻表 今天 赵副、陈师傅、马叔")
    scene.private("09:01", "wang", "#巡逻表 今天 王大妈")
    played = await scene.play(until="2026-03-02 19:00")
    assert any("今晚轮到您巡逻" in text for text in played.to("zhao"))
    assert any("今晚轮到您巡逻" in text for text in played.to("chen"))
    assert any("马叔" in text and "打电话" in text for text in played.to("qian"))
    assert "3月2日 赵副、陈师傅、马叔" in played.to("li")[0]
    assert not any("王大妈" in text for text in played.to("li"))


async def test_a_funeral_is_filed_in_a_sentence_and_tables_are_counted(scene: Scene) -> None:
    scene.people(nodes=NODES)
    scene.private("09:00", "wang", "#报备 3月8日我家办白事，20桌，在自家院里")
    scene.private("09:01", "chen", "俺家儿子3月20号结婚，在村里摆30桌，报备一下")
    scene.private("09:05", "li", "报备 红事 3-2-502 3月9日 30桌")
    played = await scene.play(until="2026-03-08 18:00")
    assert "白事，3月8日，在自家院里，200人" in played.to("wang")[0] and "消防通道" in played.to("wang")[0]
    assert "红事，3月20日，300人" in played.to("chen")[0]
    assert any(text.startswith("已报备（1）") and "消防通道" in text for text in played.to("li"))
    assert any("【明天】白事" in text for text in played.to("li"))
    assert any("【明天】红事" in text for text in played.to("li"))


async def test_several_nights_may_be_written_in_one_line(scene: Scene) -> None:
    scene.people(nodes=NODES)
    scene.private("09:00", "li", "巡逻排班 王大妈 今天 陈师傅 3月3日")
    played = await scene.play(until="2026-03-03 19:00")
    assert "3月2日 王大妈" in played.to("li")[0] and "3月3日 陈师傅" in played.to("li")[0]
    turns = {row["to"]: row["at"][:10] for row in played.said if "今晚轮到您巡逻" in row["text"]}
    assert turns == {"wang": "2026-03-02", "chen": "2026-03-03"}
