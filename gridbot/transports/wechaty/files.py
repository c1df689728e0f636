"""Files on the wire: FileBox JSON, in both directions."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator
from pathlib import Path

from gridbot.errors import TransportError
from gridbot.messages import Attachment

BASE64, URL, UUID = 1, 2, 7  # FileBox's numbers of the ways a file can travel
INLINE_UP_TO = 2_000_000  # bytes; the gateway takes 4 MiB a message, base64 adds a third
PIECE = 64 * 1024
LARGEST = 100 * 1024 * 1024

Download = Callable[[str], AsyncIterator[bytes]]
Upload = Callable[[Iterable[bytes]], Awaitable[str]]


def refused(what: str) -> TransportError:
    """A file that cannot be had or sent, now or later."""
    return TransportError(what, retryable=False)


async def open_box(box: str, download: Download) -> bytes:
    """The bytes of a FileBox; raises TransportError for one that only names a place in the network."""
    try:
        fields = json.loads(box)
        kind = fields.get("boxType", fields.get("type"))
    except (ValueError, AttributeError):
        raise refused("the gateway told a file that cannot be read") from None
    if kind == BASE64:
        return from_base64(str(fields.get("base64", "")))
    if kind == UUID:
        return await collect(download(str(fields.get("uuid", ""))))
    raise refused(
        "the file lies elsewhere in the network and is not fetched" if kind == URL else "no such file box"
    )


def from_base64(text: str) -> bytes:
    """The bytes; raises TransportError for anything that is no base64."""
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise refused("the gateway told a file that cannot be read") from None


async def collect(pieces: AsyncIterator[bytes]) -> bytes:
    """All pieces together, up to LARGEST bytes."""
    got = bytearray()
    async for piece in pieces:
        got += piece
        if len(got) > LARGEST:
            raise refused("the file is too large")
    return bytes(got)


async def pack(name: str, content: bytes, upload: Upload) -> str:
    """FileBox JSON for a file to be sent; a large one is left with the gateway first."""
    if len(content) <= INLINE_UP_TO:
        body: dict[str, object] = {"base64": base64.b64encode(content).decode()}
        kind = BASE64
    else:
        body = {"size": len(content), "uuid": await upload(cut(content))}
        kind = UUID
    return json.dumps({"type": kind, "boxType": kind, "name": name, "metadata": {}, **body})


def cut(content: bytes) -> Iterator[bytes]:
    """The content in pieces of PIECE bytes."""
    return (content[start : start + PIECE] for start in range(0, len(content), PIECE))


def load(attachment: Attachment) -> tuple[str, bytes]:
    """Name and bytes of a file to be sent: `ref` is its path on this machine; raises TransportError."""
    path = Path(attachment.ref)
    try:
        return attachment.name or path.name, path.read_bytes()
    except OSError:
        raise refused("the file to be sent cannot be read") from None
