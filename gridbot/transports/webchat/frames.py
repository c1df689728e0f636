"""The wire of the web chat: JSON frames in and out (docs: the web chat protocol)."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime

from gridbot.messages import Attachment, Media
from gridbot.transports.webchat.lines import Line, TakenBack

LONGEST_TEXT = 5_000  # characters
LONGEST_ID = 100
_KINDS = frozenset(kind.value for kind in Media)


class BadFrame(Exception):
    """A frame that cannot be read; the key of the sentence that says why, and the frame's id if any."""

    def __init__(self, key: str, frame_id: str | None = None) -> None:
        super().__init__(key)
        self.key, self.frame_id = key, frame_id


@dataclass(frozen=True, slots=True)
class Spoken:
    """A frame that says something."""

    id: str
    text: str
    quote: str | None = None
    mentions: tuple[str, ...] = ()
    media: tuple[str, ...] = ()  # ids of uploads, or kinds (image, voice …) of what is only told of
    room: str | None = None  # the rest is of the HTTP interface only
    sender: str = ""
    name: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Recall:
    """A frame that takes a line back."""

    id: str


def read(data: str | bytes) -> Spoken | Recall:
    """Understand a frame of a browser; raises BadFrame."""
    try:
        frame = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise BadFrame("web.no_json") from error
    if not isinstance(frame, dict):
        raise BadFrame("web.no_object")
    if "recall" in frame:
        return Recall(_text(frame, "recall", LONGEST_ID) or "")
    return spoken(frame)


def spoken(frame: dict[str, object]) -> Spoken:
    """A message out of a JSON object; raises BadFrame."""
    frame_id = frame.get("id")
    known = str(frame_id)[:LONGEST_ID] if isinstance(frame_id, str | int) else None
    try:
        text = _text(frame, "text", LONGEST_TEXT) or ""
        media = _list(frame, "media")
        if not text.strip() and not media:
            raise BadFrame("web.empty")
        return Spoken(
            id=_id(frame_id) or secrets.token_hex(12),
            text=text,
            quote=_id(frame.get("quote")),
            mentions=_list(frame, "mentions"),
            media=media,
            room=_text(frame, "room", LONGEST_ID) or None,
            sender=_text(frame, "from", LONGEST_ID) or "",
            name=_text(frame, "name", LONGEST_ID) or "",
            at=_moment(frame.get("at")),
        )
    except BadFrame as bad:
        raise BadFrame(bad.key, known) from bad


def _id(value: object) -> str | None:
    if value is None or value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, str | int) or len(str(value)) > LONGEST_ID:
        raise BadFrame("web.bad_id")
    return str(value)


def _text(frame: dict[str, object], name: str, longest: int) -> str | None:
    value = frame.get(name)
    if value is None:
        return None
    if not isinstance(value, str):
        raise BadFrame("web.bad_field")
    if len(value) > longest:
        raise BadFrame("web.too_long")
    return value


def _list(frame: dict[str, object], name: str) -> tuple[str, ...]:
    value = frame.get(name)
    if value is None:
        return ()
    if not isinstance(value, list) or len(value) > 50:
        raise BadFrame("web.bad_field")
    if not all(isinstance(item, str) and len(item) <= LONGEST_ID for item in value):
        raise BadFrame("web.bad_field")
    return tuple(value)


def _moment(value: object) -> datetime | None:
    if value is None:
        return None
    try:
        at = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        at = None
    if at is None or at.tzinfo is None:
        raise BadFrame("web.bad_moment")
    return at.astimezone(UTC)


def is_kind(word: str) -> bool:
    """Whether an entry of `media` names a kind instead of an upload."""
    return word in _KINDS


def write(item: Line | TakenBack) -> str:
    """A frame for browsers; ASCII only, so that any text survives."""
    if isinstance(item, TakenBack):
        return json.dumps({"recalled": item.id, "from": item.sender})
    frame: dict[str, object] = {
        "id": item.id,
        "from": item.sender,
        "text": item.text,
        "at": item.at.isoformat(),
        "quote": None,
        "mentions": list(item.mentions),
        "media": [_shown(attachment) for attachment in item.media],
        "name": item.name,
        "buttons": [{"label": button.label, "says": button.says} for button in item.buttons],
        "about": dict(item.about),
    }
    if item.quote is not None:
        frame["quote"] = {"id": item.quote.id, "text": item.quote.text, "from": item.quote.sender}
    if item.gone:
        frame["recalled"] = True
    return json.dumps(frame)


def _shown(item: Attachment) -> dict[str, str]:
    url = f"/chat/media/{item.ref}" if item.ref else ""
    return {"kind": item.kind.value, "url": url, "name": item.name}


HISTORY_ENDS = json.dumps({"history": "end"})


def error(sentence: str, frame_id: str | None) -> str:
    """A frame that tells the sender what went wrong with his own."""
    return json.dumps({"error": sentence, "id": frame_id})
