"""Reminders that wait for the morning list, and how many somebody has had today."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from gridbot.models import plain, recent
from gridbot.models.batch import running
from gridbot.models.database import moment
from gridbot.models.duty.care import HeldNote

MANY = 500  # chats a statement


async def said_today(lanes: Iterable[str], since: datetime) -> dict[str, int]:
    """What the clock has said in some private chats since a moment, emergencies apart; 0 is left out."""
    wanted, counts = list(lanes), recent.said_by_clock(since)
    asked = [lane for lane in wanted if lane not in counts]
    for start in range(0, len(asked), MANY):
        part = asked[start : start + MANY]
        rows = await plain.table(
            f"SELECT lane, COUNT(*) FROM outbox WHERE lane IN ({', '.join('?' * len(part))}) "
            "AND made_at >= ? AND turn IS NULL AND NOT urgent GROUP BY lane",
            *part,
            moment(since),
        )
        counts.update(dict.fromkeys(part, 0))
        counts.update((str(lane), int(many)) for lane, many in rows)
    return {lane: counts[lane] for lane in wanted if counts[lane]}


async def look(lanes: Iterable[str], since: datetime) -> None:
    """Count once for the running batch what the clock has said in these chats; it is counted on from here."""
    if (batch := running()) is not None:
        batch.known.setdefault("outbox", {})
        await said_today(lanes, since)


async def hold(staff: str, texts: Sequence[str], at: datetime) -> None:
    """Keep reminders for the next morning list."""
    await plain.add([plain.new(HeldNote, staff=staff, text=text, at=at) for text in texts])


async def take(staff: Collection[str]) -> dict[str, list[str]]:
    """What waits for these people, each once: it is theirs now."""
    if not staff:
        return {}
    rows = await HeldNote.filter(staff__in=list(staff)).order_by("id")
    await HeldNote.filter(id__in=[row.id for row in rows]).delete()
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(row.staff, []).append(row.text)
    return found
