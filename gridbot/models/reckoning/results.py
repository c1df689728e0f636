"""What was done at each grid in a span of time: plain counts, of which nobody's name can be told."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime

from gridbot.models.cases.tickets import Ticket
from gridbot.models.duty.duties import Visit


@dataclass(frozen=True, slots=True)
class Results:
    """Tickets resolved and visits made, by grid."""

    resolved: Counter[str]
    visited: Counter[str]


async def between(start: datetime, end: datetime) -> Results:
    """The counts of a span (`end` excluded)."""
    start, end = start.astimezone(UTC), end.astimezone(UTC)
    done = Ticket.filter(resolved_at__gte=start, resolved_at__lt=end).values_list("grid", flat=True)
    made = Visit.filter(done_at__gte=start, done_at__lt=end, dropped=False).values_list("grid", flat=True)
    return Results(Counter(map(str, await done)), Counter(map(str, await made)))
