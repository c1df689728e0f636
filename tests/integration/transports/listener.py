"""Runs a transport as app.py would and remembers what it hears."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import TypeVar

from gridbot.clock import sleep
from gridbot.messages import Event, Incoming
from gridbot.transports import Transport

PATIENCE_S = 15.0

Kind = TypeVar("Kind")


class Listener:
    """What `receive` got, in order. `refuse` makes the next calls of `receive` for a message fail."""

    def __init__(self) -> None:
        self.heard: list[Event] = []
        self.refuse = 0
        self.running: asyncio.Task[None] | None = None
        self._more = asyncio.Condition()

    async def receive(self, event: Event) -> None:
        if self.refuse > 0 and isinstance(event, Incoming):
            self.refuse -= 1
            raise OSError("the disk is full")
        async with self._more:
            self.heard.append(event)
            self._more.notify_all()

    def all(self, kind: type[Kind]) -> list[Kind]:
        """Every event of one kind so far."""
        return [event for event in self.heard if isinstance(event, kind)]

    async def hears(
        self,
        kind: type[Kind],
        wanted: Callable[[Kind], bool] = lambda _: True,
        *,
        within_s: float = PATIENCE_S,
    ) -> Kind:
        """The first event of that kind for which `wanted` holds, waited for."""

        def found() -> list[Kind]:
            return [event for event in self.all(kind) if wanted(event)]

        async with asyncio.timeout(within_s), self._more:
            await self._more.wait_for(lambda: bool(found()))
        return found()[0]


async def until(holds: Callable[[], bool], *, within_s: float = PATIENCE_S) -> None:
    """Wait until something holds that no event tells of."""
    async with asyncio.timeout(within_s):
        while not holds():
            await sleep(0.02)


@asynccontextmanager
async def listening(transport: Transport) -> AsyncIterator[Listener]:
    """The transport, running until the block ends; whatever it raised by then is raised."""
    listener = Listener()
    listener.running = asyncio.create_task(transport.run(listener.receive))
    try:
        yield listener
    finally:
        listener.running.cancel()
        await asyncio.wait([listener.running])
    if not listener.running.cancelled():
        listener.running.result()
