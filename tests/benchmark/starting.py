"""`gridbot run` from start to ready, second start, demo org."""

from __future__ import annotations

import asyncio
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

AT_MOST_S = 3.0


async def run() -> None:
    """Print the median of five second starts."""
    with TemporaryDirectory() as scratch:
        first = await asyncio.to_thread(_start, Path(scratch))
        later = [await asyncio.to_thread(_start, Path(scratch)) for _ in range(5)]
    median = statistics.median(later)
    verdict = "ok" if median <= AT_MOST_S else "SHORT"
    print(f"   first start, demo loaded {first:.1f} s; second start {median:.2f} s (at most 3 s) {verdict}")


def _start(data: Path) -> float:
    command = [sys.executable, "-m", "gridbot", "run", "--demo", "--data", str(data), "--port", "0"]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    began = time.perf_counter()
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        took = time.perf_counter() - began
        process.terminate()
        process.wait()
    return took
