"""Where two things are told to one person at one time, one message tells both."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scene import Scene


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    return Scene(tmp_path)


async def test_month_and_quarter_end_in_one_message(scene: Scene) -> None:
    scene.day = "2026-03-30"
    scene.says("09:00", "wang", "3号楼2单元电梯又停了")
    played = await scene.play(until="2026-04-01 08:31")
    morning = [row["text"] for row in played.said if row.get("to") == "zhou" and "04-01T08:30" in row["at"]]
    assert len(morning) == 1
    month, quarter = morning[0].split("\n\n")
    assert month.startswith("【月报】青石街道 截至3月31日") and "新增 1（上月 0）" in month
    assert quarter.startswith("【季报】青石街道 截至3月31日") and "新增 1（上季 0）" in quarter
    assert "超期" in month and "超期 1 件" not in quarter  # what is late today is said once
    assert len(morning[0].splitlines()) <= 32
    kept = [row["period"] for row in played.rows("digests", to="s5") if row["period"] != "day"]
    assert kept == ["month", "quarter"]


async def test_a_week_that_ends_with_a_month_is_told_below_it(scene: Scene) -> None:
    scene.day = "2026-05-28"
    scene.says("09:00", "wang", "3号楼2单元电梯又停了")
    played = await scene.play(until="2026-06-01 08:31")
    morning = [row["text"] for row in played.said if row.get("to") == "qian" and "06-01T08:30" in row["at"]]
    assert len(morning) == 1
    assert morning[0].startswith("【月报】") and "\n\n【周报】" in morning[0]


async def test_a_week_counts_its_days_as_the_days_did(scene: Scene) -> None:
    scene.says("09:00", "wang", "3号楼2单元电梯又停了")
    scene.says("2026-03-04 19:00", "lin", "3号楼1单元楼道灯坏了")
    played = await scene.play(until="2026-03-09 08:31")
    told = played.to("zhou")
    thursday = next(text for text in told if text.startswith("【日报】青石街道 3月5日"))
    weekly = next(text for text in told if text.startswith("【周报】"))
    assert "新增 1（昨日 0）" in thursday
    assert "每天新增：一1 二0 三0 四1 五0 六0 日0" in weekly


async def test_a_matter_just_late_is_late_by_minutes(scene: Scene) -> None:
    scene.says("2026-03-03 11:20", "he", "3号楼井盖丢了")
    played = await scene.play(until="2026-03-03 18:01")
    digest = next(text for text in played.to("qian") if text.startswith("【日报】第一网格 3月3日"))
    assert "超 40 分钟" in digest
