"""From the wire's order to `receive`: fetched side by side, delivered one at a time in a conversation."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any

from gridbot.clock import sleep
from gridbot.messages import Event
from gridbot.transports import Receive

log = logging.getLogger(__name__)

Make = Callable[[], Awaitable[Event | None]]


class Delivery:
    """Takes what was heard in its order, turns at most `fetching` into events at once, and hands each
    conversation's events to `receive` in that order; different conversations do not wait for each other.

    An event that `receive` will not take is offered `tries` times, then logged and given up.
    """

    def __init__(
        self, *, fetching: int = 32, in_hand: int = 1000, tries: int = 3, pause_s: float = 0.2
    ) -> None:
        self._tries, self._pause_s = tries, pause_s
        self._heard: asyncio.Queue[Make] = asyncio.Queue()
        self._making: asyncio.Queue[asyncio.Task[Event | None]] = asyncio.Queue(fetching)
        self._free = asyncio.Semaphore(in_hand)
        self._lanes: dict[str, deque[Event]] = {}
        self._workers: set[asyncio.Task[None]] = set()

    def take(self, make: Make) -> None:
        """Something was heard; `make` fetches the event (None = nothing to tell). Never waits."""
        self._heard.put_nowait(make)

    def tell(self, event: Event) -> None:
        """Something was heard that needs no fetching."""

        async def ready() -> Event:
            return event

        self.take(ready)

    async def run(self, receive: Receive) -> None:
        """Deliver until cancelled."""
        fetcher = asyncio.create_task(self._fetch())
        try:
            while True:
                event = await self._made(await self._making.get())
                if event is not None:
                    await self._free.acquire()
                    self._put(event, receive)
        finally:
            await self._stop(fetcher)

    async def _stop(self, fetcher: asyncio.Task[None]) -> None:
        under_way: list[asyncio.Task[Any]] = [fetcher, *self._workers]
        while not self._making.empty():
            under_way.append(self._making.get_nowait())
        for task in under_way:
            task.cancel()
        await asyncio.gather(*under_way, return_exceptions=True)

    async def _fetch(self) -> None:
        while True:
            make = await self._heard.get()
            await self._making.put(asyncio.ensure_future(make()))

    async def _made(self, making: asyncio.Task[Event | None]) -> Event | None:
        try:
            return await making
        except Exception as error:  # one unreadable message must not stop the rest
            log.error("an event could not be read error=%s", type(error).__name__)
            return None

    def _put(self, event: Event, receive: Receive) -> None:
        lane = lane_of(event)
        if lane in self._lanes:
            self._lanes[lane].append(event)
            return
        self._lanes[lane] = deque([event])
        worker = asyncio.create_task(self._drain(lane, receive))
        self._workers.add(worker)
        worker.add_done_callback(self._workers.discard)

    async def _drain(self, lane: str, receive: Receive) -> None:
        waiting = self._lanes[lane]
        while waiting:
            await self._offer(waiting[0], receive)
            waiting.popleft()
            self._free.release()
        del self._lanes[lane]

    async def _offer(self, event: Event, receive: Receive) -> None:
        for attempt in range(self._tries):
            try:
                await receive(event)
                return
            except Exception as error:
                log.warning("an event was not taken error=%s attempt=%d", type(error).__name__, attempt + 1)
                await sleep(self._pause_s * 2**attempt)
        log.error("an event was given up kind=%s", type(event).__name__)


def lane_of(event: Event) -> str:
    """The key within which order is kept; what concerns the account itself is one lane."""
    where = getattr(event, "where", None)
    return "" if where is None else str(where.lane)
