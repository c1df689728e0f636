"""S3-22 无疫、三无社区创建: a campaign from a template with a checklist."""

from __future__ import annotations

from tests.scene import Scene


async def test_the_points_come_from_the_template_and_are_ticked_by_number(scene: Scene) -> None:
    scene.private("09:00", "sun", "专项 三无社区 到6月30日")
    scene.private("09:10", "sun", "专项 三无社区 2 与派出所核对过")
    scene.private("09:15", "sun", "专项 三无社区 9 不存在")
    scene.private("09:20", "sun", "专项 三无社区 结束")
    played = await scene.play()
    said = played.to("sun")
    assert "1. 无传销：未完成" in said[0] and "6月30日截止" in said[0]
    assert "2. 无毒品：与派出所核对过" in said[1] and "1/3" in said[1]
    assert "共 3 项" in said[2]
    assert said[3].startswith("【三无社区】已结束：1/3")


async def test_a_worker_below_sees_it_and_cannot_tick_for_the_community(scene: Scene) -> None:
    scene.private("09:00", "sun", "专项 无疫社区 到6月30日")
    scene.private("09:05", "li", "专项 无疫社区")
    scene.private("09:10", "li", "专项 无疫社区 1 有人值守")
    played = await scene.play()
    assert any("卡点有人值守：未完成" in text for text in played.to("li"))
    assert "0/5" in next(text for text in played.to("li") if "无疫社区】" in text)
    assert not any("有人值守：有人值守" in text for text in played.to("li"))


async def test_a_village_creates_its_own_by_the_name_people_use(scene: Scene) -> None:
    scene.people(
        nodes="""
        code,parent,name,level,kind,profile,area
        jd,,红旗乡,乡镇,,xihua,
        sq,jd,刘村,村,,,
        g1,sq,第一网格,网格,农村型,,村东
        g2,sq,第二网格,网格,农村型,,村西
    """
    )
    scene.private("09:00", "sun", "创建 三无村 到6月30日")
    scene.private("09:05", "sun", "无疫村创建")
    scene.private("09:10", "sun", "创建进度")
    played = await scene.play()
    first, second, names = played.to("sun")
    assert "1. 无传销：未完成" in first and "卡点有人值守" in second
    assert "三无村、无疫村" in names
