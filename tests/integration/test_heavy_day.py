"""A heavy day: a dozen matters fall due, and a worker still hears from the bot a handful of times."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.scene import Played, Scene

HANDFUL = 5
MATTERS = (
    "3号楼2单元电梯又停了 老人下不去楼",
    "5号楼门口的路灯坏了好几天了",
    "3号楼后面下水道堵了 污水往外冒",
    "5号楼前面垃圾好几天没人清了",
    "3号楼楼下井盖破了 看着危险",
    "楼上装修太吵了 5号楼1单元",
    "3号楼1单元门禁坏了 进不去门",
    "5号楼旁边有人占道停车 出不去",
    "3号楼1单元楼道灯不亮了",
    "3号楼墙皮往下掉 差点砸到人",
    "5号楼1单元停水了 什么时候来",
    "5号楼健身器材坏了",
)
PEOPLE = ("wang", "chen", "lin", "he")


async def heavy(scene: Scene) -> Played:
    """Everything is reported and taken on Monday; then the worker says nothing until Friday."""
    for n, text in enumerate(MATTERS):
        scene.says(f"{9 + n // 4:02}:{n % 4 * 12:02}", PEOPLE[n % 4], text)
        scene.private(f"{9 + n // 4:02}:{n % 4 * 12 + 5:02}", "li", "待办")
    for n in range(1, 25):
        scene.private(f"14:{n:02}", "li", f"接单 {n}")
    return await scene.play(until="2026-03-07 09:00")


def by_day(played: Played, who: str) -> dict[str, list[str]]:
    days: dict[str, list[str]] = {}
    for row in played.said:
        if row.get("to") == who and row["at"][:10] > "2026-03-02":
            days.setdefault(row["at"][:10], []).append(row["text"])
    return days


@pytest.fixture
async def played(tmp_path: Path) -> Played:
    return await heavy(Scene(tmp_path))


def numbers(texts: Iterable[str]) -> set[str]:
    return set(re.findall(r"#(\d+)", "\n".join(texts)))


def late(played: Played) -> set[str]:
    """What came past its deadline while the worker had it."""
    told = [row for row in played.report["tickets"] if row["urgency"] != "emergency"]
    return {str(row["no"]) for row in told if "overdue" in [line["what"] for line in row["history"]]}


async def test_nobody_hears_from_the_bot_more_than_a_handful_of_times_a_day(played: Played) -> None:
    for who in ("li", "zhao", "qian"):
        for day, texts in by_day(played, who).items():
            assert len(texts) <= HANDFUL + ("【日报】" in "".join(texts)), (who, day, texts)


async def test_what_falls_due_together_is_told_together(played: Played) -> None:
    together = [row["no"] for row in played.report["tickets"] if row["due_at"][:16] == "2026-03-04T17:30"]
    (warning,) = [text for text in by_day(played, "li")["2026-03-04"] if "17:30到期" in text]
    assert len(together) > 1 and numbers([warning]) == {str(no) for no in together}


async def test_what_waited_is_in_a_morning_list_and_nothing_is_lost(played: Played) -> None:
    assert len(late(played)) >= 7
    for who in ("li", "qian"):
        heard = [text for texts in by_day(played, who).values() for text in texts]
        heard += [row["text"] for row in played.said if row.get("to") == who]
        assert late(played) <= numbers(heard), who
    lists = [text for text in played.to("li") if text.startswith("【今日安排】")]
    assert any("另外：" in text and "已自动上报" in text for text in lists)


async def test_a_message_about_several_matters_settles_none_by_a_quote(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    for minute, text in enumerate(("3号楼1单元门禁坏了 进不去门", "3号楼1单元楼道灯不亮了")):
        scene.says(f"09:0{minute}", PEOPLE[minute], text)
    for number in (1, 2):
        scene.private(f"09:1{number}", "li", f"接单 {number}")
    first = await scene.play(until="2026-03-04 16:00")
    (warning,) = [row for row in first.said if "17:30到期" in row["text"]]
    scene.private("2026-03-04 15:40", "li", "办结 换了新的锁和灯", quote=warning["id"])
    again = await scene.play(until="2026-03-04 16:00")
    assert {row["state"] for row in again.report["tickets"]} == {"accepted"}
    assert "1" in again.to("li")[-1] and "2" in again.to("li")[-1]
