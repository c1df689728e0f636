"""A 100,000-message day over 1,000 groups, one report in ten, replayed by the command itself."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import jieba

from tests.benchmark import city

AT_LEAST = 3_000
LOOK_EVERY_S = 0.2
WORDS = 5_000


@dataclass(frozen=True, slots=True)
class Taken:
    """What a run took: by the wall, of the processors (all its processes), and at the peak of memory."""

    wall_s: float
    processor_s: float
    early_mib: float  # at the peak of its first quarter: of all its processes, what they share counted once
    peak_mib: float


async def run() -> None:
    """Print messages a second and peak memory for a fifth of the day and for the whole."""
    jieba.initialize()
    with TemporaryDirectory() as scratch:
        org = city.make_org(Path(scratch) / "org", 1000)
        for messages in (20_000, 100_000):
            log = city.make_log(Path(scratch) / f"{messages}.jsonl", messages)
            before = cut_speed(log)
            took = await asyncio.to_thread(replayed, log, org, Path(scratch) / "report.json")
            cut = (before + cut_speed(log)) / 2
            speed = messages / took.wall_s
            verdict = "ok" if speed >= AT_LEAST else "SHORT"
            print(
                f"   {messages:,} messages: {speed:,.0f}/s (at least 3,000/s) {verdict}; "
                f"{took.processor_s:.0f} s of the processors; at most {took.early_mib:.0f} MiB in the first quarter "
                f"of it, {took.peak_mib:.0f} MiB in all; "
                f"jieba.lcut of the same {cut:,.0f}/s a core: {speed / cut:.2f} of it by the wall, "
                f"{messages / took.processor_s / cut:.2f} by the processors",
                flush=True,
            )
        report = json.loads((Path(scratch) / "report.json").read_text("utf-8"))
        print(f"   {len(report['tickets']):,} tickets, {report['outbox']}")


def replayed(log: Path, org: Path, report: Path) -> Taken:
    """Run the command on a log."""
    files = [str(log), "--org", str(org), "--report", str(report)]
    command = [sys.executable, "-m", "gridbot", "replay", *files]
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    held: list[float] = []
    while True:
        done, status, usage = os.wait4(process.pid, os.WNOHANG)
        if done:
            break
        held.append(sum(_held_mib(each) for each in (process.pid, *_children(process.pid))))
        time.sleep(LOOK_EVERY_S)
    took = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    held = [each for each in held if each] or [usage.ru_maxrss / 1024]
    early = max(held[: max(len(held) // 4, 1)])
    return Taken(took, usage.ru_utime + usage.ru_stime, early, max(held))


def cut_speed(log: Path) -> float:
    """Messages that jieba cuts in a second of the processor: how fast this machine is at this moment."""
    with log.open(encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line, _ in zip(lines, range(WORDS), strict=False)]
    began = time.process_time()
    for text in texts:
        jieba.lcut(text)
    return len(texts) / (time.process_time() - began)


def _children(process: int) -> list[int]:
    try:
        return [int(each) for each in Path(f"/proc/{process}/task/{process}/children").read_text().split()]
    except OSError:
        return []


def _held_mib(process: int) -> float:
    """The memory of a process, of what it shares its part; 0 where that cannot be told."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
