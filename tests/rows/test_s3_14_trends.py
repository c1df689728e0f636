"""S3-14 数据采集、形势分析、动态监测: the week's digest shows the course of the week, not only its sum."""

from __future__ import annotations

from tests.scene import Scene


async def test_the_week_shows_each_of_its_days(scene: Scene) -> None:
    scene.says("09:00", "wang", "3号楼2单元电梯又停了")
    scene.says("2026-03-04 09:00", "he", "5号楼门口垃圾堆了两天没人收")
    scene.says("2026-03-04 19:00", "lin", "3号楼1单元楼道灯坏了")
    played = await scene.play(until="2026-03-09 08:31")
    weekly = next(text for text in played.to("zhou") if text.startswith("【周报】"))
    assert "每天新增：一1 二0 三1 四1 五0 六0 日0" in weekly


async def test_a_leader_may_ask_for_the_course_so_far(scene: Scene) -> None:
    scene.says("09:00", "wang", "3号楼2单元电梯又停了")
    scene.private("2026-03-03 10:00", "sun", "周报")
    played = await scene.play()
    assert "每天新增：一1 二0" in played.to("sun")[-1]
