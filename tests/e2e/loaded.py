"""`gridbot` loaded once and forked for every start: for a test where it dies often and loading is nothing.

Each start is a process of its own, with what loading brings; all it knows of earlier ones is on the disk.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TextIO
from zoneinfo import ZoneInfo


class Loaded:
    """Waits to be asked for processes; `end` it."""

    def __init__(self, environment: dict[str, str], log: TextIO) -> None:
        self._parent = subprocess.Popen(
            [sys.executable, "-m", "tests.e2e.loaded"],
            cwd=Path(__file__).parents[2], env=environment, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log,
        )  # fmt: skip

    def start(self, *arguments: str) -> int:
        """`gridbot ARGUMENTS` as a new process, once the one before it is dead; returns its id."""
        assert self._parent.stdin is not None and self._parent.stdout is not None
        self._parent.stdin.write(json.dumps(arguments) + "\n")
        self._parent.stdin.flush()
        return int(self._parent.stdout.readline())

    def end(self) -> None:
        """Kill the last one too; may be called twice."""
        if self._parent.stdin is not None and self._parent.stdout is not None:
            self._parent.stdin.close()
            self._parent.wait(20)
            self._parent.stdout.close()


def serve() -> None:
    """Fork a process for each line of standard input; at its end kill the last one."""
    _load()
    running = 0
    for line in sys.stdin:
        if running:
            os.waitpid(running, 0)
        running = os.fork()
        if not running:
            _become(json.loads(line))
        print(running, flush=True)
    if running:
        os.kill(running, signal.SIGKILL)


def _load() -> None:
    """What every `gridbot run` loads before it opens its database."""
    import gridbot.cli.run
    import gridbot.web.server  # noqa: F401
    from gridbot import app, nlp

    app._reader((), ZoneInfo("Asia/Shanghai"))
    nlp.warm()


def _become(arguments: list[str]) -> None:
    from gridbot.cli import main

    with Path(os.devnull).open() as nothing:
        os.dup2(nothing.fileno(), 0)
    os.dup2(2, 1)
    sys.argv = ["gridbot", *arguments]
    main()


if __name__ == "__main__":
    serve()
