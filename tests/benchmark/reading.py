"""Reading: a mix with one report in five, chatter, and a very long message, against jieba.lcut; loading."""

from __future__ import annotations

import asyncio
import random
import sys
import time
from zoneinfo import ZoneInfo

import jieba

from gridbot.clock import SystemClock
from gridbot.nlp import Reader, Scene, warm
from tests.benchmark import city
from tests.benchmark.figures import compare, rate, ratio

MESSAGES = 2_000
LOADING = """
import time
began = time.process_time()
from zoneinfo import ZoneInfo
from gridbot.nlp import Reader, warm
Reader.load(zone=ZoneInfo("Asia/Shanghai"))
read = time.process_time()
warm()
status = open("/proc/self/status").read().split()
print(read - began, time.process_time() - read, int(status[status.index("VmHWM:") + 1]) // 1024)
"""


async def run() -> None:
    """Print the rates, the ratios, the slowest hundredth, a very long text, and what loading costs."""
    jieba.initialize()
    warm()
    chance = random.Random(1)
    talk = city.new_talk(chance)  # nothing is said twice, whatever the round
    said = [chance.choice(city.CHATTER) for _ in range(MESSAGES)]
    at, scene = SystemClock().now(), Scene()
    reader = Reader.load(zone=ZoneInfo("Asia/Shanghai"))

    def fresh() -> list[str]:
        return [next(talk) for _ in range(MESSAGES)]

    def mixed() -> list[str]:
        return [city.report(chance) if n % 5 == 0 else text for n, text in enumerate(fresh())]

    async def read(texts: list[str]) -> None:
        for text in texts:
            reader.read(text, at=at, scene=scene, slots=False)

    async def cut(texts: list[str]) -> None:
        for text in texts:
            jieba.lcut(text)

    mix, new = [], []

    async def reading_mix() -> float:
        mix[:] = mixed()
        return await rate(MESSAGES, lambda: read(mix))

    async def reading_new() -> float:
        new[:] = fresh()
        return await rate(MESSAGES, lambda: read(new))

    taken = await compare(
        {
            "reading the mix": reading_mix,
            "jieba.lcut, the mix": lambda: rate(MESSAGES, lambda: cut(mix)),
            "reading chatter nobody said before": reading_new,
            "jieba.lcut, the same": lambda: rate(MESSAGES, lambda: cut(new)),
            "reading what is said all day": lambda: rate(MESSAGES, lambda: read(said)),
            "jieba.lcut, what is said all day": lambda: rate(MESSAGES, lambda: cut(said)),
        }
    )
    ratio(taken, "reading the mix", "jieba.lcut, the mix", 3)
    ratio(taken, "reading chatter nobody said before", "jieba.lcut, the same", 8)
    ratio(taken, "reading what is said all day", "jieba.lcut, what is said all day", 8)
    times = sorted(_seconds(reader, text, at, scene) for text in mixed())
    print(f"   99 in 100 messages within {times[len(times) * 99 // 100] * 1000:.2f} ms (at most 3 ms)")
    long = ("3号楼2单元电梯又停了 老人下不去楼。" * 1200)[:20_000]
    print(f"   20,000 characters: {_seconds(reader, long, at, scene) * 1000:.0f} ms (at most 50 ms)")
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", LOADING, stdout=asyncio.subprocess.PIPE
    )
    rules, dictionary, memory = (await process.communicate())[0].decode().split()
    print(
        f"   loading: rules and weights {float(rules):.2f} s, jieba's dictionary {float(dictionary):.2f} s (at most 1.2 s)"
    )
    print(f"   memory of a process that only reads: {memory} MiB (at most 130 MB)")


def _seconds(reader: Reader, text: str, at: object, scene: Scene) -> float:
    began = time.perf_counter()
    reader.read(text, at=at, scene=scene)
    return time.perf_counter() - began
