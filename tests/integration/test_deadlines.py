"""Times in three units on the work calendar; pauses that stop the clock; lists of holidays imported later."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scene import Scene

LAMP = "3号楼门口路灯坏了，晚上漆黑一片"  # 3 工作日


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    return Scene(tmp_path)


async def test_a_list_of_holidays_that_comes_later_moves_deadlines_but_not_what_was_agreed(
    scene: Scene,
) -> None:
    scene.day = "2027-02-04"  # a Thursday; nobody knows the holidays of 2027 yet
    later = scene.folder / "later"
    later.mkdir()
    (later / "calendar.csv").write_text(
        "day,kind,name\n2027-02-05,rest,春节\n2027-02-08,rest,春节\n", "utf-8"
    )
    scene.private("09:00", "wang", LAMP)
    scene.private("09:05", "li", "接单 1")
    scene.private("09:06", "he", "5号楼1单元门口路灯坏了")
    scene.private("09:07", "li", "接单 2")
    scene.private("09:10", "li", "延期 2 2月12日 等配件")
    scene.happens("10:00", "import", org="later")
    scene.private("10:05", "li", "待办")
    played = await scene.play(until="2027-02-04 12:00")
    assert [ticket["due_at"] for ticket in played.report["tickets"]] == [
        "2027-02-11T17:30:00+08:00", "2027-02-12T17:30:00+08:00",
    ]  # fmt: skip
    assert any("时限改为2月11日17:30" in text for text in played.to("li"))
    assert any("2027年放假安排未公布" in text for text in played.to("li"))


async def test_an_extension_must_be_later_and_come_before_the_deadline_and_the_resident_hears_it(
    scene: Scene,
) -> None:
    scene.private("09:00", "wang", LAMP)
    scene.private("09:05", "li", "接单 1")
    scene.private("09:10", "li", "延期 1 明天 等配件")
    scene.private("2026-03-05 10:00", "li", "延期 1 下周一 等配件")
    scene.private("2026-03-10 10:00", "li", "延期 1 下周五 还在等")
    played = await scene.play(until="2026-03-10 11:00")
    assert played.ticket()["due_at"] == "2026-03-09T17:30:00+08:00"
    assert any("请写更晚的时间" in text for text in played.to("li"))
    assert any("已经过了时限，不能再延期" in text for text in played.to("li"))
    assert any(
        "延期到3月9日17:30：等配件" in text or "延期到下周一" in text or "等配件" in text
        for text in played.to("wang")
    )


async def test_a_pause_stops_the_clock_and_says_until_when(scene: Scene) -> None:
    scene.private("09:00", "wang", LAMP)  # due on Thursday 17:30
    scene.private("09:05", "li", "接单 1")
    scene.private("2026-03-04 14:00", "li", "挂起 1 等施工队 到周五")
    played = await scene.play(until="2026-03-09 09:00")
    assert played.ticket()["due_at"] == "2026-03-09T12:00:00+08:00"  # 630 open minutes were left
    assert played.ticket()["state"] == "accepted"
    assert any("暂缓到后天08:30：等施工队" in text for text in played.to("wang"))
    assert not any("到期" in row["text"] for row in played.about(1) if row["at"] < "2026-03-09")
