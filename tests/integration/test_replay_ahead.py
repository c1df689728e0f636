"""A second process reads a long log ahead: what comes of it is the same, whatever happens to that process."""

from __future__ import annotations

import json
import os
import signal
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from gridbot.config import load
from gridbot.replay import ahead
from gridbot.replay.report import Report
from gridbot.replay.run import Order, replayed
from gridbot.replay.says import Says
from tests.conftest import SMALL_ORG
from tests.scene import ZONE

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="nothing to fork with")
PEOPLE = ("wang", "chen", "lin", "he", "stranger")
WORDS = (
    "早上好",
    "3号楼电梯又停了",
    "收到",
    "我家也是",
    "5号楼路灯坏了",
    "谢谢",
    "哈哈",
    "13812345678 联系我",
)


def _line(number: int, **fields: object) -> dict[str, object]:
    at = datetime(2026, 3, 2, 8, 0, tzinfo=ZONE) + timedelta(seconds=20 * number)
    return {"at": at.isoformat(), "id": f"m{number}", **fields}


def _log(file: Path) -> Path:
    """Talk, reports, a quote, a picture; in between a group is switched off and on, and the process dies."""
    lines = [_line(n, room="r1", name="", text=WORDS[n % 8], **{"from": PEOPLE[n % 5]}) for n in range(120)]
    staff = {"from": "li", "name": "", "mentions": ["bot"], "room": "r1"}
    lines[20] = _line(20, text="停用", **staff)
    lines[30] = _line(30, text="启用", **staff)
    lines[50] = _line(50, room="r1", text="这也坏了", quote="m49", **{"from": "lin"})
    lines[51] = _line(51, room="r1", media=["image"], **{"from": "lin"})
    lines[70] = _line(70, event="crash")
    file.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), "utf-8")
    return file


async def _played(log: Path, scratch: Path) -> tuple[str, str]:
    said, report = scratch / "say.jsonl", scratch / "report.json"
    settings = load(None)
    with said.open("w", encoding="utf-8") as says, report.open("w", encoding="utf-8") as reported:
        async with replayed(Order(log, SMALL_ORG, settings), Says(says, ZONE)) as stage:
            await Report(stage.app.world).write(reported)
    return said.read_text("utf-8"), report.read_text("utf-8")


async def test_what_is_read_ahead_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = _log(tmp_path / "chat.jsonl")
    alone = await _played(log, tmp_path)
    monkeypatch.setattr(ahead, "AT_A_TIME", 7)
    monkeypatch.setattr(ahead, "pays", lambda lines: True)

    assert await _played(log, tmp_path) == alone
    assert json.loads(alone[1])["tickets"]


async def test_a_reader_that_dies_is_done_without(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = _log(tmp_path / "chat.jsonl")
    alone = await _played(log, tmp_path)
    begun = ahead._begun

    def dying(*args: Any) -> Any:
        process, chunks = begun(*args)
        assert process.pid is not None
        os.kill(process.pid, signal.SIGKILL)
        return process, chunks

    monkeypatch.setattr(ahead, "_begun", dying)
    monkeypatch.setattr(ahead, "pays", lambda lines: True)

    assert await _played(log, tmp_path) == alone
