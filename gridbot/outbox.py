"""Sending: queued inside the transaction that caused it, sent after the commit, in order, at a human pace.

Rules of conduct that need the whole picture are kept here, in `put`: quiet hours and the number of
messages a group gets in a day. What was being sent when the process died, or when the wire broke, may
have arrived: the bot's own echo settles it, and only without one it is sent again.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol

from gridbot.clock import Breath, Clock, SetClock, sleep
from gridbot.errors import TransportError
from gridbot.messages import Address, Incoming, Outgoing, Receipt, Say
from gridbot.models import letters, plain
from gridbot.models.mail import Outbox as Row
from gridbot.models.territory.directory import Group
from gridbot.values import value
from gridbot.wire import say_from
from gridbot.world import World

log = logging.getLogger(__name__)

ECHO_WAIT = timedelta(seconds=30)  # how long an uncertain send waits for the bot's own echo
EARLY_ECHOES = 500  # echoes remembered for sends that are given up later
FIRST_RETRY_S = 2.0
LONGEST_RETRY_S = 600.0
MANY = 500  # messages queued before others get their turn
LOOK_EVERY_S = 0.3  # how soon a gateway sees what another process queued


class Sender(Protocol):
    """All the outbox wants of a transport."""

    @property
    def state(self) -> str:
        """ "up", or why nothing can be sent now."""
        ...

    async def send(self, out: Outgoing) -> Receipt:
        """Raises TransportError."""
        ...


@value(frozen=True, slots=True)
class Pace:
    """How fast messages leave. Replay leaves at once: Pace(0, 0)."""

    account_gap_s: float = 0.5
    room_gap_s: float = 0.5
    tries: int = 6
    batch: int = 1  # rows marked "being sent" at a time: after a crash so many may arrive twice


class Outbox:
    """`put` queues, `deliver` sends what is due, `heard_own` settles uncertain sends."""

    def __init__(
        self,
        world: World,
        clock: Clock,
        senders: Mapping[str, Sender],
        pace: Pace,
        on_queued: Callable[[], None] = lambda: None,
    ) -> None:
        self._world, self._clock, self._senders, self._pace = world, clock, senders, pace
        self._wake = asyncio.Event()
        self._on_queued = on_queued
        self._early: OrderedDict[tuple[str, str], Incoming] = OrderedDict()  # echoes that settled nothing yet
        self._last_sent: dict[str, float] = {}
        self.counts: Counter[str] = Counter()
        self.sent: list[Callable[[Row], None]] = []  # told of every message that left

    # --- queueing -----------------------------------------------------------------------------------------

    async def put(self, says: Sequence[Say], *, at: datetime, turn: int | None = None) -> None:
        """Queue messages in the running transaction; they leave after the commit."""
        if not says:
            return
        counts, breath = await self._counts(says, at), Breath()
        for start in range(0, len(says), MANY):
            admitted = [self._admit(say, at, counts) for say in says[start : start + MANY]]
            leaving = [say for say in admitted if say is not None]
            if leaving:
                await letters.post(leaving, at, turn)
                self._wake.set()
                self._on_queued()
            await breath.take()

    async def look(self, lanes: Iterable[str], now: datetime) -> None:
        """Look once for all turns of the running batch how many messages these groups have had."""
        await letters.group_messages_since(sorted(lanes), self._world.midnight(now))

    async def _counts(self, says: Sequence[Say], at: datetime) -> dict[str, int]:
        """How many messages the residents' groups that are spoken to have had on the day."""
        lanes = {
            say.to.lane
            for say in says
            if not say.to.private and not say.urgent and self._residents(say) is not None
        }
        if not lanes:
            return {}
        return await letters.group_messages_since(sorted(lanes), self._world.midnight(at))

    def _residents(self, say: Say) -> Group | None:
        """The residents' group a message goes to, if it goes to one."""
        group = self._world.directory.group(say.to.transport, say.to.room)
        return group if group is not None and group.residents else None

    def _admit(self, say: Say, at: datetime, counts: dict[str, int]) -> Say | None:
        """The message as it may go out: later, in private instead, or (None) not at all."""
        if say.to.private or say.urgent:
            return say
        group = self._residents(say)
        if group is None:
            return say
        if group.muted_until is not None and at < group.muted_until:
            return self._instead(say)
        if self._world.quiet(at, group.node):
            say = self._instead(say) or replace(say, not_before=self._world.quiet_ends(at, group.node))
        if say.to.private:
            return say
        lane = say.to.lane
        counts[lane] += 1
        return say if counts[lane] <= self._world.conduct.group_messages_a_day else self._instead(say)

    @staticmethod
    def _instead(say: Say) -> Say | None:
        if say.instead is None:
            return None
        return replace(say, to=replace(say.to, room=None, contact=say.instead), mentions=(), instead=None)

    # --- sending ------------------------------------------------------------------------------------------

    def open_transports(self) -> list[str]:
        """The transports by which something can leave now; what belongs to the others waits untried."""
        return [name for name, sender in self._senders.items() if sender.state == "up"]

    async def recover(self) -> None:
        """After a start: what was being sent when the process died may have arrived."""
        count = await letters.left_in_flight(self._clock.now())
        if count:
            log.warning("messages were in flight at the last stop: %d", count)

    async def run(self) -> None:
        """Send what is due, for ever."""
        while True:
            if await self.deliver():
                continue
            self._wake.clear()
            due = await letters.next_leaving(self.open_transports())
            wait_s = LOOK_EVERY_S if due is None else (due - self._clock.now()).total_seconds()
            try:
                await asyncio.wait_for(self._wake.wait(), timeout=max(0.02, min(wait_s, LOOK_EVERY_S)))
            except TimeoutError:
                continue

    async def deliver(self, until: datetime | None = None) -> int:
        """Send what is due now (or by `until`), one batch; returns how many were tried."""
        now = until or self._clock.now()
        rows = await letters.ready(now, 200, self.open_transports())
        if not rows:
            return 0
        held = await letters.held_lanes(now)
        tried = 0
        for start in range(0, len(rows), self._pace.batch):
            part = rows[start : start + self._pace.batch]
            await self._hold_back([row for row in part if self._held(row, held)], held)
            part = [row for row in part if not self._held(row, held)]
            if part:
                await letters.sending(part)
                for row in part:
                    if row.lane in held and not row.urgent:  # the one before it has just failed
                        row.state, row.attempts, row.due_at = "queued", row.attempts - 1, held[row.lane]
                    else:
                        await self._send(row, now, held)
                await letters.settle(part)
            tried += len(part)
        return tried

    @staticmethod
    def _held(row: Row, held: Mapping[str, datetime]) -> bool:
        """Whether an earlier message of the conversation waits for its next try; order is kept."""
        return row.lane in held and not row.urgent and row.attempts == 0

    @staticmethod
    async def _hold_back(rows: Sequence[Row], held: Mapping[str, datetime]) -> None:
        for row in rows:
            row.due_at = held[row.lane]
        await letters.settle(rows)

    async def _send(self, row: Row, now: datetime, held: dict[str, datetime]) -> None:
        await self._keep_pace(row)
        to = Address(row.transport, row.account, row.room, row.contact)
        now = self._moment_of(row, now)
        sender = self._senders.get(row.transport)
        if self._early:
            self._early.pop((row.lane, row.text), None)  # an echo of an earlier message with the same words
        out = Outgoing(str(row.id), say_from(to, row.text, row.key, row.urgent, row.extra), row.attempts)
        try:
            if sender is None:
                raise TransportError("no such transport", retryable=False)
            receipt = await sender.send(out)
        except TransportError as error:
            self._failed(row, error, now)
            if row.due_at is not None:
                held[row.lane] = row.due_at
            return
        self._arrived(row, now, receipt.id)

    def _moment_of(self, row: Row, now: datetime) -> datetime:
        """When a message leaves: now; in replay at its own time, whenever it is sent."""
        if not isinstance(self._clock, SetClock) or row.due_at is None:
            return now
        self._clock.set(row.due_at)
        return self._clock.now()

    def _failed(self, row: Row, error: TransportError, now: datetime) -> None:
        row.fault = str(error)[:255]
        echo = self._early.pop((row.lane, row.text), None) if error.uncertain else None
        if echo is not None:
            self._arrived(row, now, echo.id)
        elif error.uncertain:
            row.state, row.due_at = "unknown", now + ECHO_WAIT
            self.counts["uncertain"] += 1
        elif error.retryable and row.attempts < self._pace.tries:
            wait_s = min(FIRST_RETRY_S * 2 ** (row.attempts - 1), LONGEST_RETRY_S)
            row.state, row.due_at = "queued", now + timedelta(seconds=wait_s)
            self.counts["retried"] += 1
        else:
            row.state, row.due_at = "dead", None
            self.counts["dead"] += 1
            log.error("a message cannot be sent", extra={"outbox": row.id})

    async def heard_own(self, echo: Incoming) -> None:
        """The platform shows the bot its own message: an uncertain send of it did arrive.

        The echo may be here before the send is given up, so one that settles nothing is remembered.
        """
        row = await letters.uncertain(echo.where.lane, echo.text)
        if row is None:
            self._early[echo.where.lane, echo.text] = echo
            while len(self._early) > EARLY_ECHOES:
                self._early.popitem(last=False)
            return
        self._arrived(row, echo.at, echo.id)
        await letters.settle([row])

    def _arrived(self, row: Row, at: datetime, sent_id: str | None) -> None:
        plain.put_into(row, state="sent", due_at=None, sent_at=at, sent_id=sent_id)
        self.counts["sent"] += 1
        for tell in self.sent:
            tell(row)

    async def _keep_pace(self, row: Row) -> None:
        if self._pace.account_gap_s <= 0 and self._pace.room_gap_s <= 0:
            return
        for key, gap_s in (
            (row.transport + row.account, self._pace.account_gap_s),
            (row.lane, self._pace.room_gap_s),
        ):
            if gap_s <= 0:
                continue
            loop = asyncio.get_running_loop()
            wait_s = self._last_sent.get(key, -1e9) + gap_s - loop.time()
            if wait_s > 0:
                await sleep(wait_s)
            self._last_sent[key] = loop.time()
