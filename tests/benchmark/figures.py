"""Taking figures: several rounds, everything of a comparison in each round, medians told."""

from __future__ import annotations

import statistics
import time
from collections.abc import Awaitable, Callable

ROUNDS = 5
Measured = Callable[[], Awaitable[float]]


async def compare(parts: dict[str, Measured], rounds: int = ROUNDS) -> dict[str, float]:
    """Run all parts in turn, round by round, and print each one's median (things a second)."""
    taken: dict[str, list[float]] = {name: [] for name in parts}
    for _ in range(rounds):
        for name, measure in parts.items():
            taken[name].append(await measure())
    medians = {name: statistics.median(values) for name, values in taken.items()}
    for name, median in medians.items():
        low, high = min(taken[name]), max(taken[name])
        print(f"   {name:<46} {median:>12,.0f}/s   ({low:,.0f} to {high:,.0f})", flush=True)
    return medians


def ratio(medians: dict[str, float], one: str, other: str, at_least: float) -> None:
    """Print how one compares with another, and whether that is enough."""
    value = medians[one] / medians[other]
    verdict = "ok" if value >= at_least else "SHORT"
    print(f"   {one} : {other} = {value:.2f} (at least {at_least:g}) {verdict}", flush=True)


async def rate(count: int, work: Callable[[], Awaitable[object]]) -> float:
    """Things a second, by the wall clock."""
    began = time.perf_counter()
    await work()
    return count / (time.perf_counter() - began)
