"""Makes the `wechaty` package (0.10.7) importable on today's Python and with today's libraries.

Patches in this process only, no file is changed. Call `mend` before the first `import wechaty`.
"""

from __future__ import annotations

import atexit
import os
import shutil
import socket
import sys
import tempfile
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any


def mend(cache: Path | None = None) -> None:
    """Patch what the package trips over; safe to call twice.

    `cache` is where it may write its job store and settings. Without one (and without CACHE_DIR in the
    environment) a `.wechaty` that already lies in the working directory is used, else a directory that
    goes when the process ends. The package logs names and texts: unless WECHATY_LOG says otherwise it
    is told to log errors only.
    """
    os.environ.setdefault("WECHATY_LOG", "error")
    if cache is not None:
        os.environ["CACHE_DIR"] = str(cache)
    elif "CACHE_DIR" not in os.environ and not Path(".wechaty").is_dir():
        os.environ["CACHE_DIR"] = passing_directory()
    for patch in (old_pyee, old_urllib3, telnetlib, hashable_options, any_error_payload, any_message_type):
        patch()


def passing_directory() -> str:
    """A directory that is removed when the process ends."""
    made = tempfile.mkdtemp(prefix="gridbot-wechaty-")
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return made


def old_pyee() -> None:
    """pyee 12 moved its emitter for asyncio."""
    import pyee
    from pyee.asyncio import AsyncIOEventEmitter

    if not hasattr(pyee, "AsyncIOEventEmitter"):
        pyee.AsyncIOEventEmitter = AsyncIOEventEmitter  # type: ignore[attr-defined]


def old_urllib3() -> None:
    """urllib3 2 dropped get_host."""
    import urllib3
    from urllib3.util import parse_url

    def get_host(url: str) -> tuple[str, str | None, int | None]:
        parsed = parse_url(url)
        return parsed.scheme or "http", parsed.host, parsed.port

    if not hasattr(urllib3, "get_host"):
        urllib3.get_host = get_host  # type: ignore[attr-defined]


class Telnet:
    """As much of telnetlib's class as the package uses: can a port be reached?"""

    def __init__(self) -> None:
        self._socket: socket.socket | None = None

    def open(self, host: str, port: int = 0, timeout: float = 3) -> None:
        """Connect; raises OSError."""
        self._socket = socket.create_connection((host, port), timeout)
        self._socket.close()

    def close(self) -> None:
        """Nothing is left open."""


def telnetlib() -> None:
    """Python 3.13 dropped telnetlib, and before that importing it warns."""
    if "telnetlib" not in sys.modules:
        module = types.ModuleType("telnetlib")
        module.Telnet = Telnet  # type: ignore[attr-defined]
        sys.modules["telnetlib"] = module


def hashable_options() -> None:
    """Since Python 3.11 a dataclass refuses a default that has no hash, and WechatyOptions has one."""
    from wechaty_puppet.schemas.puppet import PuppetOptions

    PuppetOptions.__hash__ = object.__hash__


def any_error_payload() -> None:
    """Gateways of today report an error as {gerror}; the package knows {data} only and stops listening."""
    from wechaty_puppet import EventErrorPayload
    from wechaty_puppet_service import puppet

    def payload(data: str = "", **others: object) -> Any:
        return EventErrorPayload(data=data or str(others.get("gerror", "")))

    # isinstance checks elsewhere go by the class itself, which stays; only the constructor's name changes
    puppet.EventErrorPayload = payload  # type: ignore[attr-defined]


def any_message_type() -> None:
    """Kinds of message that are newer than the package end in an IndexError that nobody sees."""
    from wechaty_puppet_service import puppet

    known: Callable[[Any], Any] = puppet._map_message_type
    if getattr(known, "mended", False):
        return

    def map_type(payload: Any) -> Any:
        if isinstance(payload.type, int) and not 0 <= payload.type <= 15:
            payload.type = 0
        return known(payload)

    map_type.mended = True  # type: ignore[attr-defined]
    puppet._map_message_type = map_type  # type: ignore[assignment]
