"""S4-19 诉求解决初始化: the share solved at the first receiving level, without being handed on."""

from __future__ import annotations

from tests.scene import Scene


async def test_what_was_handed_on_does_not_count_as_solved_by_the_first(scene: Scene) -> None:
    scene.private("09:00", "wang", "3号楼门口路灯坏了，晚上漆黑一片")
    scene.private("09:20", "chen", "5号楼前面垃圾堆了三天没人收")
    scene.private("10:00", "li", "办结 1 换了灯泡")
    scene.private("10:05", "li", "转派 2 赵副")
    scene.private("10:30", "zhao", "办结 2 已清运干净")
    scene.private("13:00", "qian", "周报")
    played = await scene.play(until="2026-03-02 14:00")
    report = next(text for text in played.to("qian") if "周报" in text)
    assert "首接即办 1（50%）" in report


async def test_a_deputy_who_takes_over_is_the_same_first_level(scene: Scene) -> None:
    scene.private("09:00", "wang", "3号楼门口路灯坏了，晚上漆黑一片")
    scene.private("11:45", "zhao", "接单 1")
    scene.private("11:50", "zhao", "办结 1 换了灯泡")
    scene.private("13:00", "qian", "周报")
    played = await scene.play(until="2026-03-02 14:00")
    assert any("首接即办 1（100%）" in text for text in played.to("qian"))
