"""A year of a street: 12 grids, 3,000 households, thirty messages a day, everything due in between."""

from __future__ import annotations

import asyncio
import json
import random
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmark import city
from tests.benchmark.replaying import replayed
from tests.benchmark.scale import scaled, told

GRIDS, HOMES, A_DAY, YEAR_S = 12, 250, 30, 120.0


async def run() -> None:
    """Print how long the year (or the part of it that the scale asks for) takes."""
    with TemporaryDirectory() as scratch:
        folder, days = Path(scratch), scaled(365)
        org = city.make_org(folder / "org", GRIDS, households=HOMES)
        log = _log(folder / "year.jsonl", days)
        took = await asyncio.to_thread(replayed, log, org, folder / "report.json")
        report = json.loads((folder / "report.json").read_text("utf-8"))
        told(
            f"{days} days of a street, {len(report['visits']):,} visits", took.wall_s, "s", YEAR_S, share=True
        )
        print(f"   peak {took.peak_mib:.0f} MiB, {len(report['tickets']):,} tickets, {report['outbox']}")


def _log(file: Path, days: int) -> Path:
    chance = random.Random(3)
    with file.open("w", encoding="utf-8") as out:
        for number in range(days * A_DAY):
            day, of_day = divmod(number, A_DAY)
            at = city.MORNING + timedelta(days=day, seconds=of_day * city.DAY_S / A_DAY)
            grid, home = chance.randrange(GRIDS), chance.randrange(HOMES)
            text = city.report(chance) if of_day % 10 == 0 else chance.choice(city.CHATTER)
            who = f"p{grid}-{home}"
            line = {"at": at.isoformat(), "room": f"room-{grid}", "from": who, "name": who, "text": text}
            out.write(json.dumps({**line, "id": f"m{number}"}, ensure_ascii=False) + "\n")
    return file
