"""S4-03 人、地、事、物、情、组织: six registers with tags they share; tickets and visits are linked."""

from __future__ import annotations

from tests.scene import Scene


async def test_entries_share_tags_and_carry_tickets_and_visits(scene: Scene) -> None:
    scene.says("08:50", "wang", "3号楼2单元电梯又停了 老人下不去楼")
    scene.private("09:00", "li", "要素 地 东门地下室 消防 出租")
    scene.private("09:01", "li", "要素 物 灭火器12 消防")
    scene.private("09:02", "li", "要素 组织 红袖章队 巡防")
    scene.private("09:03", "li", "关联 1 东门地下室")
    scene.private("09:04", "li", "走访 3-1-101 看了地下室")
    scene.private("09:05", "li", "关联 3-1-101 东门地下室")
    scene.private("09:10", "li", "要素 消防")
    played = await scene.play()
    said = played.to("li")
    assert any("已关联到 地：东门地下室" in text for text in said)
    assert "【消防】2 条" in said[-1] and "东门地下室（消防、出租）#1" in said[-1] and "灭火器12" in said[-1]


async def test_another_register_and_another_grid(scene: Scene) -> None:
    scene.private("09:00", "li", "要素 地 东门地下室 消防")
    scene.private("09:01", "wu", "要素 消防")
    scene.private("09:02", "sun", "要素 地")
    scene.says("09:03", "li", "#要素 消防")
    scene.private("09:04", "li", "要素")
    played = await scene.play()
    assert "没有找到" in played.to("wu")[0]
    assert "东门地下室" in played.to("sun")[0]
    assert played.in_group("r1") == []
    assert "六类：人、地、事、物、情、组织" in played.to("li")[-1]
