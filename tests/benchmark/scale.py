"""How large the city of the long benchmarks is: GRIDBOT_BENCH_SCALE, 1 = a whole city, 0.05 = a quick run.

What takes time in proportion is held against its bar in proportion.
"""

from __future__ import annotations

import os

LOOK_S = 0.001  # how often the event loop is looked at; without a rest the look itself costs a third
SCALE = float(os.environ.get("GRIDBOT_BENCH_SCALE", "1"))


def scaled(count: int) -> int:
    """So many at the scale of this run, at least one."""
    return max(1, round(count * SCALE))


def told(what: str, value: float, unit: str, most: float, *, share: bool = False) -> bool:
    """Print a figure beside what it may be at most; `share`: the bar is for the whole city."""
    bar = most * SCALE if share else most
    verdict = "ok" if value <= bar else "SHORT"
    print(f"   {what}: {value:,.2f} {unit} (at most {bar:,.2f} {unit}) {verdict}", flush=True)
    return value <= bar
