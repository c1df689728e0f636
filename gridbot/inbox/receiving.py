"""Taking in: once, in order, durable before it is acknowledged, in micro-batches.

Everything that arrived while the last commit ran is one bulk write. Chatter never reaches the disk:
of it only the key is kept that recognises its redelivery.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from gridbot.clock import Clock
from gridbot.inbox import passing
from gridbot.inbox.attention import ATTENTION, Attention, Look
from gridbot.inbox.first_look import First
from gridbot.messages import Event, Incoming
from gridbot.models import letters
from gridbot.models.cases import pictures, reported
from gridbot.models.cases.pictures import Picture
from gridbot.models.database import transaction
from gridbot.models.duty.duties import Announcement
from gridbot.models.spreading import announcements
from gridbot.world import World

log = logging.getLogger(__name__)
MANY = 2000  # events a commit
NOTHING: frozenset[str] = frozenset()


class Inbox:
    """`receive` returns when the event is durable; `on_stored` is called after each commit."""

    def __init__(self, world: World, clock: Clock, on_stored: Callable[[], None] = lambda: None) -> None:
        self._world, self._clock, self._on_stored = world, clock, on_stored
        self._queue: list[tuple[Event, asyncio.Future[None]]] = []
        self._wake = asyncio.Event()
        self._attention = Attention(world)
        self.counts: Counter[str] = Counter()

    async def receive(self, event: Event) -> None:
        """Take in one event; returns once it is durable. Safe to call again with the same event."""
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._queue.append((event, done))
        self._wake.set()
        await done

    async def run(self) -> None:
        """Write what is queued, as much as there is, for ever."""
        while True:
            await self._wake.wait()
            self._wake.clear()
            while self._queue:
                batch, self._queue = self._queue[:MANY], self._queue[MANY:]
                await self._write(batch)

    async def _write(self, batch: list[tuple[Event, asyncio.Future[None]]]) -> None:
        try:
            await self.take_in([event for event, _ in batch])
        except Exception as error:
            log.exception("a batch could not be stored")
            if len(batch) > 1:  # one bad message must not cost its neighbours
                for one in batch:
                    await self._write([one])
            elif not batch[0][1].done():
                batch[0][1].set_exception(error)
            return
        for _, done in batch:
            if not done.done():
                done.set_result(None)

    async def take_in(self, events: Sequence[Event | First], *, stop_after: frozenset[str] = NOTHING) -> int:
        """Store a batch in one transaction; returns how many were taken in.

        That is all of them, unless one reads as a command named in `stop_after`: it is the last.
        """
        now = self._clock.now()
        looks: dict[int, Look] = {}
        taken, asked = 0, False
        for event in events:
            taken += 1
            key, look = self._attention.look(event)
            looks.setdefault(key, replace(look, receipt=False, passing=0) if asked else look)
            asked = asked or look.staff  # perhaps for receipts, or with an announcement
            if look.command in stop_after:
                break
        messages = sum(isinstance(event, (Incoming, First)) for event in events[:taken])
        async with transaction():
            new = await letters.mark_seen(list(looks), now)
            fresh = {key: look for key, look in looks.items() if key in new}
            kept = [look.waiting(key) for key, look in await self._deserving(fresh) if look.keep]
            await letters.store(kept)
            await pictures.keep([_picture(look) for look in fresh.values() if look.shown])
            counts = Counter(received=sum(look.message for look in fresh.values()))
            counts["duplicate"] = messages - counts["received"]
            counts["none"] = sum(look.silent for look in fresh.values())
            await letters.count(self._world.local(now).date(), counts)
        self._attention.busy(waiting.lane for waiting in kept)
        self.counts += counts
        if kept:
            self._on_stored()
        return taken

    async def _deserving(self, looks: Mapping[int, Look]) -> list[tuple[int, Look]]:
        """These without every 收到 that nobody waits for and every question about no announcement."""
        now, deserving = self._clock.now(), list(looks.items())
        if any(look.receipt for look in looks.values()) and not await announcements.awaits_receipts(now):
            deserving = [(key, look) for key, look in deserving if not look.receipt]
        if any(look.passing for look in looks.values()):
            hanging = await announcements.hanging(now)
            deserving = [
                (key, look) for key, look in deserving if not look.passing or _about_one(look, hanging)
            ]
        return deserving

    def idle(self, lane: str) -> None:
        """The engine has finished every turn of this conversation."""
        self._attention.idle(lane)

    async def recover(self) -> None:
        """After a start: attend again to those with whom something was going on."""
        now = self._clock.now()
        self._attention.resume(await reported.attended(now, now - ATTENTION), now)


def _about_one(look: Look, hanging: Sequence[Announcement]) -> bool:
    assert isinstance(look.event, Incoming)
    here = [one for one in hanging if look.event.where.room in one.sent]
    return passing.about_one(look.event.text, look.passing, here)


def _picture(look: Look) -> Picture:
    assert isinstance(look.event, Incoming)
    event = look.event
    return Picture(event.where.room, event.sender, event.id, look.shown, event.at)
