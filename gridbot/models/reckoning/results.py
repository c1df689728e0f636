"""What was done at each grid in a span of time: plain counts, of which nobody's name can be told."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from gridbot.clock import Breath
from gridbot.models import plain
from gridbot.models.database import moment

PIECE = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class Results:
    """Tickets resolved and visits made, by grid."""

    resolved: Counter[str]
    visited: Counter[str]


async def between(start: datetime, end: datetime) -> Results:
    """The counts of a span (`end` excluded)."""
    done = await _by_grid("ticket WHERE", "resolved_at", start, end)
    return Results(done, await _by_grid("visit WHERE NOT dropped AND", "done_at", start, end))


async def _by_grid(rows: str, column: str, start: datetime, end: datetime) -> Counter[str]:
    """Rows by grid, read by pieces of a day: a city has twenty thousand of them in each."""
    found, breath = Counter[str](), Breath()
    while start < end:
        until = min(start + PIECE, end)
        part = await plain.table(
            f"SELECT grid, COUNT(*) FROM {rows} {column} >= ? AND {column} < ? GROUP BY grid",
            moment(start), moment(until),
        )  # fmt: skip
        found.update({str(grid): int(many) for grid, many in part})
        await breath.take()
        start = until
    return found
