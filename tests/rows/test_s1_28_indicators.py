"""S1-28 平安创建自评: rates come from the record, the rest is entered with its proof."""

from __future__ import annotations

from tests.scene import Scene

NODES = """
    code,parent,name,level,kind,profile,declared_units,area
    jd,,青石街道,街道,,zhanyi,,
    sq,jd,青石社区,社区,,,,
    g1,sq,第一网格,网格,农村型,,,
    g2,sq,第二网格,网格,农村型,,,
"""


async def test_what_is_on_record_marks_itself_and_what_is_not_says_so(scene: Scene) -> None:
    scene.people(nodes=NODES)
    scene.says("09:00", "wang", "3号楼2单元电梯又停了")
    scene.private("09:10", "li", "接单 1")
    scene.private("10:00", "li", "办结 1 维保换了继电器，电梯已恢复")
    scene.private("10:05", "wang", "满意")
    scene.private("11:00", "sun", "自评 宣传活动 4 社区公告栏照片")
    scene.private("11:05", "sun", "自评")
    played = await scene.play()
    assert played.to("sun")[0] == "宣传活动记 4 分（满分 5）。"
    sheet = played.to("sun")[1]
    assert "诉求按期办结 20/20（按登记）" in sheet and "群众满意 20/20" in sheet
    assert "宣传活动 4/5（社区公告栏照片）" in sheet and "群防群治 未填/5" in sheet
    assert "合计 64/65，得分率 98.46%" in sheet


async def test_a_mark_above_the_full_one_or_for_what_is_counted_is_refused(scene: Scene) -> None:
    scene.people(nodes=NODES)
    scene.private("11:00", "sun", "自评 宣传活动 9 太好了")
    scene.private("11:01", "sun", "自评 群众满意 20 都满意")
    scene.private("11:02", "li", "自评")
    played = await scene.play()
    assert all("请写指标、得分和佐证" in text for text in played.to("sun"))
    assert not any("【自评】" in text for text in played.to("li"))
