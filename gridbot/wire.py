"""Events and Says to JSON and back, for the rows that hold them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from gridbot import jsons
from gridbot.messages import (
    Address,
    Attachment,
    Button,
    Event,
    Gap,
    Incoming,
    Joined,
    Left,
    LoggedIn,
    LoggedOut,
    Media,
    Quote,
    Recalled,
    Say,
    TopicChanged,
)

Json = dict[str, Any]


def to_json(event: Event) -> Json:
    """An event as JSON values; empty fields are left out."""
    return {"type": type(event).__name__, **_PACK[type(event)](event)}


def from_json(data: Json) -> Event:
    """The event that `to_json` packed."""
    return _UNPACK[data["type"]](data)


def speaker(data: Json) -> tuple[str, str]:
    """Transport and contact of whoever said what `to_json` packed; no contact where it was no message."""
    where = data.get("where") or [""]
    return str(where[0] or ""), str(data.get("sender") or "")


def _where(a: Address) -> list[str | None]:
    return [a.transport, a.account, a.room, a.contact]


def _address(data: list[str | None]) -> Address:
    return Address(data[0] or "", data[1] or "", data[2], data[3])


def _attachments(data: Json) -> tuple[Attachment, ...]:
    return tuple(Attachment(Media(kind), ref, name) for kind, ref, name in data.get("media", ()))


def _media(items: tuple[Attachment, ...]) -> list[list[str]]:
    return [[a.kind.value, a.ref, a.name] for a in items]


def _pack_incoming(e: Incoming) -> Json:
    data: Json = {
        "at": e.at.isoformat(),
        "where": _where(e.where),
        "sender": e.sender,
        "id": e.id,
        "text": e.text.encode("utf-8", "replace").decode().replace("\x00", ""),
    }
    if e.sender_name:
        data["name"] = e.sender_name
    if e.mentions:
        data["mentions"] = list(e.mentions)
    if e.mentions_bot:
        data["bot"] = True
    if e.quote:
        data["quote"] = [e.quote.id, e.quote.text, e.quote.sender]
    if e.media:
        data["media"] = _media(e.media)
    if e.late:
        data["late"] = True
    return data


def _unpack_incoming(d: Json) -> Incoming:
    quote = Quote(*d["quote"]) if "quote" in d else None
    return Incoming(
        at=datetime.fromisoformat(d["at"]), where=_address(d["where"]), sender=d["sender"], id=d["id"],
        text=d["text"], sender_name=d.get("name", ""), mentions=tuple(d.get("mentions", ())),
        mentions_bot=d.get("bot", False), quote=quote, media=_attachments(d), late=d.get("late", False),
    )  # fmt: skip


def _moment(data: Json, name: str = "at") -> datetime:
    return datetime.fromisoformat(data[name])


_PACK: dict[type, Callable[[Any], Json]] = {
    Incoming: _pack_incoming,
    Joined: lambda e: {
        "at": e.at.isoformat(),
        "where": _where(e.where),
        "who": list(e.who),
        "names": list(e.names),
        "id": e.id,
    },
    Left: lambda e: {"at": e.at.isoformat(), "where": _where(e.where), "who": list(e.who), "id": e.id},
    Recalled: lambda e: {
        "at": e.at.isoformat(),
        "where": _where(e.where),
        "message": e.message_id,
        "sender": e.sender,
        "id": e.id,
    },
    TopicChanged: lambda e: {
        "at": e.at.isoformat(),
        "where": _where(e.where),
        "topic": e.topic,
        "id": e.id,
    },
    LoggedIn: lambda e: {"at": e.at.isoformat(), "account": [e.transport, e.account]},
    LoggedOut: lambda e: {"at": e.at.isoformat(), "account": [e.transport, e.account], "why": e.why},
    Gap: lambda e: {
        "at": e.at.isoformat(),
        "account": [e.transport, e.account],
        "since": e.since.isoformat(),
        "until": e.until.isoformat(),
    },
}

_UNPACK: dict[str, Callable[[Json], Event]] = {
    "Incoming": _unpack_incoming,
    "Joined": lambda d: Joined(_moment(d), _address(d["where"]), tuple(d["who"]), tuple(d["names"]), d["id"]),
    "Left": lambda d: Left(_moment(d), _address(d["where"]), tuple(d["who"]), d["id"]),
    "Recalled": lambda d: Recalled(_moment(d), _address(d["where"]), d["message"], d["sender"], d["id"]),
    "TopicChanged": lambda d: TopicChanged(_moment(d), _address(d["where"]), d["topic"], d["id"]),
    "LoggedIn": lambda d: LoggedIn(_moment(d), d["account"][0], d["account"][1]),
    "LoggedOut": lambda d: LoggedOut(_moment(d), d["account"][0], d["account"][1], d["why"]),
    "Gap": lambda d: Gap(
        _moment(d), d["account"][0], d["account"][1], _moment(d, "since"), _moment(d, "until")
    ),
}


def say_extra(say: Say) -> str:
    """What an outbox row keeps of a Say besides its columns, as JSON."""
    extra: Json = {}
    if say.mentions:
        extra["mentions"] = list(say.mentions)
    if say.quote:
        extra["quote"] = say.quote
    if say.media:
        extra["media"] = _media(say.media)
    if say.buttons:
        extra["buttons"] = [[b.label, b.says] for b in say.buttons]
    if say.about:
        extra["about"] = dict(say.about)
    return jsons.written(extra)


def say_from(to: Address, text: str, key: str, urgent: bool, extra: Json) -> Say:
    """The Say that an outbox row holds."""
    if len(extra) == ("about" in extra):
        return Say(to, text, key, about=extra.get("about", {}), urgent=urgent)
    return Say(
        to=to, text=text, key=key, mentions=tuple(extra.get("mentions", ())), quote=extra.get("quote"),
        media=_attachments(extra), buttons=tuple(Button(*b) for b in extra.get("buttons", ())),
        about=extra.get("about", {}), urgent=urgent,
    )  # fmt: skip
