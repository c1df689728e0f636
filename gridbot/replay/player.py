"""Playing the lines of a log, one moment after the other, with everything that falls due in between."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import singledispatchmethod
from itertools import groupby

from gridbot.inbox.first_look import First
from gridbot.messages import Attachment, Event, Gap, Incoming, Joined, Left, Recalled
from gridbot.replay.log import Crash, Gateway, Import, Line, Message, Presence, Recall, Sends
from gridbot.replay.platform import Platform
from gridbot.replay.stage import Stage

AT_ONCE = 4000


class Player:
    """Plays lines on a stage.

    What a crash line shares its moment with was stored when the process died, but not yet answered.
    Up to `at_once` messages that follow each other are heard together (0: each alone); what comes of
    it is the same.
    """

    def __init__(
        self, stage: Stage, platform: Platform, progress: Callable[[int], None], at_once: int = AT_ONCE
    ) -> None:
        self._stage, self._platform, self._progress = stage, platform, progress
        self._down_since: datetime | None = None
        self._missed: list[Event] = []
        self._at_once = at_once
        self._gathering: list[Incoming | First] = []
        self._midnight = datetime.min.replace(tzinfo=UTC)  # the end of their day
        self._played = 0

    async def play(self, lines: Iterable[Line | First], until: datetime | None = None) -> None:
        """Play all lines, then let the clock run on to `until` (else to the last line's moment)."""
        at = None
        for at, together in groupby(lines, key=lambda line: line.at):
            moment = list(together)
            if not await self._gathered(moment):
                await self._hear_gathered()
                await self._moment(at, moment)
        await self._hear_gathered()
        end = until or at
        if end is not None:
            await self._stage.advance(end)

    # --- many messages at once --------------------------------------------------------------------------

    async def _gathered(self, lines: Sequence[Line | First]) -> bool:
        """Put messages aside to be heard together; False where these have to be played one by one."""
        if self._down_since is not None or not self._at_once:
            return False
        for line in lines:
            if isinstance(line, First):
                continue
            if not isinstance(line, Message) or line.redeliver or self._unsaid(line):
                return False
        if self._gathering and not self._fits(lines[0]):
            await self._hear_gathered()
        if not self._gathering:
            if not await self._stage.calm():
                return False
            self._midnight = self._stage.app.world.midnight(lines[0].at) + timedelta(days=1)
        for line in lines:
            if isinstance(line, First):
                if line.id in self._platform.wanted:
                    self._remember(line.event())
                self._gathering.append(line)
            else:
                assert isinstance(line, Message)
                event = self._heard(line)
                self._remember(event)
                self._gathering.append(event)
        return True

    def _remember(self, event: Incoming) -> None:
        self._platform.remember(event.where, event.id, event.text, event.sender)

    def _unsaid(self, line: Message) -> bool:
        """Whether it quotes what nobody has said yet: perhaps what the bot is about to say."""
        return line.quote is not None and not self._platform.knows(line.quote)

    def _fits(self, line: Line | First) -> bool:
        """Whether it is of the same day, and there are not too many."""
        return line.at < self._midnight and len(self._gathering) < self._at_once

    async def _hear_gathered(self) -> None:
        events, self._gathering = self._gathering, []
        if events:
            await self._stage.hear_all(events)
            self._played += len(events)
            self._progress(self._played)

    # --- one by one -------------------------------------------------------------------------------------

    async def _moment(self, at: datetime, lines: Sequence[Line | First]) -> None:
        await self._stage.advance(at)
        last_crash = max((n for n, line in enumerate(lines) if isinstance(line, Crash)), default=-1)
        for number, line in enumerate(lines):
            await self._play(line)
            if number >= last_crash:
                await self._stage.settle()
            self._played += 1
            self._progress(self._played)

    @singledispatchmethod
    async def _play(self, line: Line | First) -> None:
        raise NotImplementedError(type(line).__name__)

    @_play.register
    async def _(self, line: Message) -> None:
        event = self._heard(line)
        self._remember(event)
        await self._arrive(event, twice=line.redeliver)

    @_play.register
    async def _(self, line: First) -> None:
        self._remember(line.event())
        await self._arrive(line.event())

    @_play.register
    async def _(self, line: Recall) -> None:
        known = self._platform.place_of(line.id)
        if known is not None:
            where, sender = known
            await self._arrive(Recalled(line.at, where, line.id, sender, f"line-{line.number}"))

    @_play.register
    async def _(self, line: Presence) -> None:
        where = self._stage.where(line.room, line.sender)
        event_id = f"line-{line.number}"
        if line.joined:
            await self._arrive(Joined(line.at, where, (line.sender,), (line.name,), event_id))
        else:
            await self._arrive(Left(line.at, where, (line.sender,), event_id))

    @_play.register
    async def _(self, line: Gateway) -> None:
        if not line.up:
            self._down_since = self._down_since or line.at
            self._platform.down("the log says so")
        elif self._down_since is not None:
            since, self._down_since = self._down_since, None
            missed, self._missed = self._missed, []
            await self._platform.up()
            account = self._platform.account
            await self._stage.take_in(Gap(line.at, self._platform.name, account, since, line.at))
            await self._stage.take_in(*missed, *(missed if line.redeliver else ()))

    @_play.register
    async def _(self, line: Import) -> None:
        await self._stage.import_org(line.org)

    @_play.register
    async def _(self, line: Crash) -> None:
        await self._stage.crash()

    @_play.register
    async def _(self, line: Sends) -> None:
        self._platform.fail_next(line.fails, retryable=line.retryable, uncertain=line.uncertain)

    async def _arrive(self, event: Event, *, twice: bool = False) -> None:
        copies = [event, event] if twice else [event]
        if self._down_since is None:
            await self._stage.take_in(*copies)
        else:
            self._missed += [replace(e, late=True) if isinstance(e, Incoming) else e for e in copies]

    def _heard(self, line: Message) -> Incoming:
        where = self._stage.where(line.room, line.sender)
        return Incoming(
            at=line.at.astimezone(UTC),
            where=where,
            sender=line.sender,
            id=line.id,
            text=line.text,
            sender_name=line.name,
            mentions=line.mentions,
            mentions_bot=line.to_bot,
            quote=self._platform.quoted(where, line.quote) if line.quote is not None else None,
            media=tuple(Attachment(kind) for kind in line.media),
        )
