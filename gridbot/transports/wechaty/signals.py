"""What a gateway's event carries, read from its JSON. Total: anything unreadable is simply not there."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Told:
    """The fields gridbot reads of any kind of event; what an event does not have stays empty."""

    message: str = ""
    contact: str = ""
    room: str = ""
    who: tuple[str, ...] = ()
    topic: str = ""
    timestamp: float = 0
    data: str = ""
    dirty_kind: int = 0
    dirty_id: str = ""


def read(payload: str) -> Told:
    """The fields of one event; never raises."""
    try:
        fields = json.loads(payload)
    except ValueError:
        return Told()
    if not isinstance(fields, Mapping):
        return Told()
    return Told(
        message=text(fields.get("messageId")),
        contact=text(fields.get("contactId")),
        room=text(fields.get("roomId")),
        who=texts(fields.get("inviteeIdList") or fields.get("removeeIdList")),
        topic=text(fields.get("newTopic")),
        timestamp=number(fields.get("timestamp")),
        data=text(fields.get("data")),
        dirty_kind=int(number(fields.get("payloadType"))),
        dirty_id=text(fields.get("payloadId")),
    )


def text(value: object) -> str:
    """The value if it is a text, else ""."""
    return value if isinstance(value, str) else ""


def texts(value: object) -> tuple[str, ...]:
    """The texts of a list."""
    return tuple(one for one in value if isinstance(one, str)) if isinstance(value, list) else ()


def number(value: object) -> float:
    """The value if it is a finite number, else 0."""
    usable = isinstance(value, int | float) and abs(value) < 1e18
    return value if usable and isinstance(value, int | float) else 0
