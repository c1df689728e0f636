"""What falls due together is done some rows at a time: nobody can tell from what he reads."""

from __future__ import annotations

from pathlib import Path

import pytest

from gridbot.schedules import bursts
from tests.scene import Scene

STAFF = """
    id,name,role,node,phone,contact,deputy_of,employment,hours,departments
    s1,李网,网格员,g1,13800000001,li,,专职,,
    s4,孙书记,社区书记,sq,13800000004,sun,,专职,,
    s6,吴网,网格员,g2,13800000006,wu,,专职,,
"""


@pytest.mark.parametrize("rows", [1, 400])
async def test_a_leader_of_two_grids_reads_their_numbers_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows: int
) -> None:
    monkeypatch.setattr(bursts, "ROWS", rows)
    monkeypatch.setattr(bursts, "REMINDERS", rows)
    scene = Scene(tmp_path)
    scene.people(staff=STAFF)
    scene.private("09:00", "li", "排查 出租屋 3号楼一户未登记")
    played = await scene.play(until="2026-03-16 09:00")
    (told,) = [text for text in played.to("sun") if "半月排查" in text and "未报" in text]
    assert "2 个网格" in told and "有事 1" in told and "未报 1" in told
