"""The complete program on a stage: a clock that is set, a transport in memory, everything done in order."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

from gridbot import app as root
from gridbot.app import App
from gridbot.clock import SetClock, sleep
from gridbot.config import Settings
from gridbot.messages import Address, Event, Incoming, Outgoing
from gridbot.models import board, letters
from gridbot.outbox import Pace
from gridbot.transports.memory import MemoryTransport

AT_ONCE = Pace(account_gap_s=0, room_gap_s=0, batch=200)


class Stage:
    """Drives an App step by step: nothing happens between two calls, nothing is waited for in real time."""

    def __init__(self, app: App, clock: SetClock, transport: MemoryTransport) -> None:
        self.app, self.clock, self.transport = app, clock, transport

    @property
    def now(self) -> datetime:
        return self.clock.now()

    @property
    def sent(self) -> list[Outgoing]:
        """Everything that left, in order."""
        return self.transport.sent

    def where(self, room: str | None, contact: str) -> Address:
        """The address of a group, or of the private chat with a contact where `room` is None."""
        return Address(self.transport.name, self.transport.account, room, contact if room is None else None)

    async def hear(self, *events: Event) -> None:
        """Let the program hear events at their own moment and do all that follows at once."""
        for event in events:
            await self.advance(event.at)
            if isinstance(event, Incoming) and event.own:
                await self.app.receive(event)
            else:
                await self.app.inbox.take_in([event])
        await self.settle()

    async def settle(self) -> None:
        """Take every waiting turn and send everything that may leave now."""
        while await self.app.engine.take_turns():
            pass
        await self.send()

    async def send(self) -> None:
        while await self.app.outbox.deliver():
            await self.transport.settle()

    async def advance(self, to: datetime) -> None:
        """Move the clock to a moment; what falls due on the way happens at its own time."""
        while True:
            moments = [m for m in (await board.next_at(), await letters.next_leaving()) if m is not None]
            upcoming = min(moments, default=None)
            if upcoming is None or upcoming > to:
                break
            self.clock.set(upcoming)
            await self.app.tick()
            await self.settle()
        self.clock.set(to)


@asynccontextmanager
async def staged(
    settings: Settings, data: Path, *, at: datetime, account: str = "bot", name: str = "memory"
) -> AsyncIterator[Stage]:
    """An App on its database with the clock standing at `at`; ends without clean-up of the database."""
    clock = SetClock(at)
    transport = MemoryTransport(name, account, clock=clock)
    async with root.opened(settings, data, [transport], clock=clock, pace=AT_ONCE, any_transport=True) as app:
        hearing = asyncio.create_task(transport.run(app.receive))
        await sleep(0)
        try:
            yield Stage(app, clock, transport)
        finally:
            hearing.cancel()
            await asyncio.gather(hearing, return_exceptions=True)


__all__: Sequence[str] = ["AT_ONCE", "Stage", "staged"]
