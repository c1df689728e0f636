"""Taking in: once, in order, durable before it is acknowledged, in micro-batches.

Everything that arrived while the last commit ran is one bulk write. Chatter never reaches the disk:
of it only the key is kept that recognises its redelivery.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import IntEnum
from typing import NamedTuple

from gridbot.clock import Clock
from gridbot.messages import Address, Event, Incoming, Joined, Left, Recalled, TopicChanged
from gridbot.models import letters
from gridbot.models.cases import pictures, reported
from gridbot.models.cases.pictures import Picture
from gridbot.models.database import transaction
from gridbot.models.duty.duties import Announcement
from gridbot.models.letters import Waiting
from gridbot.models.spreading import announcements
from gridbot.models.territory.directory import Group
from gridbot.nlp import SILENCE, Kind, Reading, Scene, Speaker, Urgency, noticed
from gridbot.nlp.asks import Ask, asks, is_word, only
from gridbot.nlp.slots import attending, quantity, stance
from gridbot.pieces import Pieces
from gridbot.wire import to_json
from gridbot.world import World

log = logging.getLogger(__name__)

FROM_STAFF = frozenset({"enable", "disable", "mute", "undo", "make_ticket"})  # heard where nothing else is
PIECED = 0.45  # confidence from which words that only together make a report are one
ATTENTION = timedelta(minutes=30)  # after a kept message, what its sender writes there is kept too
MANY = 2000  # events a commit
LONGEST_NOD = 10
LONGEST_ANSWER = 40  # characters of what is said to an announcement in passing
JOINS = 6  # characters of 附议, 支持楼上
NOTHING: frozenset[str] = frozenset()


def key_of(event: Event) -> int:
    """63 bits that recognise a redelivery of the same event of the same sender in the same place."""
    if isinstance(event, Incoming):
        parts = ["m", event.where.lane, event.sender, event.id or f"{event.at.timestamp()}{event.text}"]
    elif isinstance(event, Joined | Left):
        parts = [type(event).__name__, event.where.lane, *event.who, event.id or str(event.at.timestamp())]
    elif isinstance(event, Recalled):
        parts = ["recall", event.where.lane, event.message_id]
    elif isinstance(event, TopicChanged):
        parts = ["topic", event.where.lane, event.topic, event.id or str(event.at.timestamp())]
    else:
        parts = [type(event).__name__, event.transport, event.account, str(event.at.timestamp())]
    digest = hashlib.blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest) >> 1


def lane_of(event: Event) -> str:
    """The conversation an event belongs to; the account itself for what concerns no conversation."""
    if isinstance(event, Incoming | Joined | Left | Recalled | TopicChanged):
        return event.where.lane
    return f"{event.transport}/{event.account}/"


class Worth(IntEnum):
    """Whether a message deserves a turn."""

    NEVER = 0
    IF_FOLLOWED = 1  # only where something is going on with the group or the sender
    ALWAYS = 2


class First(NamedTuple):
    """What words, place, sender and org alone tell of a message, whatever else goes on.

    A tuple, so that it travels between processes in a twentieth of the time of other values: then `told` is
    all that is needed to make the message again.
    """

    key: int
    at: datetime
    room: str | None
    sender: str
    lane: str
    id: str
    told: Incoming | tuple[str, str, str, str]  # transport, account, text, the sender's name
    org: int  # serial of the directory that was asked
    worth: Worth
    reading: Reading | None  # None: silence
    staff: bool = False  # said by staff or a department
    receipt: bool = False  # a 收到 said to nobody: kept only where one is waited for
    borrows: bool = False  # a resident's account by the name of a member of staff
    shown: tuple[str, ...] = ()  # a picture without words that deserves no turn: words may follow
    asks: bool = False  # a question, 算我一个 or 好的 to nobody: kept only where it is about an announcement

    def event(self) -> Incoming:
        """The message itself."""
        if isinstance(self.told, Incoming):
            return self.told
        transport, account, text, name = self.told
        where = Address(transport, account, self.room)
        return Incoming(self.at, where, self.sender, self.id, text, sender_name=name)

    def packed(self) -> First:
        """The same for a journey; only for a message in a group that is nothing but words."""
        told = self.event()
        where = told.where
        return self._replace(told=(where.transport, where.account, told.text, told.sender_name))


@dataclass(frozen=True, slots=True)
class _Look:
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
    asks: bool = False

    def waiting(self, key: int) -> Waiting:
        assert self.event is not None
        return Waiting(key, self.lane, to_json(self.event), self.event.at, self.urgent)


TALK = _Look(None, message=True, silent=True)


class Inbox:
    """`receive` returns when the event is durable; `on_stored` is called after each commit."""

    def __init__(self, world: World, clock: Clock, on_stored: Callable[[], None] = lambda: None) -> None:
        self._world, self._clock, self._on_stored = world, clock, on_stored
        self._queue: list[tuple[Event, asyncio.Future[None]]] = []
        self._wake = asyncio.Event()
        self._attention: dict[tuple[str, str], datetime] = {}  # (room, contact) → until
        self._pieces = Pieces()
        self._busy: set[str] = set()  # lanes with an unfinished turn: nothing there is dropped unread
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
        looks: dict[int, _Look] = {}
        taken, asked = 0, False
        for event in events:
            taken += 1
            key, look = self._look(event)
            looks.setdefault(key, replace(look, receipt=False, asks=False) if asked else look)
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
        self._busy.update(waiting.lane for waiting in kept)
        self.counts += counts
        if kept:
            self._on_stored()
        return taken

    async def _deserving(self, looks: Mapping[int, _Look]) -> list[tuple[int, _Look]]:
        """These without every 收到 that nobody waits for and every question about no announcement."""
        now, deserving = self._clock.now(), list(looks.items())
        if any(look.receipt for look in looks.values()) and not await announcements.awaits_receipts(now):
            deserving = [(key, look) for key, look in deserving if not look.receipt]
        if any(look.asks for look in looks.values()):
            hanging = await announcements.hanging(now)
            deserving = [(key, look) for key, look in deserving if not look.asks or _about_one(look, hanging)]
        return deserving

    def idle(self, lane: str) -> None:
        """The engine has finished every turn of this conversation."""
        self._busy.discard(lane)

    def _look(self, event: Event | First) -> tuple[int, _Look]:
        """A first look from memory alone; whoever is heard is attended to for a while."""
        if isinstance(event, Incoming):
            first = first_look(self._world, event)
        elif isinstance(event, First):
            stale = event.org != self._world.directory.serial
            first = first_look(self._world, event.event()) if stale else event
        else:
            return key_of(event), _Look(event, lane_of(event), keep=True)
        return first.key, self._judge(first)

    def _judge(self, first: First) -> _Look:
        first = self._pieced(first)
        followed = first.worth != Worth.NEVER and (first.lane in self._busy or self._is_attended(first))
        if first.worth != Worth.ALWAYS and not followed:
            if not (first.borrows or first.shown or first.asks):
                return TALK
            shown = () if first.borrows else first.shown
            return _Look(
                first.event(), first.lane, message=True, silent=True, keep=first.borrows or first.asks,
                shown=shown, asks=first.asks and not first.borrows,
            )  # fmt: skip
        event, reading = first.event(), first.reading or SILENCE
        if event is not first.told and reading.kind is not Kind.NONE:
            self._world.already_read(event.text, event.at, scene_of(self._world, event), reading)
        self._attend(event, reading)
        return _Look(
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
        return first._replace(told=event, worth=Worth.ALWAYS, reading=whole, receipt=False, asks=False)

    def _is_attended(self, first: First) -> bool:
        until = self._attention.get((first.room or "", first.sender))
        return until is not None and first.at <= until

    async def recover(self) -> None:
        """After a start: attend again to those with whom something was going on."""
        now = self._clock.now()
        for room, contact in await reported.attended(now, now - ATTENTION):
            self._attention[room, contact] = now + ATTENTION

    def _attend(self, event: Incoming, reading: Reading) -> None:
        """Listen to the sender for a while; a lone 好的 or 收到 in a group starts nothing."""
        if event.where.room is None:
            return
        said = reading.kind is not Kind.NONE or reading.plus_one or reading.resolved or event.mentions_bot
        if not said and self._attention.get((event.where.room, event.sender), event.at) <= event.at:
            return
        if len(self._attention) >= MANY:
            self._attention = {key: until for key, until in self._attention.items() if until >= event.at}
        self._attention[event.where.room, event.sender] = event.at + ATTENTION


def first_look(world: World, event: Incoming) -> First:
    """What can be told of a message before anything that goes on is known; pure but for caches."""
    scene = scene_of(world, event)
    group = world.directory.group(event.where.transport, event.where.room)
    open_ears = event.where.private or (group is not None and listens(group, scene.speaker))
    resident = scene.speaker is Speaker.RESIDENT
    worth, reading = Worth.NEVER, SILENCE
    if open_ears or scene.addressed or not resident:
        reading = world.read(event.text, event.at, scene, slots=False)
        worth = _worth(event, scene, reading, open_ears=open_ears)
    borrows = borrows_a_name(world, event)
    return First(
        key_of(event), event.at, event.where.room, event.sender, event.where.lane, event.id, event,
        world.directory.serial, worth, None if reading is SILENCE else reading,
        staff=not resident, receipt=not borrows and _is_mere_receipt(event, scene, reading),
        borrows=borrows, shown=_shown(world, event) if event.media else (),
        asks=resident and open_ears and worth < Worth.ALWAYS and _may_answer(event.text),
    )  # fmt: skip


def _worth(event: Incoming, scene: Scene, reading: Reading, *, open_ears: bool) -> Worth:
    command = reading.command
    if not open_ears and not scene.addressed:
        return Worth.ALWAYS if command is not None and command.name in FROM_STAFF else Worth.NEVER
    if scene.addressed or scene.speaker is not Speaker.RESIDENT or _tells(reading) or event.quote is not None:
        return Worth.ALWAYS
    if command is not None and (command.sure or command.name in OVERHEARD):
        return Worth.ALWAYS
    if len(event.text) <= JOINS and is_word(event.text, Ask.PLUS):
        return Worth.ALWAYS
    if event.text.startswith(RECEIVED) or stance.opens(event.text) or stance.pledged(event.text):
        return Worth.ALWAYS  # 同意加装: perhaps a vote on what is put to the neighbours
    return Worth.ALWAYS if quantity.contacts(event.text)[1] else Worth.IF_FOLLOWED


def _is_clear(world: World, reading: Reading, private: bool) -> bool:
    """Whether words say by themselves what they mean, be it only to the group (+1, 来水了).

    What is said to the bot alone is always about something: there more is needed.
    """
    if reading.urgency is Urgency.EMERGENCY:
        return False  # 快来人, and then who lies where
    enough = world.conduct.act_at if private else world.conduct.ask_at
    told = reading.plus_one or reading.resolved or reading.about is not None
    return told or (reading.kind is not Kind.NONE and reading.confidence >= enough)


def _is_mere_receipt(event: Incoming, scene: Scene, reading: Reading) -> bool:
    """A resident's 收到 in a group, to nobody: after nothing else it can only answer an announcement."""
    command = reading.command
    if command is None or command.name != "receipt" or command.sure or _tells(reading):
        return False
    if scene.addressed or scene.speaker is not Speaker.RESIDENT or event.quote is not None or event.media:
        return False
    return not quantity.contacts(event.text)[1]


