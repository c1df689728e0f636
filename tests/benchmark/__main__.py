"""`make bench`: every figure of docs/performance.md, peers and baselines in the same run, medians of five.

`python -m tests.benchmark intake turns` runs the named parts only; GRIDBOT_BENCH_SCALE=0.05 makes the city of
`plan`, `digests`, `monthly` and `reminders` a twentieth, their bars with it.
"""

from __future__ import annotations

import asyncio
import sys
import time

from tests.benchmark import (
    digesting,
    intake,
    monthly,
    mustered,
    planned,
    reading,
    reminders,
    replaying,
    starting,
    streetyear,
    turning,
    whole_city,
)

PARTS = {
    "start": starting.run,
    "reading": reading.run,
    "intake": intake.run,
    "turns": turning.run,
    "reminders": reminders.run,
    "plan": planned.run,
    "digests": digesting.run,
    "monthly": monthly.run,
    "muster": mustered.run,
    "year": streetyear.run,
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
