"""S4-11 监督考核: departments too: 报到及时率, 按期办结率, 退回率, for leaders alone."""

from __future__ import annotations

from tests.scene import Scene

LIFT = "3号楼2单元电梯又停了 老人下不去楼"


async def test_the_three_rates_of_a_department_with_the_rows_behind_them(scene: Scene) -> None:
    scene.says("09:00", "wang", LIFT)
    scene.private("09:05", "li", "1")
    scene.private("09:10", "li", "吹哨 1 物业")
    scene.private("09:15", "zhou", "报告 1")
    scene.private("09:30", "wuye", "报到 1")
    scene.private("10:00", "wuye", "办结 1 维保换了继电器")
    scene.says("10:30", "chen", "5号楼楼道灯坏了 摸黑走路")
    scene.private("10:35", "li", "1")
    scene.private("10:36", "li", "吹哨 2 物业")
    scene.private("10:40", "zhou", "报告 2")
    scene.private("10:50", "wuye", "退回 2 不归我们管")
    scene.private("11:00", "sun", "考核")
    scene.private("11:01", "sun", "得分 青石物业")
    scene.private("11:02", "wuye", "得分")
    played = await scene.play()
    assessed = next(text for text in played.to("sun") if "报到及时率" in text)
    assert "青石物业：报到及时率 100%（1/1），按期办结率 100%（1/1），退回率 50%（1/2）" in assessed
    assert "按时报到 +2 #1" in played.to("sun")[-1] and "退回 -1 #2" in played.to("sun")[-1]
    assert "按时报到 +2 #1" in played.to("wuye")[-1]
    (score,) = played.rows("scores", department="wuye")
    assert len(score["entries"]) == 3
    assert not any("率" in text for room in ("r1", "w1") for text in played.in_group(room))


async def test_who_never_came_is_late(scene: Scene) -> None:
    scene.says("09:00", "wang", LIFT)
    scene.private("09:05", "li", "1")
    scene.private("09:10", "li", "吹哨 1 物业")
    scene.private("09:15", "zhou", "报告 1")
    scene.private("2026-03-05 09:00", "sun", "考核")
    scene.private("2026-03-05 09:01", "wu", "得分 青石物业")
    played = await scene.play()
    assert "报到及时率 0%（0/1）" in played.to("sun")[-1]
    assert "需要网格工作人员" in played.to("wu")[-1]


async def test_the_levels_below_are_measured_by_their_matters(scene: Scene) -> None:
    scene.says("09:00", "wang", LIFT)
    scene.private("09:05", "li", "1")
    scene.private("09:40", "li", "办结 1 维保换了继电器，电梯已恢复")
    scene.private("10:00", "zhou", "考核")
    played = await scene.play()
    assert "青石社区：首次回复及时率 100%（1/1），按期办结率 100%（1/1）" in played.to("zhou")[-1]
