"""S2-13 谁主管谁负责: 交办 to whoever is in charge; the grid supports, coordinates and hears how it goes."""

from __future__ import annotations

from tests.scene import Scene


async def test_the_one_in_charge_does_it_and_the_grid_gets_progress(scene: Scene) -> None:
    scene.private("09:00", "wang", "3号楼门口路灯坏了，晚上漆黑一片")
    scene.private("09:05", "li", "接单 1")
    scene.private("09:30", "sun", "交办 1 主办：青石物业 配合：李网")
    scene.private("10:00", "wuye", "到场 1")
    scene.private("10:30", "li", "办结 1 已疏散围观居民，配合断电")
    scene.private("11:00", "wuye", "办结 1 换了灯杆")
    played = await scene.play(until="2026-03-02 12:00")
    ticket = played.ticket()
    assert {part["who"]: part["role"] for part in ticket["parties"]} == {"wuye": "lead", "s1": "support"}
    assert ticket["state"] == "resolved" and ticket["lead"] == "wuye"
    assert any("您是协办方" in text for text in played.to("li"))
    assert any("青石物业已到现场" in text for text in played.to("li"))
    assert any("换了灯杆" in text for text in played.to("li"))
    assert any("青石物业牵头" in text for text in played.to("wang"))


async def test_a_department_that_is_not_in_charge_gives_it_back_with_its_reason(scene: Scene) -> None:
    scene.private("09:00", "wang", "3号楼门口路灯坏了，晚上漆黑一片")
    scene.private("09:30", "sun", "交办 1 主办 青石物业 配合 李网")
    scene.private("10:00", "wuye", "退回 1")
    scene.private("10:01", "wuye", "退回 1 市政的灯，不归物业")
    played = await scene.play(until="2026-03-02 12:00")
    ticket = played.ticket()
    assert ticket["lead"] is None and ticket["returns"] == 1
    assert any("请写明原因" in text for text in played.to("wuye"))
    assert any("不归物业" in text for text in played.to("li"))


async def test_how_it_goes_is_told_in_one_line_and_the_grid_and_the_resident_read_it(scene: Scene) -> None:
    scene.private("09:00", "wang", "3号楼门口路灯坏了，晚上漆黑一片")
    scene.private("09:30", "sun", "交办 1 主办 青石物业 配合 李网")
    scene.private("10:00", "wuye", "进展 1 灯杆已经订货")
    scene.private("10:01", "wang", "进展真慢")
    played = await scene.play(until="2026-03-02 10:30")
    assert any("灯杆已经订货" in text for text in played.to("li"))
    assert any(text == "您反映的 #1：灯杆已经订货" for text in played.to("wang"))
    assert any("已把您的话转告居民" in text for text in played.to("wuye"))