def _about_one(look: _Look, hanging: Sequence[Announcement]) -> bool:
    """Whether what is said is about an announcement that hangs in the group."""
    assert isinstance(look.event, Incoming)
    text, room = look.event.text, look.event.where.room
    here = [one for one in hanging if room in one.sent]
    if not here:
        return False
    asked = noticed.question(text)
    if asked is not None and (asked.bare or any(noticed.about(asked, one.text) for one in here)):
        return True
    if noticed.of_an_event(text):
        return True
    nods = any(one.receipt for one in here) and only(text, Ask.NOD)
    return nods or attending.coming(text) is not None or attending.not_coming(text)


def _may_answer(text: str) -> bool:
    """Whether words said to nobody may be meant for an announcement, if one hangs there."""
    if len(text) > LONGEST_ANSWER:
        return False
    asks = noticed.question(text) is not None or noticed.of_an_event(text)
    return asks or attending.hint(text) or (len(text) <= LONGEST_NOD and only(text, Ask.NOD))


def _shown(world: World, event: Incoming) -> tuple[str, ...]:
    """What a wordless message shows in a group that is read along, as a ticket keeps it."""
    if event.text.strip():
        return ()
    group = world.directory.group(event.where.transport, event.where.room)
    if group is None or not listens(group, Speaker.RESIDENT):
        return ()
    return tuple(item.kept for item in event.media)


