"""S1-16 挨家挨户上门录入信息: a bar shows how complete a household is; 补 works in private only."""

from __future__ import annotations

from tests.scene import Scene


async def test_the_bar_grows_with_every_field(scene: Scene) -> None:
    scene.private("09:00", "li", "补 3-2-601")
    scene.private("09:01", "li", "补 3-2-601 电话 13812345678")
    scene.private("09:02", "li", "补 3-2-601 人数 3")
    scene.private("09:03", "li", "#补 3-2-601 住房 自有")
    scene.private("09:04", "li", "补 3-2-601")
    played = await scene.play()
    said = played.to("li")
    assert "2/5" in said[0] and "还缺：电话、人数、住房" in said[0]
    assert said[3].endswith("这一户已经齐了。")
    assert "5/5" in said[4] and "░" not in said[4]


async def test_a_group_gets_no_data_and_a_slip_can_be_taken_back(scene: Scene) -> None:
    scene.says("09:00", "li", "#补 3-2-601 电话 13812345678")
    scene.private("09:01", "li", "补 3-2-601 电话 13800000000")
    scene.private("09:02", "li", "撤销")
    scene.private("09:03", "li", "补 3-2-601")
    scene.private("09:04", "wang", "#补 3-2-601 电话 13812345678")
    played = await scene.play()
    assert played.in_group("r1") == []
    assert "私聊" in played.to("li")[0]
    assert "电话：？" in played.to("li")[-1]
    assert "13812345678" not in "".join(played.to("wang"))


async def test_a_field_nobody_asked_for_is_not_kept(scene: Scene) -> None:
    scene.private("09:00", "li", "补 3-2-601 宗教 无")
    played = await scene.play()
    assert "可以补的有：户主、电话、人数、住房、类别" in played.to("li")[0]
