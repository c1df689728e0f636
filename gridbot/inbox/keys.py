"""What recognises an event that comes again, and the conversation it belongs to."""

from __future__ import annotations

import hashlib

from gridbot.messages import Event, Incoming, Joined, Left, Recalled, TopicChanged


def key_of(event: Event) -> int:
    """63 bits that recognise a redelivery of the same event of the same sender in the same place."""
    if isinstance(event, Incoming):
        parts = ["m", event.where.lane, event.sender, event.id or f"{event.at.timestamp()}{event.text}"]
    elif isinstance(event, Joined | Left):
        parts = [type(event).__name__, event.where.lane, *event.who, event.id or str(event.at.timestamp())]
    elif isinstance(event, Recalled):
        parts = ["recall", event.where.lane, event.message_id]
    elif isinstance(event, TopicChanged):
        parts = ["topic", event.where.lane, event.topic, event.id or str(event.at.timestamp())]
    else:
        parts = [type(event).__name__, event.transport, event.account, str(event.at.timestamp())]
    digest = hashlib.blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest) >> 1


def lane_of(event: Event) -> str:
    """The conversation an event belongs to; the account itself for what concerns no conversation."""
    if isinstance(event, Incoming | Joined | Left | Recalled | TopicChanged):
        return event.where.lane
    return f"{event.transport}/{event.account}/"