def _tells(reading: Reading) -> bool:
    """Whether words deserve a turn whoever said them."""
    told = reading.plus_one or reading.resolved or reading.about is not None
    return reading.kind is not Kind.NONE or told or bool(reading.flags & KEPT)


def _picture(look: _Look) -> Picture:
    assert isinstance(look.event, Incoming)
    event = look.event
    return Picture(event.where.room, event.sender, event.id, look.shown, event.at)


def listens(group: Group, speaker: Speaker) -> bool:
    """Whether the group is read along: staff groups to staff, residents' groups once 启用 was said."""
    if group.residents:
        return group.listen == "keywords"
    return group.listen != "off" and speaker is not Speaker.RESIDENT


def borrows_a_name(world: World, event: Incoming) -> bool:
    """Whether an account in a residents' group that is read along goes by the name of a member of staff."""
    group = world.directory.group(event.where.transport, event.where.room)
    if group is None or not group.residents or group.listen != "keywords" or not event.sender_name:
        return False
    if world.directory.posts_by_contact(event.sender):
        return False
    return world.namesake(group.node, event.sender_name) is not None


# Words that may answer an announcement; a lone 好的 in a group answers nobody.
# 收到 with a word after it (收到，我家两口人去): it may answer an announcement
RECEIVED = tuple(f"{word}{sign}" for word in ("收到", "收到了", "已收到") for sign in "，, 。！")
OVERHEARD = frozenset({"receipt", "choice", "progress"})

# Flags of a reading that say nothing is reported but something may have to be done.
KEPT = frozenset({"retraction", "identity", "alarm", "solicit", "after"})


def scene_of(world: World, event: Incoming) -> Scene:
    """What the reader may know about where a text was said, from memory alone."""
    directory = world.directory
    group = directory.group(event.where.transport, event.where.room)
    posts = directory.posts_by_contact(event.sender)
    department = directory.department_by_contact(event.sender)
    speaker = Speaker.STAFF if posts else Speaker.DEPARTMENT if department else Speaker.RESIDENT
    quotes_bot = event.quote is not None and event.quote.sender == event.where.account
    addressed = event.mentions_bot or event.where.private or quotes_bot or event.text.lstrip()[:1] in "#＃"
    return Scene(
        speaker=speaker,
        addressed=addressed and bool(event.text.strip() or event.mentions_bot or event.where.private),
        private=event.where.private or (event.mentions_bot and group is not None and not group.residents),
        nickname=event.sender_name if event.where.room is not None else "",
        gazetteer=world.gazetteer(group.node if group else ""),
        media=bool(event.media),
        node=group.node if group else "",
    )
