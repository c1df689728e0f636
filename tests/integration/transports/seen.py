"""What people see of the bot."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Seen:
    """One message of the bot as people see it."""

    to: str
    text: str = ""
    mentions: tuple[str, ...] = ()
    file: bytes = b""
