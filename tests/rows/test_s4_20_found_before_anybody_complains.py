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


async def test_what_a_visit_or_a_round_found_is_found_and_the_door_stays_out_of_it(scene: Scene) -> None:
    scene.private("09:00", "li", "走访 3-2-502 正常 楼道灯不亮")
    scene.private("09:10", "li", "巡查 东区 3号楼门口井盖松了")
    scene.private("09:20", "li", "走访 3-2-601 正常 老人身体好")
    scene.says("09:30", "wang", "3号楼门口垃圾堆成山了没人清")
    scene.private("10:00", "zhou", "月报")
    played = await scene.play()
    assert [(row["sub"], row["place"]) for row in played.report["tickets"]] == [
        ("corridor_light", "3号楼2单元"), ("manhole", "3号楼"), ("garbage_pileup", "3号楼"),
    ]  # fmt: skip
    assert "主动发现 2 件，居民反映 1 件" in played.to("zhou")[-1]
    assert len([row for row in played.report["visits"] if row["done_at"]]) == 2
