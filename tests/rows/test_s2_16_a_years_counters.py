"""S2-16 全年办理统计: the year is counted by class, told on its first working day after, and exported."""

from __future__ import annotations

from tests.scene import Scene


async def test_the_years_figures_come_after_new_year_on_a_day_of_work(scene: Scene) -> None:
    scene.day = "2026-11-26"
    scene.says("09:00", "wang", "3号楼2单元电梯又停了")
    scene.says("2026-12-28 09:30", "he", "5号楼门口垃圾堆了两天没人收")
    played = await scene.play(until="2027-01-04 08:31")
    told = [part for text in played.to("zhou") for part in text.split("\n\n")]
    yearly = [text for text in told if text.startswith("【年报】")]
    assert len(yearly) == 1
    assert "截至12月31日" in yearly[0] and "新增 2（上年 0）" in yearly[0]
    assert "公共设施 1、环境卫生 1" in yearly[0]


async def test_a_leader_may_ask_for_the_year_and_the_quarter_at_any_time(scene: Scene) -> None:
    scene.says("09:00", "wang", "3号楼2单元电梯又停了")
    scene.private("10:00", "sun", "年报")
    scene.private("10:01", "sun", "季报")
    scene.private("10:02", "li", "年报")
    played = await scene.play()
    assert played.to("sun")[-2].startswith("【年报】青石社区") and "新增 1（上年 0）" in played.to("sun")[-2]
    assert played.to("sun")[-1].startswith("【季报】青石社区")
    assert not any("年报" in text for text in played.to("li"))
