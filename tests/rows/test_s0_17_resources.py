"""S0-17 志愿者、社工、慈善资源: a register of what partners have and can do; offers are logged."""

from __future__ import annotations

from tests.scene import Scene


async def test_a_wheelchair_is_found_asked_for_and_the_answer_logged(scene: Scene) -> None:
    scene.private("08:30", "wuye", "登记资源 轮椅 2辆 门卫室")
    scene.private("08:40", "sun", "登记资源 轮椅 1辆 青石卫生站 0943-1234567")
    scene.private("09:00", "li", "找资源 轮椅")
    scene.private("09:05", "li", "对接 1 老人出院接送")
    scene.private("09:10", "wuye", "1")
    scene.private("09:20", "li", "对接 2 备用")
    played = await scene.play()
    found = next(text for text in played.to("li") if "找到「轮椅」" in text)
    assert "青石物业" in found and "0943-1234567" in found
    assert any("老人出院接送" in text and "李网" in text for text in played.to("wuye"))
    assert any("愿意提供" in text for text in played.to("li"))
    assert any("0943-1234567" in text and "打电话" in text for text in played.to("li"))
    first, second = played.report["offers"]
    assert (first["resource"], first["asked_by"], first["answer"]) == (1, "s1", "yes")
    assert second["answer"] is None


async def test_residents_neither_search_the_register_nor_is_it_read_in_a_group(scene: Scene) -> None:
    scene.private("08:30", "li", "登记资源 轮椅 2辆 青石卫生站 0943-1234567")
    scene.private("09:00", "wang", "找资源 轮椅")
    scene.says("09:05", "li", "找资源 轮椅", room="r1")
    scene.private("09:10", "li", "找资源 担架")
    played = await scene.play()
    assert any("需要网格工作人员" in text for text in played.to("wang"))
    assert played.in_group("r1") == []
    assert any("没有登记「担架」" in text for text in played.to("li"))


async def test_a_neighbour_offers_what_he_can_do(scene: Scene) -> None:
    scene.private("09:00", "wang", "提供资源 修电器 周末有空")
    scene.private("09:10", "li", "找资源 修电器")
    played = await scene.play()
    assert "修电器" in played.to("li")[-1] and "没有登记" not in played.to("li")[-1]
