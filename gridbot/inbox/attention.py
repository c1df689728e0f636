"""What goes on around a message: whom we attend to, whose words belong together, what is to be done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from gridbot.inbox.first_look import First, Worth, first_look
from gridbot.inbox.keys import key_of, lane_of
from gridbot.inbox.scene import scene_of
from gridbot.messages import Event, Incoming
from gridbot.models.letters import Waiting
from gridbot.nlp import SILENCE, Kind, Reading, Urgency
from gridbot.nlp.asks import Ask, asks
from gridbot.pieces import Pieces
from gridbot.values import value
from gridbot.wire import to_json
from gridbot.world import World

PIECED = 0.45  # confidence from which words that only together make a report are one
ATTENTION = timedelta(minutes=30)  # after a kept message, what its sender writes there is kept too
MANY = 2000  # people attended to, before those are forgotten whose time is over


@value(frozen=True, slots=True)
class Look:
    """What is to be done about an event: does it deserve a turn, or does it mean nothing?"""

    event: Event | None  # None: of mere talk nothing is needed any more
    lane: str = ""
    message: bool = False
    keep: bool = False
    silent: bool = False
    urgent: bool = False
    command: str = ""
    staff: bool = False
    receipt: bool = False
    shown: tuple[str, ...] = ()
    passing: int = 0

    def waiting(self, key: int) -> Waiting:
        assert self.event is not None
        return Waiting(key, self.lane, to_json(self.event), self.event.at, self.urgent)


TALK = Look(None, message=True, silent=True)


class Attention:
    """What goes on with lanes and people, known in memory alone, and what an event means beside it."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._heard: dict[tuple[str, str], datetime] = {}  # (room, contact) → until
        self._pieces = Pieces()
        self._busy: set[str] = set()  # lanes with an unfinished turn: nothing there is dropped unread

    def busy(self, lanes: Iterable[str]) -> None:
        """These conversations have turns that wait."""
        self._busy.update(lanes)

    def idle(self, lane: str) -> None:
        """The engine has finished every turn of this conversation."""
        self._busy.discard(lane)

    def resume(self, heard: Iterable[tuple[str, str]], now: datetime) -> None:
        """Attend again to those (room, contact) with whom something was going on."""
        self._heard.update(dict.fromkeys(heard, now + ATTENTION))

    def look(self, event: Event | First) -> tuple[int, Look]:
        """A first look from memory alone; whoever is heard is attended to for a while."""
        if isinstance(event, Incoming):
            first = first_look(self._world, event)
        elif isinstance(event, First):
            stale = event.org != self._world.directory.serial
            first = first_look(self._world, event.event()) if stale else event
        else:
            return key_of(event), Look(event, lane_of(event), keep=True)
        return first.key, self._judge(first)

    def _judge(self, first: First) -> Look:
        first = self._pieced(first)
        followed = first.worth != Worth.NEVER and (first.lane in self._busy or self._is_attended(first))
        if first.worth != Worth.ALWAYS and not followed:
            if not (first.borrows or first.shown or first.passing):
                return TALK
            shown = () if first.borrows else first.shown
            return Look(
                first.event(), first.lane, message=True, silent=True, keep=first.borrows or first.passing > 0,
                shown=shown, passing=0 if first.borrows else first.passing,
            )  # fmt: skip
        event, reading = first.event(), first.reading or SILENCE
        if event is not first.told and reading.kind is not Kind.NONE:
            self._world.already_read(event.text, event.at, scene_of(self._world, event), reading)
        self._attend(event, reading)
        return Look(
            event, first.lane, message=True, keep=True, silent=reading.kind is Kind.NONE,
            urgent=reading.urgency is Urgency.EMERGENCY,
            command=reading.command.name if reading.command else "",
            staff=first.staff, receipt=first.receipt and not followed,
        )  # fmt: skip

    def _pieced(self, first: First) -> First:
        """This message with what its sender said a moment before, where only both together say something."""
        if first.worth == Worth.NEVER or first.staff or first.shown:
            return first
        who, reading = (first.lane, first.sender), first.reading or SILENCE
        if reading.command is not None or reading.flags or _is_clear(self._world, reading, not first.room):
            self._pieces.settle(who)
            return first
        text = first.told.text if isinstance(first.told, Incoming) else first.told[2]
        if not first.room and asks(text, Ask.FOLLOW):  # 收钱吗 goes on about what the bot has told
            self._pieces.settle(who)
            return first
        joined = self._pieces.with_(who, first.at, text)
        self._pieces.keep(who, first.at, text)
        if not joined:
            return first
        event = replace(first.event(), text=joined)
        whole = self._world.read(joined, first.at, scene_of(self._world, event), slots=False)
        if whole.kind is Kind.NONE or whole.confidence < max(PIECED, reading.confidence):
            return first
        self._pieces.settle(who)
        return first._replace(told=event, worth=Worth.ALWAYS, reading=whole, receipt=False, passing=0)

    def _is_attended(self, first: First) -> bool:
        until = self._heard.get((first.room or "", first.sender))
        return until is not None and first.at <= until

    def _attend(self, event: Incoming, reading: Reading) -> None:
        """Listen to the sender for a while; a lone 好的 or 收到 in a group starts nothing."""
        if event.where.room is None:
            return
        said = reading.kind is not Kind.NONE or reading.plus_one or reading.resolved or event.mentions_bot
        if not said and self._heard.get((event.where.room, event.sender), event.at) <= event.at:
            return
        if len(self._heard) >= MANY:
            self._heard = {key: until for key, until in self._heard.items() if until >= event.at}
        self._heard[event.where.room, event.sender] = event.at + ATTENTION


def _is_clear(world: World, reading: Reading, private: bool) -> bool:
    """Whether words say by themselves what they mean, be it only to the group (+1, 来水了).

    What is said to the bot alone is always about something: there more is needed.
    """
    if reading.urgency is Urgency.EMERGENCY:
        return False  # 快来人, and then who lies where
    enough = world.conduct.act_at if private else world.conduct.ask_at
    told = reading.plus_one or reading.resolved or reading.about is not None
    return told or (reading.kind is not Kind.NONE and reading.confidence >= enough)
