"""Reading: a mix with one report in five, chatter alone, and a very long message, against jieba.lcut."""

from __future__ import annotations

import random
import time
from zoneinfo import ZoneInfo

import jieba

from gridbot.clock import SystemClock
from gridbot.nlp import Reader, Scene, warm
from tests.benchmark import city
from tests.benchmark.figures import compare, rate, ratio

MESSAGES = 5_000


async def run() -> None:
    """Print the rates, the ratios, and how long 20,000 characters take."""
    jieba.initialize()
    warm()
    reader = Reader.load(zone=ZoneInfo("Asia/Shanghai"))
    chance = random.Random(1)
    chatter = [chance.choice(city.CHATTER) for _ in range(MESSAGES)]
    mix = [
        chance.choice(city.REPORTS).format(b=chance.randint(1, 20), u=1) if n % 5 == 0 else text
        for n, text in enumerate(chatter)
    ]
    at, scene = SystemClock().now(), Scene()

    async def read(texts: list[str], slots: bool) -> None:
        for text in texts:
            reader.read(text, at=at, scene=scene, slots=slots)

    async def cut(texts: list[str]) -> None:
        for text in texts:
            jieba.lcut(text)

    medians = await compare(
        {
            "reading the mix": lambda: rate(MESSAGES, lambda: read(mix, True)),
            "jieba.lcut, the mix": lambda: rate(MESSAGES, lambda: cut(mix)),
            "reading chatter": lambda: rate(MESSAGES, lambda: read(chatter, False)),
            "jieba.lcut, chatter": lambda: rate(MESSAGES, lambda: cut(chatter)),
        }
    )
    ratio(medians, "reading the mix", "jieba.lcut, the mix", 3)
    ratio(medians, "reading chatter", "jieba.lcut, chatter", 8)
    long = ("3号楼2单元电梯又停了 老人下不去楼。" * 1200)[:20_000]
    began = time.perf_counter()
    reader.read(long, at=at, scene=scene)
    print(f"   20,000 characters: {(time.perf_counter() - began) * 1000:.0f} ms (at most 50 ms)")
