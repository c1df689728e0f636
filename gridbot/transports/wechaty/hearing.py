"""From a gateway's events to gridbot's: who is logged in, what was said, who came and went."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from datetime import datetime, timedelta
from functools import partial
from typing import TypeVar

from gridbot.clock import Clock, sleep
from gridbot.errors import TransportError
from gridbot.messages import Event, Gap, LoggedIn, LoggedOut
from gridbot.transports.wechaty import mapping
from gridbot.transports.wechaty.client import PuppetClient
from gridbot.transports.wechaty.delivery import Delivery
from gridbot.transports.wechaty.mapping import Account, Kind, Payload, Signal
from gridbot.transports.wechaty.names import Names
from gridbot.transports.wechaty.recovery import Recovery
from gridbot.transports.wechaty.signals import Told

log = logging.getLogger(__name__)

Got = TypeVar("Got")
Connected = Callable[[float], Awaitable[PuppetClient | None]]

READS = 3  # how often a message is asked for before it counts as missed
RECONNECT_S = 60.0  # how long a message waits for a connection before it counts as missed
LATE_AFTER = timedelta(minutes=5)  # older than this when heard: said during an outage, not a clock's error
REPORT_AFTER_S = 1.0  # messages missed within this time are one Gap


class Hearing:
    """One account's ears. `connected(within_s)` gives the live connection; events go to `delivery`."""

    def __init__(
        self, transport: str, clock: Clock, delivery: Delivery, connected: Connected, *, patience_s: float
    ) -> None:
        self._transport, self._clock, self._delivery = transport, clock, delivery
        self._connected = connected
        self.names = Names(self._ask_name)
        self.account = ""
        self.state = "connecting"
        self._logged_in = False
        self._introduced: set[str] = set()  # groups whose name was told
        self._heard_at: datetime | None = None
        self._missed_since: datetime | None = None
        self._recovery = Recovery(clock, self._gap, patience_s=patience_s)
        self._tasks: set[asyncio.Task[None]] = set()
        self._act = {
            Signal.MESSAGE: self._message,
            Signal.DONG: lambda told: self._recovery.dong(told.data),
            Signal.LOGIN: self._login,
            Signal.LOGOUT: self._logout,
            Signal.ROOM_JOIN: self._room_join,
            Signal.ROOM_LEAVE: self._room_leave,
            Signal.ROOM_TOPIC: self._room_topic,
            Signal.DIRTY: self._dirty,
            Signal.SCAN: self._scan,
            Signal.ERROR: lambda _: log.warning("the puppet reports an error"),
        }

    def signal(self, number: int, told: Told) -> None:
        """One event of the gateway, in the wire's order; unknown kinds are passed over."""
        self._heard_at = self._clock.now()
        act = self._act.get(number)  # type: ignore[call-overload]
        if act is not None:
            act(told)

    def up(self) -> None:
        """The gateway is connected; whether the account is logged in, it says itself."""
        if not self._logged_in:
            self.state = "down: not logged in"

    def down(self, why: str) -> None:
        """The connection broke or could not be made."""
        self._logged_in = False
        self.state = f"down: {why}"
        if self._heard_at is not None:
            self._recovery.away(self._heard_at)

    def away(self, since: datetime) -> None:
        """Nobody has listened since then."""
        self._recovery.away(since)

    def close(self) -> None:
        """No more hearing."""
        self.names.close()
        for task in self._tasks:
            task.cancel()

    def _login(self, told: Told) -> None:
        self.account, self._logged_in, self.state = told.contact, True, "up"
        self._delivery.tell(LoggedIn(self._clock.now(), self._transport, self.account))
        self._start(self._recover())

    def _start(self, work: Coroutine[object, object, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _recover(self) -> None:
        client = await self._connected(RECONNECT_S)
        if client is not None:
            await self._recovery.back(client)

    def _logout(self, told: Told) -> None:
        at = self._clock.now()
        self._logged_in, self.state = False, "down: logged out"
        self._recovery.away(at)
        self._delivery.tell(LoggedOut(at, self._transport, self.account, why=told.data))

    def _scan(self, _: Told) -> None:
        self._logged_in, self.state = False, "down: waits for its QR code to be scanned"
        log.warning("the account waits for its QR code to be scanned")

    def _gap(self, since: datetime, until: datetime) -> None:
        at = self._clock.now()
        self._delivery.tell(Gap(at, self._transport, self.account, since=since, until=until))

    def _message(self, told: Told) -> None:
        late = self._recovery.replaying
        self._delivery.take(partial(self._fetch, told.message, self._clock.now(), late))

    async def _fetch(self, message_id: str, heard_at: datetime, late: bool) -> Event | None:
        try:
            payload = await self._read(lambda client: client.message(message_id, otherwise=heard_at))
        except TransportError as error:
            log.error("a message could not be read reason=%s", error)
            self._missed(heard_at)
            return None
        if payload.room and payload.room not in self._introduced:
            self._introduced.add(payload.room)
            self._start(self._introduce(payload.room))
        return mapping.heard(
            payload,
            await self._account_for(payload),
            sender_name=await self.names.of(payload.talker, payload.room or None),
            place=await self._place(payload),
            late=late or heard_at - payload.at > LATE_AFTER,
        )

    async def _introduce(self, room: str) -> None:
        """What a group is called, told when it is first heard: platforms tell only that a name changes."""
        try:
            topic = await self._read(lambda client: client.topic(room))
        except TransportError:
            self._introduced.discard(room)
            return
        if topic:
            self._delivery.tell(mapping.renamed(room, topic, self._clock.now(), self._me()))

    def _missed(self, heard_at: datetime) -> None:
        """A message is lost though its coming was heard; several at once make one Gap."""
        if self._missed_since is None:
            self._start(self._report_missed())
        self._missed_since = min(heard_at, self._missed_since or heard_at)

    async def _report_missed(self) -> None:
        await sleep(REPORT_AFTER_S)
        since, self._missed_since = self._missed_since, None
        if since is not None:
            self._gap(since, self._clock.now())

    async def _account_for(self, payload: Payload) -> Account:
        """The account, with what it is called there if the text might mean it."""
        if "@" not in payload.text and "＠" not in payload.text:
            return self._me()
        room = payload.room or None
        names = (await self.names.of(self.account, room), await self.names.of(self.account))
        return Account(self._transport, self.account, names)

    async def _place(self, payload: Payload) -> str:
        if payload.kind != Kind.LOCATION:
            return ""
        try:
            return (await self._read(lambda client: client.location(payload.id))).words
        except TransportError:
            return ""

    def _me(self) -> Account:
        return Account(self._transport, self.account)

    def _room_join(self, told: Told) -> None:
        self.names.forget_room(told.room)
        at = mapping.moment(told.timestamp, self._clock.now())
        self._delivery.take(partial(self._joined, told, at))

    async def _joined(self, told: Told, at: datetime) -> Event:
        names = [await self.names.of(who, told.room) for who in told.who]
        return mapping.joined(told.room, told.who, names, at, self._me())

    def _room_leave(self, told: Told) -> None:
        self.names.forget_room(told.room)
        at = mapping.moment(told.timestamp, self._clock.now())
        self._delivery.tell(mapping.left(told.room, told.who, at, self._me()))

    def _room_topic(self, told: Told) -> None:
        at = mapping.moment(told.timestamp, self._clock.now())
        self._delivery.tell(mapping.renamed(told.room, told.topic, at, self._me()))

    def _dirty(self, told: Told) -> None:
        if told.dirty_kind == mapping.DIRTY_CONTACT:
            self.names.forget_contact(told.dirty_id)
        elif told.dirty_kind in (mapping.DIRTY_ROOM, mapping.DIRTY_MEMBER):
            self.names.forget_room(told.dirty_id)

    async def _ask_name(self, room: str | None, contact: str) -> str:
        if room is None:
            return await self._read(lambda client: client.contact_name(contact))
        return await self._read(lambda client: client.member_name(room, contact))

    async def _read(self, ask: Callable[[PuppetClient], Awaitable[Got]]) -> Got:
        """Ask a harmless question, again if the connection breaks under it; raises TransportError."""
        failure = TransportError("not connected", retryable=True)
        for _ in range(READS):
            client = await self._connected(RECONNECT_S)
            if client is None:
                break
            try:
                return await ask(client)
            except TransportError as error:
                failure = error
                if not error.retryable:
                    break
        raise failure
