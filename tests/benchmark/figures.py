"""Taking figures: several rounds, everything of a comparison in each round, medians told."""

from __future__ import annotations

import statistics
import time
from collections.abc import Awaitable, Callable

ROUNDS = 5
Measured = Callable[[], Awaitable[float]]


Taken = dict[str, list[float]]
"""Things a second, by round, of each part."""


async def compare(parts: dict[str, Measured], rounds: int = ROUNDS) -> Taken:
    """Run all parts in turn, round by round, and print each one's median (things a second)."""
    taken: Taken = {name: [] for name in parts}
    for _ in range(rounds):
        for name, measure in parts.items():
            taken[name].append(await measure())
    for name, values in taken.items():
        median, low, high = statistics.median(values), min(values), max(values)
        print(f"   {name:<46} {median:>12,.0f}/s   ({low:,.0f} to {high:,.0f})", flush=True)
    return taken


def ratio(taken: Taken, one: str, other: str, at_least: float) -> None:
    """Print how one compares with another, and whether that is enough.

    It is the median of the rounds' ratios: a machine's speed changes from round to round, and less within one.
    """
    value = statistics.median([fast / slow for fast, slow in zip(taken[one], taken[other], strict=True)])
    verdict = "ok" if value >= at_least else "SHORT"
    print(f"   {one} : {other} = {value:.2f} (at least {at_least:g}) {verdict}", flush=True)


async def rate(count: int, work: Callable[[], Awaitable[object]]) -> float:
    """Things a second, by the wall clock."""
    began = time.perf_counter()
    await work()
    return count / (time.perf_counter() - began)
