"""The frozen values that cross layers: where, what was heard, what is to be said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from enum import StrEnum

from gridbot.values import value


class Media(StrEnum):
    """What comes along with (or instead of) words."""

    IMAGE = "image"
    VOICE = "voice"
    VIDEO = "video"
    FILE = "file"
    LOCATION = "location"
    OTHER = "other"  # stickers, red packets, links, mini programs: never read


@value(frozen=True, slots=True)
class Address:
    """One conversation on one account of one transport: a group, or the private chat with a contact."""

    transport: str
    account: str  # the bot's own account id there
    room: str | None = None
    contact: str | None = None  # set for a private chat, None for a group

    @property
    def private(self) -> bool:
        return self.room is None

    @property
    def lane(self) -> str:
        """The key within which order is kept: one conversation is one lane."""
        where = f"#{self.room}" if self.room is not None else f"@{self.contact}"
        return f"{self.transport}/{self.account}/{where}"


@value(frozen=True, slots=True)
class Quote:
    """A message somebody answered by quoting it; platforms bring its text along."""

    id: str
    text: str = ""
    sender: str | None = None


@value(frozen=True, slots=True)
class Attachment:
    """A picture, a voice note, a file … `ref` is the transport's own handle for fetching it."""

    kind: Media
    ref: str = ""
    name: str = ""

    @property
    def kept(self) -> str:
        """As a ticket keeps it: its kind, and its handle where it has one."""
        return f"{self.kind.value}:{self.ref}" if self.ref else self.kind.value

    @staticmethod
    def of(kept: str) -> Attachment:
        """The attachment that a ticket kept; raises ValueError for an unknown kind."""
        kind, _, ref = kept.partition(":")
        return Attachment(Media(kind), ref)


@value(frozen=True, slots=True)
class Incoming:
    """One message somebody wrote where the bot can hear it."""

    at: datetime  # UTC
    where: Address  # for a private chat, `where.contact` is the sender
    sender: str
    id: str
    text: str = ""
    sender_name: str = ""
    mentions: tuple[str, ...] = ()  # contact ids
    mentions_bot: bool = False
    quote: Quote | None = None
    media: tuple[Attachment, ...] = ()
    late: bool = False  # heard during an outage and delivered after it
    own: bool = False  # the bot's own message, echoed by the platform


@value(frozen=True, slots=True)
class Joined:
    """People came into a group."""

    at: datetime
    where: Address
    who: tuple[str, ...]
    names: tuple[str, ...] = ()
    id: str = ""


@value(frozen=True, slots=True)
class Left:
    """People left a group."""

    at: datetime
    where: Address
    who: tuple[str, ...]
    id: str = ""


@value(frozen=True, slots=True)
class Recalled:
    """The sender took a message back (撤回)."""

    at: datetime
    where: Address
    message_id: str
    sender: str | None = None
    id: str = ""


@value(frozen=True, slots=True)
class TopicChanged:
    """A group was renamed."""

    at: datetime
    where: Address
    topic: str
    id: str = ""


@value(frozen=True, slots=True)
class LoggedIn:
    """The transport's account is on line."""

    at: datetime
    transport: str
    account: str


@value(frozen=True, slots=True)
class LoggedOut:
    """The transport's account went off line; `why` is for the operator."""

    at: datetime
    transport: str
    account: str
    why: str = ""


@value(frozen=True, slots=True)
class Gap:
    """Messages may have been missed between `since` and `until`."""

    at: datetime
    transport: str
    account: str
    since: datetime
    until: datetime


Event = Incoming | Joined | Left | Recalled | TopicChanged | LoggedIn | LoggedOut | Gap


@value(frozen=True, slots=True)
class Button:
    """A word that can be said with one tap; it sends exactly `says`."""

    label: str
    says: str


@value(frozen=True, slots=True)
class Say:
    """One message the bot wants to send. The outbox stores it with the facts that caused it.

    `key` names the sentence in texts/zh.toml (for tests and statistics), `about` the matter.
    `urgent` breaks quiet hours; `not_before` holds it back until then (UTC).
    `once` makes it unique: a second Say with the same `once` is dropped. `instead` is the contact who
    gets it in private where the group may not have it now (quiet hours, the day's budget, an outage).
    """

    to: Address
    text: str
    key: str = ""
    mentions: tuple[str, ...] = ()
    quote: str | None = None
    media: tuple[Attachment, ...] = ()
    buttons: tuple[Button, ...] = ()
    about: Mapping[str, int] = field(default_factory=dict)  # {"ticket": 1024}
    urgent: bool = False
    not_before: datetime | None = None
    once: str | None = None
    instead: str | None = None


@value(frozen=True, slots=True)
class Outgoing:
    """A Say on its way: `id` is the outbox row's, the same at every try."""

    id: str
    say: Say
    attempt: int = 1


@value(frozen=True, slots=True)
class Receipt:
    """What the platform answered to a send.

    `id` is the platform's id of the new message, or None where it gives none; `certain` is False
    where the message left but nothing confirmed its arrival.
    """

    id: str | None
    certain: bool = True
