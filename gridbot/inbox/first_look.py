"""What a message is worth by itself: told from words, place, sender and org, whatever else goes on."""

from __future__ import annotations

from datetime import datetime
from enum import IntEnum
from typing import NamedTuple

from gridbot.inbox import passing
from gridbot.inbox.keys import key_of
from gridbot.inbox.scene import borrows_a_name, listens, scene_of
from gridbot.messages import Address, Incoming
from gridbot.nlp import SILENCE, Kind, Reading, Scene, Speaker
from gridbot.nlp.asks import Ask, asks, is_word
from gridbot.nlp.slots import doing, quantity, stance
from gridbot.world import World

FROM_STAFF = frozenset({"enable", "disable", "mute", "undo", "make_ticket"})  # heard where nothing else is
# 收到 with a word after it (收到，我家两口人去): it may answer an announcement
RECEIVED = tuple(f"{word}{sign}" for word in ("收到", "收到了", "已收到") for sign in "，, 。！")
OVERHEARD = frozenset({"receipt", "choice", "progress"})
# Flags of a reading that say nothing is reported but something may have to be done.
KEPT = frozenset({"retraction", "identity", "alarm", "solicit", "after"})
TAGS = ("不", "吗", "么", "没", "没有", "了")  # how people end what they ask
AGAIN = 20  # characters of 又堵了 比上午还厉害
JOINS = 6  # characters of 附议, 支持楼上


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
    passing: int = 0  # signs of `Passing`: kept only where it is about an announcement

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
        passing=passing.heard(event.text) if resident and open_ears and worth < Worth.ALWAYS else 0,
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
    if len(event.text) <= AGAIN and doing.relapsed(event.text):
        return Worth.ALWAYS  # 又堵了: perhaps of what he has had mended
    tagged = len(event.text) <= AGAIN and event.text.rstrip(" ？?").endswith(TAGS)
    if tagged and asks(event.text, Ask.PROGRESS):
        return Worth.ALWAYS  # 路灯今晚能亮不: perhaps of his own
    if event.text.startswith(RECEIVED) or stance.opens(event.text) or stance.pledged(event.text):
        return Worth.ALWAYS  # 同意加装: perhaps a vote on what is put to the neighbours
    return Worth.ALWAYS if quantity.contacts(event.text)[1] else Worth.IF_FOLLOWED


def _tells(reading: Reading) -> bool:
    """Whether words deserve a turn whoever said them."""
    told = reading.plus_one or reading.resolved or reading.about is not None
    return reading.kind is not Kind.NONE or told or bool(reading.flags & KEPT)


def _is_mere_receipt(event: Incoming, scene: Scene, reading: Reading) -> bool:
    """A resident's 收到 in a group, to nobody: after nothing else it can only answer an announcement."""
    command = reading.command
    if command is None or command.name != "receipt" or command.sure or _tells(reading):
        return False
    if scene.addressed or scene.speaker is not Speaker.RESIDENT or event.quote is not None or event.media:
        return False
    return not quantity.contacts(event.text)[1]


def _shown(world: World, event: Incoming) -> tuple[str, ...]:
    """What a wordless message shows in a group that is read along, as a ticket keeps it."""
    if event.text.strip():
        return ()
    group = world.directory.group(event.where.transport, event.where.room)
    if group is None or not listens(group, Speaker.RESIDENT):
        return ()
    return tuple(item.kept for item in event.media)
