"""Handing an event to the program from a transport whose people wait for the acknowledgement."""

from __future__ import annotations

import logging

from gridbot.errors import TransportError
from gridbot.messages import Event
from gridbot.transports import Receive

log = logging.getLogger(__name__)

TRIES = 3  # how often an event is offered before its sender is told that it was not taken


async def offer(receive: Receive | None, event: Event, *, name: str) -> None:
    """Return once the event is durable; raises TransportError if it never is, or nobody listens (None)."""
    for _ in range(TRIES):
        if receive is None:
            raise TransportError(f"{name} is not running", retryable=True)
        try:
            await receive(event)
            return
        except Exception as error:
            log.warning("an event was not taken error=%s", type(error).__name__)
    log.error("an event was given up transport=%s", name)
    raise TransportError("could not be stored", retryable=True)
