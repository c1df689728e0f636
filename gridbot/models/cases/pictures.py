"""Pictures and voice notes that come before the words they belong to: kept by key, for a burst."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from gridbot.models import recent
from gridbot.models.cases.hearing import EarlyMedia

LONGEST = timedelta(minutes=30)  # nobody's burst is longer; what is older goes


@dataclass(frozen=True, slots=True)
class Picture:
    """Where, by whom and when something without words came; `room` None is in private."""

    room: str | None
    contact: str
    message: str
    media: tuple[str, ...]
    at: datetime


async def keep(pictures: Iterable[Picture]) -> None:
    """Remember these for a while, and forget what is too old to belong to anything."""
    rows = [
        EarlyMedia(
            room=one.room or "", contact=one.contact, message=one.message, media=list(one.media), at=one.at
        )
        for one in pictures
    ]
    if rows:
        await forget(max(row.at for row in rows) - LONGEST)
        await EarlyMedia.bulk_create(rows)


async def taken(room: str | None, contact: str, since: datetime) -> list[Picture]:
    """What somebody showed in a conversation since a moment, oldest first; it is remembered no longer."""
    if recent.showed_nothing(contact):
        return []
    found = await EarlyMedia.filter(contact=contact, room=room or "").order_by("id")
    if not found:
        return []
    await EarlyMedia.filter(id__in=[row.id for row in found]).delete()
    return [Picture(room, contact, row.message, tuple(row.media), row.at) for row in found if row.at >= since]


async def recalled(room: str | None, message: str) -> None:
    """It was taken back before any words came."""
    await EarlyMedia.filter(room=room or "", message=message).delete()


async def forget(before: datetime) -> None:
    """Forget what came before a moment."""
    await EarlyMedia.filter(at__lt=before).delete()
