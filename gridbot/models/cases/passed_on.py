"""Which resident's words a colleague has just read: what he writes next may be the answer."""

from __future__ import annotations

from datetime import datetime

from gridbot.models.mail import Outbox

TOLD = ("desk.said",)  # … and words of a colleague
WORDS = ("card.added", "card.asked_after", "card.urged")  # messages that bring words of a resident


async def last_heard(lane: str, since: datetime) -> int | None:
    """The ticket whose resident a colleague read last in his private chat since a moment; None for none."""
    return await _last(lane, since, WORDS)


async def last_told(lane: str, since: datetime) -> int | None:
    """The ticket of which a resident read a colleague's words last in his private chat since a moment."""
    return await _last(lane, since, TOLD)


async def _last(lane: str, since: datetime, keys: tuple[str, ...]) -> int | None:
    told = Outbox.filter(lane=lane, made_at__gte=since, ticket__isnull=False, key__in=keys)
    newest = await told.order_by("-id").first().values("ticket")
    return int(newest["ticket"]) if newest else None
