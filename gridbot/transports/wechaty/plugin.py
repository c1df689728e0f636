"""For those who already run a python-wechaty bot: gridbot as one of its plugins.

    from gridbot.transports.wechaty.plugin import GridbotPlugin, PluginTransport  # before wechaty itself
    from wechaty import Wechaty

    transport = PluginTransport()
    bot = Wechaty(...)
    bot.use(GridbotPlugin(transport))

and give `transport` to gridbot's App. Importing this module mends the imports of `wechaty`, which
Python 3.11 and later cannot import otherwise (see `imports.mend`).
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import Any

from gridbot.clock import Clock, SystemClock, sleep
from gridbot.errors import TransportError
from gridbot.transports import Receive
from gridbot.transports.wechaty import imports
from gridbot.transports.wechaty.bot_wire import BotWire
from gridbot.transports.wechaty.client import Deadlines, PuppetClient
from gridbot.transports.wechaty.mapping import NAME, Signal
from gridbot.transports.wechaty.puppet import PuppetTransport
from gridbot.transports.wechaty.signals import Told
from gridbot.transports.wechaty.supervisor import Pace
from gridbot.transports.wechaty.together import until_first_ends

imports.mend()

from wechaty import WechatyPlugin, WechatyPluginOptions  # noqa: E402

log = logging.getLogger(__name__)

SILENCES = 3  # so many proofs of life may fail before the bot is made to dial again

# What the package tells of each event, as gridbot reads it.
READ: dict[str, tuple[Signal, Callable[[Any], Told]]] = {
    "message": (Signal.MESSAGE, lambda told: Told(message=told.message_id)),
    "dong": (Signal.DONG, lambda told: Told(data=told.data or "")),
    "login": (Signal.LOGIN, lambda told: Told(contact=told.contact_id)),
    "logout": (Signal.LOGOUT, lambda told: Told(contact=told.contact_id, data=told.data or "")),
    "room-join": (
        Signal.ROOM_JOIN,
        lambda told: Told(room=told.room_id, who=tuple(told.invited_ids), timestamp=told.timestamp),
    ),
    "room-leave": (
        Signal.ROOM_LEAVE,
        lambda told: Told(room=told.room_id, who=tuple(told.removed_ids), timestamp=told.timestamp),
    ),
    "room-topic": (
        Signal.ROOM_TOPIC,
        lambda told: Told(room=told.room_id, topic=told.new_topic, timestamp=told.timestamp),
    ),
    "scan": (Signal.SCAN, lambda _: Told()),
}


class PluginTransport(PuppetTransport):
    """The account of a python-wechaty bot. It is up once its GridbotPlugin runs in a bot that logged in.

    Connecting is the bot's own affair (it waits a minute before it dials again). A line that has gone
    silent, which it would not notice, is noticed here and closed, so that it does dial again.
    """

    def __init__(
        self,
        *,
        clock: Clock | None = None,
        pace: Pace | None = None,
        deadlines: Deadlines | None = None,
        name: str = NAME,
    ) -> None:
        self._pace = pace or Pace()
        super().__init__(name, clock or SystemClock(), self._pace)
        self._bot: Any = None
        self._puppet_client = PuppetClient(BotWire(self._channel), deadlines or Deadlines())
        self._online = asyncio.Event()
        self._dong = asyncio.Event()
        self._answers_ding = False
        self._silences = 0

    async def run(self, receive: Receive) -> None:
        """Hear until cancelled."""
        try:
            await until_first_ends(self._watch(), self._delivery.run(receive))
        finally:
            self._hearing.close()

    def attach(self, bot: Any) -> None:
        """Listen to a bot that has just logged in, and again each time it dials anew."""
        if self._bot is bot:
            return
        self._bot = bot
        bridge = bot.init_puppet_event_bridge

        async def bridge_and_listen(puppet: Any) -> None:
            self._online.clear()
            self._hearing.down("the bot dials again")
            await bridge(puppet)
            self._listen(puppet)

        bot.init_puppet_event_bridge = bridge_and_listen
        self._listen(bot.puppet)
        self._logged_in()

    def _listen(self, puppet: Any) -> None:
        for event, (signal, read) in READ.items():
            puppet.on(event, self._handler(signal, read))

    def _handler(self, signal: Signal, read: Callable[[Any], Told]) -> Callable[[Any], None]:
        def handle(told: Any) -> None:
            if signal is Signal.DONG:
                self._answers_ding = True
                self._dong.set()
            if signal is Signal.LOGIN:
                self._online.set()
            self._hearing.signal(signal, read(told))

        return handle

    def _logged_in(self) -> None:
        account = self._bot.puppet.login_user_id
        if account:
            self._online.set()
            self._hearing.signal(Signal.LOGIN, Told(contact=account))

    async def _watch(self) -> None:
        while True:
            await sleep(self._pace.ding_every_s)
            if self._bot is not None:
                await self._prove_alive()

    async def _prove_alive(self) -> None:
        self._dong.clear()
        try:
            async with asyncio.timeout(self._pace.dong_within_s):
                await self._puppet_client.ding(deadline_s=self._pace.dong_within_s)
                if self._answers_ding:
                    await self._dong.wait()
        except (TransportError, TimeoutError):
            self._silent()
            return
        self._silences = 0
        if not self._online.is_set():
            self._logged_in()

    def _silent(self) -> None:
        self._silences += 1
        self._online.clear()
        self._hearing.down("the gateway gives no sign of life")
        channel = self._channel()
        if self._silences % SILENCES == 0 and channel is not None:
            log.warning("the bot's connection is closed so that it dials again")
            channel.close()

    def _channel(self) -> Any:
        puppet = getattr(self._bot, "_puppet", None)
        return getattr(puppet, "channel", None)

    def _client(self) -> PuppetClient | None:
        return self._puppet_client if self._channel() is not None else None

    async def _connected(self, within_s: float) -> PuppetClient | None:
        try:
            async with asyncio.timeout(within_s):
                await self._online.wait()
        except TimeoutError:
            return None
        return self._client()


class GridbotPlugin(WechatyPlugin):  # type: ignore[misc]
    """The plugin: `bot.use(GridbotPlugin(transport))`."""

    def __init__(self, transport: PluginTransport) -> None:
        super().__init__(WechatyPluginOptions(name="gridbot"))
        self._transport = transport

    async def init_plugin(self, wechaty: Any) -> None:
        """Called by the bot at its first login."""
        self._transport.attach(wechaty)
