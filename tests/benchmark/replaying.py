"""A 100,000-message day over 1,000 groups, one report in ten, replayed by the command itself."""

from __future__ import annotations

import asyncio
import json
import resource
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmark import city

AT_LEAST = 3_000


async def run() -> None:
    """Print messages a second and peak memory for a fifth of the day and for the whole."""
    with TemporaryDirectory() as scratch:
        org = city.make_org(Path(scratch) / "org", 1000)
        for messages in (20_000, 100_000):
            log = city.make_log(Path(scratch) / f"{messages}.jsonl", messages)
            seconds, mebibytes = await asyncio.to_thread(replayed, log, org, Path(scratch) / "report.json")
            speed = messages / seconds
            verdict = "ok" if speed >= AT_LEAST else "SHORT"
            print(
                f"   {messages:,} messages: {speed:,.0f}/s, peak {mebibytes:.0f} MiB (at least 3,000/s) {verdict}"
            )
        report = json.loads((Path(scratch) / "report.json").read_text("utf-8"))
        print(f"   {len(report['tickets']):,} tickets, {report['outbox']}")


def replayed(log: Path, org: Path, report: Path) -> tuple[float, float]:
    """Run the command on a log; returns seconds and peak memory in MiB."""
    command = [
        sys.executable,
        "-m",
        "gridbot",
        "replay",
        str(log),
        "--org",
        str(org),
        "--report",
        str(report),
    ]
    began = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
