"""`make bench`: every figure of docs/performance.md, peers and baselines in the same run, medians of five.

`python -m tests.benchmark intake turns` runs the named parts only.
"""

from __future__ import annotations

import asyncio
import sys
import time

from tests.benchmark import intake, reading, reminders, replaying, starting, turning, whole_city

PARTS = {
    "start": starting.run,
    "reading": reading.run,
    "intake": intake.run,
    "turns": turning.run,
    "reminders": reminders.run,
    "replay": replaying.run,
    "city": whole_city.run,
}


def main() -> None:
    for name in sys.argv[1:] or PARTS:
        began = time.perf_counter()
        print(f"\n== {name}", flush=True)
        asyncio.run(PARTS[name]())
        print(f"   ({time.perf_counter() - began:.0f} s)", flush=True)


main()
