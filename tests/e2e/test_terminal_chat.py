"""`gridbot chat`: the whole program in a terminal."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.conftest import SMALL_ORG

AT_ANY_HOUR = {"GRIDBOT_CONDUCT__QUIET_FROM": "23:59", "GRIDBOT_CONDUCT__QUIET_UNTIL": "00:00"}


def gridbot(*arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "gridbot", *arguments],
        input=typed,
        env={**os.environ, **AT_ANY_HOUR},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def test_a_report_typed_in_the_terminal_is_answered_there(tmp_path: Path) -> None:
    data = ["--data", str(tmp_path)]
    assert gridbot("import", str(SMALL_ORG), *data).returncode == 0
    done = gridbot("chat", "--as", "wang", *data, typed="报事 3号楼2单元电梯又停了\n/人 li\n待办\n")
    assert done.returncode == 0, done.stderr
    assert "〔私聊 wang〕" in done.stdout and "已登记 #1" in done.stdout
    assert "〔私聊 li〕" in done.stdout and "新事件 #1" in done.stdout
