"""A chat platform that lives in memory: replay and tests talk through it. Deterministic, no network."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from dataclasses import replace

from gridbot.clock import Clock, SystemClock
from gridbot.errors import TransportError
from gridbot.messages import Attachment, Event, Incoming, Outgoing, Receipt
from gridbot.transports import Capability, Receive
from gridbot.transports.awaited import TRIES, Switched

log = logging.getLogger(__name__)


class MemoryTransport(Switched):
    """Hears what `hear` is given, remembers what is sent in `sent` (order of sending).

    Message ids are `out-1`, `out-2` … . An event given before `run` or while down is kept; `run` and
    `up` deliver it, an Incoming of an outage marked `late`. With `echo`, an uncertain send comes back
    as the bot's own message; `settle` waits until every echo was delivered.
    """

    def __init__(
        self, name: str = "memory", account: str = "bot", *, clock: Clock | None = None, echo: bool = True
    ) -> None:
        super().__init__(name, account)
        self.echo = echo
        self.capabilities = frozenset(Capability)
        self.sent: list[Outgoing] = []
        self.count = 0  # how many messages arrived; the last one's id is out-{count}
        self.files: dict[str, bytes] = {}  # what `fetch` answers, by Attachment.ref
        self._clock = clock or SystemClock()
        self._kept: deque[Event] = deque()
        self._failures: deque[TransportError] = deque()
        self._echoes: asyncio.Queue[Incoming] = asyncio.Queue()

    async def run(self, receive: Receive) -> None:
        """Deliver what was kept, then hear until cancelled."""
        self._receive = receive
        try:
            await self._deliver_kept()
            while True:
                echo = await self._echoes.get()
                try:
                    await self.hear(echo)
                finally:
                    self._echoes.task_done()
        finally:
            self._receive = None

    async def hear(self, event: Event) -> None:
        """Somebody said or did something; returns once `receive` has it (at once while down)."""
        if self._down:
            self._kept.append(replace(event, late=True) if isinstance(event, Incoming) else event)
        elif self._receive is None or self._kept:
            self._kept.append(event)
        else:
            await self._offer(event)

    async def up(self) -> None:
        """Back again: everything kept is delivered, oldest first, before this returns."""
        self._down = ""
        await self._deliver_kept()

    async def settle(self) -> None:
        """Wait until every echo so far was delivered; `run` must be running."""
        await self._echoes.join()

    def fail_next(self, n: int = 1, *, retryable: bool = True, uncertain: bool = False) -> None:
        """Let the next `n` sends fail; an uncertain one arrives (it is in `sent`) and fails all the same."""
        self._failures.extend(
            TransportError("simulated failure", retryable=retryable, uncertain=uncertain) for _ in range(n)
        )

    async def send(self, out: Outgoing) -> Receipt:
        """Record the message; raises TransportError while down or where `fail_next` said so."""
        self.require_up()
        failure = self._failures.popleft() if self._failures else None
        if failure is not None and not failure.uncertain:
            raise failure
        self.count += 1
        receipt = Receipt(id=f"out-{self.count}")
        self.arrived(out, f"out-{self.count}")
        if failure is None:
            return receipt
        if self.echo and receipt.id is not None:
            self._echoes.put_nowait(self._echo_of(out, receipt.id))
        raise failure

    def arrived(self, out: Outgoing, message_id: str) -> None:
        """A message is there to be read; overridden by who does not want to remember all of them."""
        self.sent.append(out)

    @property
    def failing(self) -> bool:
        """Whether the next send will fail."""
        return bool(self._failures) or bool(self._down)

    async def fetch(self, attachment: Attachment) -> bytes:
        """The bytes laid down in `files`; raises TransportError for an unknown ref."""
        if attachment.ref not in self.files:
            raise TransportError("no such attachment", retryable=False)
        return self.files[attachment.ref]

    def _echo_of(self, out: Outgoing, message_id: str) -> Incoming:
        at, say = self._clock.now(), out.say
        return Incoming(at=at, where=say.to, sender=self.account, id=message_id, text=say.text, own=True)

    async def _deliver_kept(self) -> None:
        while self._kept and self._receive is not None and not self._down:
            await self._offer(self._kept[0])
            self._kept.popleft()

    async def _offer(self, event: Event) -> None:
        for _ in range(TRIES):
            if self._receive is None:
                return
            try:
                await self._receive(event)
                return
            except Exception as error:
                log.warning("an event was not taken error=%s", type(error).__name__)
        log.error("an event was given up transport=%s", self.name)
