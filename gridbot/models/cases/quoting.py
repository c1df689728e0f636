"""Which matter a message is about: one that was kept with it, one that the bot sent."""

from __future__ import annotations

import re

from gridbot.models.cases.ledger import ticket
from gridbot.models.cases.tickets import Ticket, TicketMessage
from gridbot.models.mail import Outbox

_CANDIDATE = re.compile(r"待确认\s?(\d{1,9})")
_NUMBER = re.compile(r"#(\d{1,9})")


async def by_message(room: str | None, message: str) -> Ticket | None:
    """The ticket a quoted message belongs to."""
    row = await TicketMessage.filter(message=message, room=room, ticket__isnull=False).order_by("-id").first()
    return await ticket(row.ticket) if row and row.ticket else None


async def about_sent(message: str, text: str) -> int | None:
    """The ticket that a message of the bot's own was about, by its id, else by the number in its text."""
    row = await Outbox.filter(sent_id=message, ticket__isnull=False).order_by("-id").first()
    if row is not None:
        return row.ticket
    numbers = set(_NUMBER.findall(text))  # of several nobody can tell which is meant
    return int(numbers.pop()) if len(numbers) == 1 else None


async def card_sent(message: str, text: str) -> tuple[int | None, int | None]:
    """The ticket or the candidate that a card the bot sent is about; by its text where it is forgotten."""
    row = await Outbox.filter(sent_id=message).order_by("-id").first()
    if row is not None:
        about = row.extra.get("about")
        candidate = about.get("candidate") if isinstance(about, dict) else None
        return row.ticket, candidate
    if (found := _CANDIDATE.search(text)) is not None:
        return None, int(found[1])
    return await about_sent(message, text), None
