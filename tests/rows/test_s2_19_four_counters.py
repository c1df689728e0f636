"""S2-19 资源、需求、解决、实现“在网格中”: four numbers stand in the month's digest."""

from __future__ import annotations

from tests.scene import Scene


async def test_the_month_counts_needs_found_and_solved_services_asked_and_done(scene: Scene) -> None:
    scene.says("09:00", "wang", "3号楼2单元电梯又停了")
    scene.private("09:10", "li", "接单 1")
    scene.private("11:00", "li", "办结 1 维保换了继电器，电梯已恢复")
    scene.says("2026-03-03 09:00", "he", "5号楼门口垃圾堆了两天没人收")
    scene.private("2026-03-04 09:00", "luo", "办事 帮我开个居住证明")
    played = await scene.play(until="2026-04-01 08:31")
    monthly = [text for text in played.to("sun") if text.startswith("【月报】")]
    assert len(monthly) == 1 and "截至3月31日" in monthly[0]
    assert "在网格中：资源整合 0、需求发现 2、问题解决 1、服务实现 0（申请 1）" in monthly[0]
    assert [row["at"] for row in played.rows("digests", to="s4", period="month")] == [
        "2026-04-01T08:30:00+08:00"
    ]
