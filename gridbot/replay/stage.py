"""The complete program on a stage: a clock that is set, a transport in memory, everything done in order."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from datetime import datetime
from pathlib import Path

from gridbot import app as root
from gridbot.app import App
from gridbot.clock import SetClock, sleep
from gridbot.config import Settings
from gridbot.inbox.first_look import First
from gridbot.messages import Address, Event, Incoming, Outgoing
from gridbot.models import board, database, letters
from gridbot.models.database import batched, transaction
from gridbot.models.mail import Inbox as Row
from gridbot.org import import_org
from gridbot.outbox import Pace
from gridbot.schedules import timetable
from gridbot.transports.memory import MemoryTransport

AT_ONCE = Pace(account_gap_s=0, room_gap_s=0, batch=200)

# Commands that change who is heard, or look at what has been sent: nothing is taken in beyond them.
WATCHED = frozenset({"undo", "erase", "leave", "enable", "disable", "mute", "bind"})


class Stage:
    """Drives an App step by step: nothing happens between two calls, nothing is waited for in real time.

    `open` and `close` it in the same task, or use `staged`. The transport and the clock outlive `crash`.
    """

    app: App

    def __init__(
        self,
        settings: Settings,
        url: str,
        clock: SetClock,
        transport: MemoryTransport,
        *,
        synchronous: str = "FULL",
        open_book: bool = False,
    ) -> None:
        """`open_book`: its secrets are the same every time, for a database that nobody will ever serve."""
        self._open_book = open_book
        self.clock, self.transport = clock, transport
        self._settings, self._url, self._synchronous = settings, url, synchronous
        self._house = AsyncExitStack()
        self._hearing: asyncio.Task[None] | None = None
        self._begun = False
        self._draws = 0
        self._played = clock.now()  # how far turns and duties have come, ahead of what was sent

    async def open(self) -> None:
        """Start the program on its database, as after a power cut; where it cannot, nothing stays open."""
        async with AsyncExitStack() as house:
            await house.enter_async_context(database.opened(self._url, synchronous=self._synchronous))
            self.app = await root.build(
                self._settings, [self.transport], clock=self.clock, pace=AT_ONCE, any_transport=True
            )
            if self._open_book:
                self.app.world.draw = self._drawn
            await self.app.recover()
            self._house = house.pop_all()
        if self._begun:
            await self.begin()
        self._hearing = asyncio.create_task(self.transport.run(self.app.receive))
        await sleep(0)

    def _drawn(self) -> str:
        """A token for a link of the console, the same in every replay; nobody signs in with one."""
        self._draws += 1
        return f"replay-{self._draws}"

    async def begin(self) -> None:
        """Put the standing jobs (digests, morning lists …) on the board, now and after every crash."""
        self._begun = True
        await timetable.plant(self.app.world, self.now)

    async def import_org(self, path: Path) -> None:
        """Import an org on top of what is there and go by it from now on. Raises BadInput."""
        await import_org(path)
        await self.app.follow()

    async def close(self) -> None:
        """Drop the program where it stands; only the database's file is let go of."""
        if self._hearing is not None:
            self._hearing.cancel()
            await asyncio.gather(self._hearing, return_exceptions=True)
            self._hearing = None
        await self._house.aclose()

    async def crash(self) -> None:
        """The process dies where it stands and starts again on the same database."""
        await self.close()
        self._house = AsyncExitStack()
        await self.open()

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
            await self.take_in(event)
        await self.settle()

    async def hear_all(self, events: Sequence[Incoming | First]) -> None:
        """The same as hearing one after the other, in few commits; all of one day, and nothing is failing."""
        rest = list(events)
        while rest:
            await self.advance(rest[0].at)
            taken = await self.app.inbox.take_in(rest, stop_after=WATCHED)
            heard, rest = rest[:taken], rest[taken:]
            await self._catch_up(heard[-1].at)

    async def _catch_up(self, to: datetime) -> None:
        """Take the turns of what was just heard, each after what fell due before it; then time passes.

        The last one stands alone: a watched command is always the last, and finds everything sent.
        """
        self._played = self.clock.now()
        rows = await letters.waiting()
        if rows:
            async with _together():
                await self.app.engine.look(rows)
                await self._take(rows[:-1], rows[-1].received_at)
                await self._due_until(rows[-1].received_at, rows[-1].received_at)
            await self._send_until(rows[-1].received_at)
            async with _together():
                await self._take(rows[-1:], rows[-1].received_at)
        async with _together():
            await self._due_until(to, to)
        await self._send_until(to)

    async def _take(self, rows: Sequence[Row], end: datetime) -> None:
        """Take turns, each after what fell due before it, tried until it is done or parked.

        Up to `end` the board may be read ahead.
        """
        engine, done = self.app.engine, []
        for row in rows:
            await self._due_until(row.received_at, end)
            self._played = max(self._played, row.received_at)
            while not row.parked:
                if await engine.attempt(row):
                    done.append(row)
                    break
            await engine.follow_the_org()
        await engine.finish(done)
        for row in done:
            self.app.inbox.idle(row.lane)

    async def _due_until(self, to: datetime, end: datetime) -> None:
        """Do what falls due up to a moment, without sending; the clock stands still meanwhile."""
        while (due := await self._next_due(to, end)) is not None:
            self._played = max(self._played, due)
            await self.app.ticker.tick(self._played)
            await self.app.engine.follow_the_org()

    async def _next_due(self, to: datetime, end: datetime) -> datetime | None:
        """The next moment something falls due; rows up to `end`, and their tickets, are read in one go."""
        if not board.known_until(to):
            await self.app.ticker.look(end)
        return await board.next_by(to)

    async def _send_until(self, to: datetime) -> None:
        """Send what has gathered, each message at its own moment."""
        while await self.app.outbox.deliver(to):
            await self.transport.settle()
        self.clock.set(to)

    async def take_in(self, *events: Event) -> None:
        """Store events now; their turns are taken by `settle`."""
        for event in events:
            if isinstance(event, Incoming) and event.own:
                await self.app.receive(event)
            else:
                await self.app.inbox.take_in([event])

    async def settle(self) -> None:
        """Take every waiting turn and send everything that may leave now."""
        while await self.app.engine.take_turns():
            pass
        await self.send()

    async def calm(self) -> bool:
        """Whether nothing that was sent has failed and is to be tried again, or will fail."""
        return not self.transport.failing and not await letters.held_lanes(self.now)

    async def send(self) -> None:
        while await self.app.outbox.deliver():
            await self.transport.settle()

    async def next_due(self) -> datetime | None:
        """The moment of the earliest thing that waits for its time."""
        moments = await board.next_at(), await letters.next_leaving(self.app.outbox.open_transports())
        return min((moment for moment in moments if moment is not None), default=None)

    async def advance(self, to: datetime) -> None:
        """Move the clock to a moment; what falls due on the way happens at its own time."""
        while (upcoming := await self.next_due()) is not None and upcoming <= to:
            self.clock.set(upcoming)
            await self.app.tick()
            await self.settle()
        self.clock.set(to)


def _together() -> AbstractAsyncContextManager[object]:
    """One transaction; a batch where a failed statement spoils nothing."""
    return batched() if database.is_sqlite() else transaction()


@asynccontextmanager
async def staged(
    settings: Settings, data: Path, *, at: datetime, account: str = "bot", name: str = "memory"
) -> AsyncIterator[Stage]:
    """An App on its database with the clock standing at `at`; ends without clean-up of the database."""
    clock = SetClock(at)
    transport = MemoryTransport(name, account, clock=clock)
    url = root.database_url(settings, data)
    stage = Stage(settings, url, clock, transport, synchronous=settings.database.synchronous)
    await stage.open()
    try:
        yield stage
    finally:
        await stage.close()


__all__: Sequence[str] = ["AT_ONCE", "Stage", "staged"]
