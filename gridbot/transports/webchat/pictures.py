"""Pictures that were uploaded or sent: in memory, the newest ones within a limit. None reaches the disk."""

from __future__ import annotations

import secrets
from collections import OrderedDict

LARGEST = 5 * 1024 * 1024  # bytes a picture
KEPT = 64 * 1024 * 1024  # bytes altogether

_MAGIC = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
)


def sniff(content: bytes) -> str | None:
    """The type of a picture by its first bytes; None for what is no picture a browser shows."""
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    return next((kind for magic, kind in _MAGIC if content.startswith(magic)), None)


class Pictures:
    """Bytes by an id nobody can guess; the oldest go when there are too many."""

    def __init__(self, kept: int = KEPT) -> None:
        self._kept = kept
        self._size = 0
        self._files: OrderedDict[str, bytes] = OrderedDict()

    def put(self, content: bytes) -> str:
        """Keep a file; returns its id."""
        ref = secrets.token_urlsafe(16)
        self._files[ref] = content
        self._size += len(content)
        while self._size > self._kept and len(self._files) > 1:
            self._size -= len(self._files.popitem(last=False)[1])
        return ref

    def get(self, ref: str) -> bytes | None:
        return self._files.get(ref)
