"""One turn: read, handle, commit. Turns that wait together share one commit; each is a part of its batch.

A turn waits for nothing but the database, so turns run back to back; what fails costs only itself: it
is undone, tried again, and parked after three tries while its conversation goes on.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime

from gridbot.clock import Clock, SetClock
from gridbot.errors import NotAllowed, Refusal, Unclear
from gridbot.handlers import pick
from gridbot.handlers.reports import living
from gridbot.handlers.routes import Handler
from gridbot.handlers.staff import supervising
from gridbot.handlers.tickets import which
from gridbot.handlers.trust import impersonation
from gridbot.handlers.turn import Turn
from gridbot.inbox.receiving import Inbox
from gridbot.inbox.scene import scene_of
from gridbot.messages import Address, Event, Incoming, Joined, Left, Recalled, Say, TopicChanged
from gridbot.models import acts, letters, recent
from gridbot.models.cases import ledger, questions
from gridbot.models.cases.tickets import Question
from gridbot.models.database import batched, transaction
from gridbot.models.mail import Inbox as Row
from gridbot.models.territory import reached
from gridbot.models.territory.directory import Directory
from gridbot.nlp import SILENCE
from gridbot.outbox import Outbox
from gridbot.wire import from_json, speaker
from gridbot.world import World

log = logging.getLogger(__name__)

TRIES = 3
TURNS = 200  # turns a commit
SEVERAL = 4  # turns for which it pays to look once for all
LOOK_EVERY_S = 0.2  # how soon a worker sees what another process stored


class Engine:
    """Takes turns as soon as something is `stored`; `reload` is awaited after a turn that changed the org."""

    def __init__(
        self,
        world: World,
        clock: Clock,
        inbox: Inbox,
        outbox: Outbox,
        routes: Mapping[str, Handler],
        reload: Callable[[], Awaitable[Directory]],
        stored: asyncio.Event,
    ) -> None:
        self._world, self._clock, self._inbox, self._outbox = world, clock, inbox, outbox
        self._routes, self._reload = routes, reload
        self._wake = stored
        self.counts: Counter[str] = Counter()

    def wake(self) -> None:
        """Something was stored."""
        self._wake.set()

    async def run(self) -> None:
        """Take turns for ever: at once when this process stored something, else by looking."""
        while True:
            self._wake.clear()
            await self.take_all()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), timeout=LOOK_EVERY_S)

    async def take_all(self) -> None:
        """Take every turn that waits."""
        while await self.take_turns():
            pass

    async def take_turns(self, limit: int = TURNS) -> int:
        """Take the turns that wait, at most `limit`, in one commit; returns how many were tried.

        Where a batch of them cannot be written, the same is done in plain statements: the turn whose fault
        it was fails alone.
        """
        await self.follow_the_org()
        try:
            async with batched():
                rows = await letters.claim(limit)
                await self.look(rows)
                return await self.take(rows)
        except Exception:
            log.exception("a batch of turns failed; they are taken again one by one")
        async with transaction():
            return await self.take(await letters.claim(limit))

    async def look(self, rows: Sequence[Row]) -> None:
        """Look once for all of these turns at what each would ask."""
        if len(rows) >= SEVERAL:
            people = [speaker(row.event) for row in rows]
            await self._world.directory.meet(people)
            speaking = {contact for _, contact in people}
            await recent.look(speaking)
            await ledger.look(f"ticket:{no}" for no in recent.reported_by(speaking))
            await self._outbox.look({row.lane for row in rows}, self._now(rows[-1]))

    async def take(self, rows: Sequence[Row]) -> int:
        """Take these turns in this order, all in one transaction; returns how many were tried.

        After a turn that changed the org the others wait: `follow_the_org` comes first.
        """
        done: list[Row] = []
        stuck: set[str] = set()
        async with transaction():
            for row in rows:
                if row.lane in stuck:
                    continue
                if not await self.attempt(row):
                    stuck.add(row.lane)
                    continue
                done.append(row)
                if self._world.org_changed:
                    break
            await self.finish(done)
        self._idle(rows, done)
        return len(done) + len(stuck)

    async def finish(self, done: Sequence[Row]) -> None:
        """These turns have been taken: their messages leave the queue."""
        taken = await letters.take([row.id for row in done]) if done else ()
        if len(taken) != len(done):
            raise RuntimeError("another process took these turns")
        self.counts["turns"] += len(done)

    def _idle(self, rows: Sequence[Row], done: Sequence[Row]) -> None:
        finished = {row.id for row in done}
        open_lanes = {row.lane for row in rows if row.id not in finished}
        for row in done:
            if row.lane not in open_lanes:
                self._inbox.idle(row.lane)

    async def follow_the_org(self) -> None:
        """Go by the org as the last turns left it."""
        if self._world.org_changed:
            self._world.org_changed = False
            self._world.directory = await self._reload()

    def _now(self, row: Row) -> datetime:
        """The moment of a turn: in replay the message's own, else the present."""
        if isinstance(self._clock, SetClock):
            return max(self._clock.now(), row.received_at)
        return self._clock.now()

    async def attempt(self, row: Row) -> bool:
        """Take one turn, its answers queued; False when it failed and its conversation has to wait."""
        try:
            await self._answer(row)
        except Exception as error:
            log.exception("a turn failed", extra={"inbox": row.id})
            self.counts["failed"] += 1
            parked = await letters.failed(row, type(error).__name__, TRIES)
            self.counts["parked"] += parked
            return False
        return True

    async def _answer(self, row: Row) -> None:
        """Handle the message; a refusal undoes whatever was written and is itself the answer."""
        turn: Turn | None = None
        try:
            async with transaction():
                turn = await self._prepare(row)
                if turn is not None:
                    await self._outbox.put(await self._handle(turn), at=turn.now, turn=row.id)
        except Refusal as refusal:
            assert turn is not None
            async with transaction():
                await self._outbox.put(await self._refuse(turn, refusal), at=turn.now, turn=row.id)

    async def _prepare(self, row: Row) -> Turn | None:
        event = from_json(row.event)
        now = self._now(row)
        world = self._world
        heard = event if isinstance(event, Incoming) else _wordless(event)
        person = await world.directory.person(heard.where.transport, heard.sender)
        if person.opted_out and not heard.where.private:
            return None
        group = world.directory.group(heard.where.transport, heard.where.room)
        for contact, place in world.heard_from(heard.sender, heard.where, group).items():
            await reached.note(contact, place, now)
        reading = (
            world.read(heard.text, heard.at, scene_of(world, heard))
            if isinstance(event, Incoming)
            else SILENCE
        )
        turn = Turn(row.id, heard, reading, person, group, now, world, event=event)
        turn.grid = self._grid(turn) or await living.grid(turn)
        turn.question = await self._open_question(turn)
        return turn

    @staticmethod
    def _grid(turn: Turn) -> str:
        if turn.group is not None:
            return turn.group.node
        if turn.person.home is not None:
            return turn.person.home.node
        return turn.person.posts[0].node if turn.person.posts else ""

    @staticmethod
    async def _open_question(turn: Turn) -> Question | None:
        return await questions.newest(turn.heard.sender, turn.heard.where.lane, turn.now)

    async def _handle(self, turn: Turn) -> Sequence[Say]:
        intent = pick(turn)
        handler = self._routes.get(intent)
        self.counts[f"intent.{intent}"] += 1
        if not supervising.may(turn, intent):
            raise NotAllowed
        watched = await impersonation.watch(turn)
        if handler is not None:
            says = await handler(turn) or await self._anew(turn, intent)
            return [*watched, *says] if watched else says
        asked = turn.reading.command is not None and turn.reading.command.sure
        return [turn.whisper("refuse.not_yet")] if asked else ()

    @staticmethod
    async def _anew(turn: Turn, intent: str) -> Sequence[Say]:
        """An open question makes nobody deaf: words of a colleague that do not answer it are taken anew."""
        spoken = turn.private and turn.person.is_staff and turn.heard.text.strip() and not turn.media
        return await which.anew(turn) if spoken and intent.startswith("?") else ()

    async def _refuse(self, turn: Turn, refusal: Refusal) -> Sequence[Say]:
        if isinstance(refusal, NotAllowed):
            await acts.record(turn.person.who, turn.now, "refused", pick(turn), turn.grid)
            if turn.person.is_staff and refusal.key == NotAllowed().key:
                return [turn.whisper("refuse.not_your_post")]
        if isinstance(refusal, Unclear):
            where = turn.private_with(turn.heard.sender)
            await turn.ask(turn.heard.sender, refusal.kind, where=where, data=refusal.data)
        return [turn.refuse(refusal)]


def _wordless(event: Event) -> Incoming:
    """What a join, a recall, an outage … looks like to a Turn: a message without words."""
    if isinstance(event, Joined | Left):
        return Incoming(event.at, event.where, event.who[0] if event.who else "", event.id)
    if isinstance(event, Recalled):
        return Incoming(event.at, event.where, event.sender or "", event.message_id)
    if isinstance(event, TopicChanged):
        return Incoming(event.at, event.where, "", event.id)
    assert not isinstance(event, Incoming)
    return Incoming(event.at, Address(event.transport, event.account), "", "")
