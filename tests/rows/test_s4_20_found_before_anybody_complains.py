"""S4-20 等群众上门 → 主动上门: matters that staff found against those that residents reported."""

from __future__ import annotations

from tests.scene import Scene


async def test_found_and_reported_are_told_apart(scene: Scene) -> None:
    scene.private("09:00", "li", "5号楼1单元楼道堆了好多纸箱，堵住通道了")
    scene.private("09:10", "wang", "3号楼门口路灯坏了，晚上漆黑一片")
    scene.private("09:20", "li", "代报 3-502 家里暖气不热")
    scene.private("13:00", "qian", "周报")
    played = await scene.play(until="2026-03-02 14:00")
    report = next(text for text in played.to("qian") if "周报" in text)
    assert "主动发现 1 件，居民反映 2 件" in report
    assert played.in_group("r1") == []


async def test_nothing_found_is_told_as_well(scene: Scene) -> None:
    scene.private("09:10", "wang", "3号楼门口路灯坏了，晚上漆黑一片")
    scene.private("13:00", "qian", "周报")
    played = await scene.play(until="2026-03-02 14:00")
    assert any("主动发现 0 件，居民反映 1 件" in text for text in played.to("qian"))
