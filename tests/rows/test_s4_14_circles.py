"""S4-14 一刻钟服务圈: 附近 answers from a directory of five circles that staff maintain in private."""

from __future__ import annotations

from tests.scene import Scene


async def test_staff_put_places_on_file_and_residents_find_them(scene: Scene) -> None:
    scene.private("08:30", "li", "附近 添加 药店 康民药店 东门南50米 8:00-21:00 0943-1234567")
    scene.private("08:31", "sun", "附近 添加 文体 图书室 青石书屋 社区二楼 9:00-17:00")
    scene.private("09:00", "wang", "附近 药房")
    scene.private("09:00:30", "wang", "附近有药店吗")
    scene.private("09:01", "he", "附近 文体")
    scene.private("09:02", "he", "附近 小卖部")
    scene.private("09:03", "he", "附近 游泳馆")
    scene.private("09:04", "he", "附近")
    played = await scene.play()
    assert all("康民药店" in text and "8:00-21:00" in text for text in played.to("wang"))
    assert len(played.to("wang")) == 2 and played.report["tickets"] == []
    books, shop, nothing, circles = played.to("he")
    assert "青石书屋" in books
    assert "东门小卖店" in shop  # a landmark of places.csv
    assert "还没有登记" in nothing
    assert all(circle in circles for circle in ("生活", "卫生", "政务", "平安", "文体"))


async def test_in_a_group_the_answer_is_private_and_residents_change_nothing(scene: Scene) -> None:
    scene.private("08:30", "li", "附近 添加 药店 康民药店 东门南50米 8:00-21:00")
    scene.says("09:00", "wang", "#附近 药店")
    scene.private("09:05", "wang", "附近 添加 药店 我家药店 3号楼")
    scene.private("09:06", "wang", "附近 删除 康民药店")
    scene.private("09:10", "li", "附近 删除 康民药店")
    scene.private("09:15", "he", "附近 药店")
    played = await scene.play()
    assert played.in_group("r1") == []
    found, *refused = played.to("wang")
    assert "康民药店" in found
    assert len(refused) == 2 and all("需要网格工作人员" in text for text in refused)
    assert any("已删除" in text for text in played.to("li"))
    assert "还没有登记" in played.to("he")[0]


async def test_a_neighbour_asks_in_the_group_and_what_is_on_file_stands_beside_places(scene: Scene) -> None:
    scene.people(places="node,name,aliases,kind\ng1,康民药店,,药店")
    scene.private("09:00", "li", "附近 添加 平安药房 东门12号 8:00-21:00 药店")
    scene.private("09:01", "li", "附近 添加 卫生 康民诊所 东门3号 0943-2222222")
    scene.says("09:05", "wang", "附近 药店")
    scene.says("09:06", "wang", "附近 有流浪狗")
    played = await scene.play()
    answer = " ".join(played.to("wang"))
    assert "康民诊所，东门3号，0943-2222222" in played.to("li")[1]
    assert "平安药房" in answer and "康民药店" in answer and "流浪狗" not in answer
