"""Keeps one connection to a gateway: dials, proves that it lives, hangs up when it does not, dials again."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import random
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

from gridbot.clock import sleep
from gridbot.errors import FatalAuth, TransportError
from gridbot.transports.wechaty import signals
from gridbot.transports.wechaty.client import Deadlines, PuppetClient
from gridbot.transports.wechaty.faults import Occupied
from gridbot.transports.wechaty.mapping import Signal
from gridbot.transports.wechaty.signals import Told
from gridbot.transports.wechaty.together import until_first_ends
from gridbot.transports.wechaty.wire import Dial, GrpcioWire

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Pace:
    """How patient the supervisor is, in seconds.

    A dead connection is noticed `ding_every_s` + `dong_within_s` after its last sign of life.
    `takeover_after_s`: how long another client may hold the gateway before it is thrown off (which
    restarts the puppet); None = never. `offers`: how often `receive` is offered an event that it refuses,
    with pauses from `offer_pause_s` on, each twice the one before.
    """

    connect_s: float = 8
    ding_every_s: float = 10
    dong_within_s: float = 10
    retry_from_s: float = 0.5
    retry_to_s: float = 30
    takeover_after_s: float | None = None
    offers: int = 6
    offer_pause_s: float = 0.2


class Supervisor:
    """`on_signal` gets every event (number, fields) in the wire's order and may not wait;
    `on_up` and `on_down(why)` tell of the connection.
    """

    def __init__(
        self,
        dial: Dial,
        *,
        pace: Pace,
        deadlines: Deadlines,
        on_signal: Callable[[int, Told], None],
        on_up: Callable[[], None],
        on_down: Callable[[str], None],
    ) -> None:
        self._dial, self._pace, self._deadlines = dial, pace, deadlines
        self._on_signal, self._on_up, self._on_down = on_signal, on_up, on_down
        self._client: PuppetClient | None = None
        self._online = asyncio.Event()
        self._sign = asyncio.Event()  # set by every event
        self._signed_at = 0.0  # when the last one came, by the monotonic clock
        self._answers_ding = False  # whether this gateway's puppet was ever heard to say dong
        self._failures = 0
        self._occupied_s = 0.0

    @property
    def client(self) -> PuppetClient | None:
        """The live connection, or None."""
        return self._client

    async def connected(self, within_s: float) -> PuppetClient | None:
        """The live connection, waited for; None if there was none in time."""
        if self._client is not None:
            return self._client
        try:
            async with asyncio.timeout(within_s):
                await self._online.wait()
        except TimeoutError:
            return None
        return self._client

    async def run(self) -> None:
        """Stay connected until cancelled; raises FatalAuth when the gateway refuses the token."""
        while True:
            try:
                await self._hold()
            except FatalAuth:
                self._on_down("the gateway refuses the token")
                raise
            except TransportError as error:
                log.warning("the gateway is not connected reason=%s", error)
                self._on_down(str(error))
                wait_s = self._next_wait_s()
                self._occupied_s = self._occupied_s + wait_s if isinstance(error, Occupied) else 0
                await sleep(wait_s)

    async def _hold(self) -> None:
        """One connection, from dialling to its end; always raises."""
        client = PuppetClient(GrpcioWire(self._dial), self._deadlines)
        try:
            await self._take_over(client)
            self._sign.clear()
            await until_first_ends(self._listen(client), self._keep(client))
        finally:
            self._client = None
            self._online.clear()
            await client.close()

    async def _take_over(self, client: PuppetClient) -> None:
        after_s = self._pace.takeover_after_s
        if after_s is not None and self._occupied_s >= after_s > 0:
            log.warning("the gateway is taken over from another client")
            await client.stop()

    async def _listen(self, client: PuppetClient) -> None:
        async for number, payload in client.events():
            self._sign.set()
            self._signed_at = monotonic()
            self._answers_ding = self._answers_ding or number == Signal.DONG
            self._on_signal(number, signals.read(payload))
        raise TransportError("the gateway hung up", retryable=True)

    async def _keep(self, client: PuppetClient) -> None:
        await self._greet(client)
        self._client, self._failures = client, 0
        self._online.set()
        self._on_up()
        while True:
            quiet_s = monotonic() - self._signed_at
            if quiet_s < self._pace.ding_every_s:
                await sleep(self._pace.ding_every_s - quiet_s)
            else:
                await self._prove_alive(client)

    async def _greet(self, client: PuppetClient) -> None:
        """The order the gateway wants: listen first, then start; events between would be lost."""
        with contextlib.suppress(TimeoutError):  # not every gateway greets; Start tells whether it lives
            async with asyncio.timeout(self._pace.connect_s):
                await self._sign.wait()
        await client.start()
        self._signed_at = monotonic()

    async def _prove_alive(self, client: PuppetClient) -> None:
        """Ask for a sign of life; raises TransportError if none comes."""
        self._sign.clear()
        try:
            async with asyncio.timeout(self._pace.dong_within_s):
                await client.ding(deadline_s=self._pace.dong_within_s)
                if self._answers_ding:
                    await self._sign.wait()
        except TimeoutError:
            raise TransportError("the gateway gives no sign of life", retryable=True) from None
        self._signed_at = monotonic()

    def _next_wait_s(self) -> float:
        """Exponential, with jitter: many clients of one gateway must not come back all at once."""
        longest: float = min(self._pace.retry_to_s, self._pace.retry_from_s * 2**self._failures)
        self._failures = min(self._failures + 1, 16)
        return longest * random.uniform(0.5, 1)
