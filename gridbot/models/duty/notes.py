"""Reminders that wait for the morning list, and how many somebody has had today."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from gridbot.models import plain
from gridbot.models.database import first, moment
from gridbot.models.duty.care import HeldNote


async def said_today(contact: str, since: datetime) -> int:
    """What the clock has said to an account since a moment, emergencies apart."""
    sql = "SELECT COUNT(*) FROM outbox WHERE contact = ? AND made_at >= ? AND turn IS NULL AND NOT urgent"
    return int(str(await first(sql, contact, moment(since)) or 0))


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
