"""An office's own rules that come back: by the moon or an RRULE, off days of rest, with exceptions."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from gridbot import profiles
from gridbot.config import load as settings
from gridbot.errors import BadInput
from tests.scene import Scene

PROFILE = """
inherit = "default"
zh = "自定"
[reminders."龙抬头"]
lunar = "2-2"
text = "理发店门口人多，顺路看看占道。"
[reminders."安全日"]
rrule = "FREQ=MONTHLY;BYDAY=-1FR"
but = ["2026-04-24"]
to = "leader"
text = "月底最后一个周五查一遍消防通道。"
[reminders."周末看水位"]
rrule = "FREQ=WEEKLY;BYDAY=SA"
until = "2026-03-14"
text = "看看河边水位。"
"""
NODES = """
    code,parent,name,level,kind,profile
    jd,,青石街道,街道,,ours
    sq,jd,青石社区,社区,,
    g1,sq,第一网格,网格,小区型,
    g2,sq,第二网格,网格,小区型,
"""


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "profiles"
    folder.mkdir()
    yield folder
    profiles.use(())


async def test_they_stand_in_the_morning_list_of_their_day(folder: Path, tmp_path: Path) -> None:
    (folder / "ours.toml").write_text(PROFILE, "utf-8")
    scene = Scene(tmp_path)
    scene.people(nodes=NODES)
    scene.private("09:00", "li", "待办")
    played = await scene.play(until="2026-04-30 12:00", settings=settings(profiles=[str(folder)]))

    def days(who: str, word: str) -> list[str]:
        return [row["at"][:16] for row in played.said if row.get("to") == who and word in row["text"]]

    assert days("li", "【龙抬头】") == ["2026-03-20T08:00"]  # 2月初二 of 2026 is the 20th of March
    assert days("qian", "【安全日】") == ["2026-03-27T08:00"]  # the exception leaves out April's
    assert days("li", "【周末看水位】") == [
        "2026-03-06T08:00",
        "2026-03-14T08:00",
    ]  # the Friday before; a Saturday that is worked; then no more
    assert days("li", "【安全日】") == [] and days("sun", "【龙抬头】") == []


def test_a_rule_that_is_none_is_named_with_its_key(folder: Path) -> None:
    (folder / "ours.toml").write_text(PROFILE.replace("BYDAY=-1FR", "BYDAY=LAST"), "utf-8")
    profiles.use((folder,))
    with pytest.raises(BadInput, match=r"reminders\.安全日\.rrule"):
        profiles.load("ours")
