"""What is said late in the evening and read in the morning is true in the morning."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scene import Scene


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    return Scene(tmp_path)


async def test_tomorrow_of_a_notice_that_waits_for_the_morning_is_a_date(scene: Scene) -> None:
    scene.private("22:40", "qian", "跟3号楼说一声明早8点停水")
    scene.private("22:41", "qian", "确认")
    played = await scene.play(until="2026-03-03 08:00")
    assert "3月3日早上8点停水" in played.to("qian")[0]
    (told,) = played.in_group("r1")
    assert "3月3日早上8点停水" in told and "明早" not in told


async def test_a_leave_told_at_night_is_read_in_the_morning_as_of_that_day(scene: Scene) -> None:
    scene.private("22:40", "li", "请假 明天")
    played = await scene.play(until="2026-03-03 08:00")
    assert played.to("li")[0].startswith("好的，明天由赵副值守")
    assert any("李网（网格员）今天请假，由您值守" in text for text in played.to("zhao"))
    assert "李网今天请假，由赵副值守。" in played.to("qian")
