"""A puppet's payload and gridbot's values, and how the one becomes the other. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import IntEnum

from gridbot.messages import Address, Attachment, Incoming, Joined, Left, Media, Quote, Recalled, TopicChanged

NAME = "wechaty"
MENTION_END = "\u2005"  # what WeChat puts after a mentioned name


class Kind(IntEnum):
    """wechaty-puppet's numbers of the kinds of message, as they come over the wire."""

    UNKNOWN = 0
    ATTACHMENT = 1
    AUDIO = 2
    CONTACT = 3
    CHAT_HISTORY = 4
    EMOTICON = 5
    IMAGE = 6
    TEXT = 7
    LOCATION = 8
    MINI_PROGRAM = 9
    GROUP_NOTE = 10
    TRANSFER = 11
    RED_ENVELOPE = 12
    RECALLED = 13
    URL = 14
    VIDEO = 15
    POST = 16


class Signal(IntEnum):
    """The puppet service's numbers of the kinds of event."""

    HEARTBEAT = 1
    MESSAGE = 2
    DONG = 3
    POST = 4
    ERROR = 16
    FRIENDSHIP = 17
    ROOM_INVITE = 18
    ROOM_JOIN = 19
    ROOM_LEAVE = 20
    ROOM_TOPIC = 21
    SCAN = 22
    READY = 23
    RESET = 24
    LOGIN = 25
    LOGOUT = 26
    DIRTY = 27


DIRTY_CONTACT, DIRTY_ROOM, DIRTY_MEMBER = 2, 3, 4

WORDS = frozenset({Kind.TEXT, Kind.GROUP_NOTE})  # the only kinds whose text people wrote; others carry XML
MEDIA = {
    Kind.ATTACHMENT: Media.FILE,
    Kind.AUDIO: Media.VOICE,
    Kind.IMAGE: Media.IMAGE,
    Kind.LOCATION: Media.LOCATION,
    Kind.VIDEO: Media.VIDEO,
}

MENTIONED = re.compile(rf"^(?:@[^{MENTION_END}\n]{{1,60}}{MENTION_END})+")
QUOTED = re.compile(
    r"^「(?P<name>[^：:\n]{0,60})[：:](?P<said>.*?)」\s*\n\s*(?:[-—－]\s*){3,}\n(?P<reply>.*)$", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Payload:
    """One message as a puppet tells it, whichever library fetched it."""

    id: str
    kind: int
    at: datetime
    talker: str
    room: str = ""
    listener: str = ""
    text: str = ""
    filename: str = ""
    mentions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """A location somebody sent: what it is called, its address, degrees."""

    name: str
    address: str
    latitude: float
    longitude: float

    @property
    def words(self) -> str:
        """Address and name, as a person would write them."""
        return f"{self.address} {self.name}".strip()


@dataclass(frozen=True, slots=True)
class Account:
    """Whose ears these are: the transport's name, the account's id, and what it is called there."""

    transport: str
    id: str
    names: tuple[str, ...] = ()


def moment(milliseconds: float, otherwise: datetime) -> datetime:
    """UTC; a puppet's timestamp in milliseconds (some give seconds), `otherwise` where it gives none."""
    if milliseconds <= 0:
        return otherwise
    seconds = milliseconds / 1000 if milliseconds > 1e11 else milliseconds
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, ValueError, OSError):
        return otherwise


def heard(
    payload: Payload, account: Account, *, sender_name: str = "", place: str = "", late: bool = False
) -> Incoming | Recalled:
    """What a message means to gridbot; `place` is the address of a location."""
    where = whereabouts(payload, account)
    if payload.kind == Kind.RECALLED:
        return Recalled(
            at=payload.at, where=where, message_id=payload.text, sender=payload.talker, id=payload.id
        )
    own = bool(account.id) and payload.talker == account.id
    quote, text = words(payload, own)
    mentions = payload.mentions if own else mentioned(payload.mentions, text, account)
    return Incoming(
        at=payload.at,
        where=where,
        sender=payload.talker,
        id=payload.id,
        text=text,
        sender_name=sender_name,
        mentions=mentions,
        mentions_bot=not own and account.id in mentions,
        quote=quote,
        media=attachments(payload, place),
        late=late,
        own=own,
    )


def words(payload: Payload, own: bool) -> tuple[Quote | None, str]:
    """What was quoted and what was written; the bot's own words as they were given to be sent."""
    if payload.kind not in WORDS:
        return None, ""
    return (None, MENTIONED.sub("", payload.text)) if own else split_quote(payload.text)


def whereabouts(payload: Payload, account: Account) -> Address:
    """The conversation: a group, or the private chat with the other one of the two."""
    if payload.room:
        return Address(account.transport, account.id, room=payload.room)
    other = payload.listener if payload.talker == account.id else payload.talker
    return Address(account.transport, account.id, contact=other)


def split_quote(text: str) -> tuple[Quote | None, str]:
    """WeChat writes an answer as 「name：quoted」, a dashed line, the answer; the quoted id is not told."""
    found = QUOTED.match(text)
    if found is None:
        return None, text
    return Quote(id="", text=found["said"].strip()), found["reply"].strip()


def mentioned(ids: Sequence[str], text: str, account: Account) -> tuple[str, ...]:
    """The wire's ids; the bot's own is added where only its "@name" in the text tells."""
    if account.id in ids or not addressed(text, account.names):
        return tuple(ids)
    return (*ids, account.id)


def addressed(text: str, names: Sequence[str]) -> bool:
    """Whether the text holds "@name" for one of the names, and not merely a longer name's beginning."""
    return any(re.search(rf"[@＠]{re.escape(name)}(?![\w])", text) for name in names if name) or any(
        f"@{name}{end}" in text for name in names if name for end in (MENTION_END, " ", "\u00a0")
    )


def attachments(payload: Payload, place: str = "") -> tuple[Attachment, ...]:
    """What came along; `ref` is the message's id, by which the file can be fetched."""
    if payload.kind in WORDS:
        return ()
    kind = MEDIA.get(payload.kind, Media.OTHER)  # type: ignore[call-overload]
    return (Attachment(kind, ref=payload.id, name=payload.filename or place),)


def with_mentions(text: str, names: Sequence[str]) -> str:
    """The text as WeChat shows mentions: "@name" and a thin space before it, unless already there."""
    missing = [name for name in names if name and f"@{name}" not in text]
    return "".join(f"@{name}{MENTION_END}" for name in missing) + text


def joined(room: str, who: Sequence[str], names: Sequence[str], at: datetime, account: Account) -> Joined:
    """People came into a group."""
    where = Address(account.transport, account.id, room=room)
    return Joined(at=at, where=where, who=tuple(who), names=tuple(names), id=event_id("join", room, at, who))


def left(room: str, who: Sequence[str], at: datetime, account: Account) -> Left:
    """People left a group."""
    where = Address(account.transport, account.id, room=room)
    return Left(at=at, where=where, who=tuple(who), id=event_id("leave", room, at, who))


def renamed(room: str, topic: str, at: datetime, account: Account) -> TopicChanged:
    """A group has a new name."""
    where = Address(account.transport, account.id, room=room)
    return TopicChanged(at=at, where=where, topic=topic, id=event_id("topic", room, at, ()))


def event_id(what: str, room: str, at: datetime, who: Sequence[str]) -> str:
    """The wire gives such events no id: the same event told twice gets the same one."""
    return ":".join((what, room, str(int(at.timestamp() * 1000)), *sorted(who)))
