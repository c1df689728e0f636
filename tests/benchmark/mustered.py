"""A mobilisation of 4,378 people: the call out in seconds, every answer counted, the report right."""

from __future__ import annotations

import time
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from gridbot.config import load
from gridbot.messages import Incoming
from gridbot.replay.stage import staged
from tests.benchmark.city import MORNING, make_org
from tests.benchmark.scale import scaled, told

PEOPLE = 4_378
CALL_S, ANSWERS_S = 5.0, 60.0


async def run() -> None:
    """Print how long the call takes, how long the answers of all take, and what the report says."""
    people = scaled(PEOPLE)
    with TemporaryDirectory() as scratch:
        folder = Path(scratch)
        org = make_org(folder / "org", people, households=0)
        async with staged(load(), folder, at=MORNING) as stage:
            await stage.import_org(org)
            at = MORNING.replace(hour=9, minute=0)
            await stage.advance(at)

            def wrote(who: str, text: str, number: int) -> Incoming:
                return Incoming(at, stage.where(None, who), who, f"m{number}", text, sender_name=who)

            before, began = len(stage.sent), time.perf_counter()
            await stage.hear(wrote("l-jd", "动员 测试街道 防汛 广场", 0))
            took = time.perf_counter() - began
            called = sum("【动员】" in out.say.text for out in stage.sent[before:])
            told(f"{called:,} people called", took, "s", CALL_S, share=True)
            began = time.perf_counter()
            answers = [wrote(f"w{n}", ("到", "在途", "不能")[n % 3], n + 1) for n in range(people)]
            for first in range(0, people, 500):
                await stage.hear_all(answers[first : first + 500])
            told(f"{people:,} answers taken in", time.perf_counter() - began, "s", ANSWERS_S, share=True)
            await stage.advance(at + timedelta(minutes=61))
            reports = [out.say.text for out in stage.sent if "动员报告" in out.say.text]
            print("   " + reports[-1].splitlines()[0])
