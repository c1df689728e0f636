"""How messages travel. Every transport has this shape; app.py hands it `receive` and gives it to the outbox.

A transport hears (`receive` is awaited for every event and returns once the event is durable) and
sends (`send` raises TransportError). It never reads a text and knows no ticket.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from enum import StrEnum
from typing import Protocol

from gridbot.messages import Attachment, Event, Outgoing, Receipt

Receive = Callable[[Event], Awaitable[None]]


class Capability(StrEnum):
    """What a transport can do besides sending and hearing text."""

    MENTION = "mention"  # a mention in a sent text notifies the person
    QUOTE = "quote"  # a sent message can quote another
    MEDIA_OUT = "media_out"
    MEDIA_IN = "media_in"
    RECALL_HEARD = "recall_heard"
    RECALL = "recall"  # can take back its own message
    TOPIC = "topic"  # can rename a group
    BUTTONS = "buttons"  # shows the words of a card as buttons
    ECHO = "echo"  # delivers the bot's own messages back (uncertain sends are settled by it)
    PRIVATE = "private"  # can open a private chat with anybody by contact id


class Transport(Protocol):
    """One account on one chat platform."""

    @property
    def name(self) -> str:
        """As in rooms.csv's `transport` column."""
        ...

    @property
    def account(self) -> str:
        """The bot's own contact id there ("" until logged in)."""
        ...

    @property
    def capabilities(self) -> frozenset[Capability]: ...

    @property
    def state(self) -> str:
        """One of up, connecting, or “down: why”; for /readyz and the console."""
        ...

    async def run(self, receive: Receive) -> None:
        """Connect, hear and stay connected until cancelled; raises FatalAuth when hopeless."""
        ...

    async def send(self, out: Outgoing) -> Receipt:
        """Put one message on the wire; raises TransportError."""
        ...

    async def fetch(self, attachment: Attachment) -> bytes:
        """The bytes of an attachment that was heard; raises TransportError."""
        ...
