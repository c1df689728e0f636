"""What the transports share that speak to this program alone: they are switched off, most are waited for."""

from __future__ import annotations

import asyncio
import logging

from gridbot.errors import TransportError
from gridbot.messages import Event
from gridbot.transports import Receive

log = logging.getLogger(__name__)

TRIES = 3  # how often an event is offered before it is given up


class Switched:
    """Up while it hears and nobody has switched it off."""

    def __init__(self, name: str, account: str) -> None:
        self.name, self.account = name, account
        self._receive: Receive | None = None
        self._down = ""

    @property
    def state(self) -> str:
        if self._down:
            return f"down: {self._down}"
        return "connecting" if self._receive is None else "up"

    def down(self, why: str = "switched off") -> None:
        """From now on nothing is heard and every send fails (retryable)."""
        self._down = why

    def require_up(self) -> None:
        """Raises TransportError (retryable) while it is switched off."""
        if self._down:
            raise TransportError(f"{self.name} is down", retryable=True)


class Awaited(Switched):
    """Its people wait until they are heard: `tell` hands an event to the program."""

    async def run(self, receive: Receive) -> None:
        """Hear until cancelled."""
        self._receive = receive
        try:
            await asyncio.Event().wait()
        finally:
            self._receive = None

    def up(self) -> None:
        """Back again; what was said meanwhile was never heard."""
        self._down = ""

    async def tell(self, event: Event) -> None:
        """Return once the event is durable; raises TransportError if it never is, or nobody listens."""
        for _ in range(TRIES):
            if self._receive is None or self._down:
                raise TransportError(f"{self.name} is not running", retryable=True)
            try:
                await self._receive(event)
                return
            except Exception as error:
                log.warning("an event was not taken error=%s", type(error).__name__)
        log.error("an event was given up transport=%s", self.name)
        raise TransportError("could not be stored", retryable=True)
