"""Cookies that cannot be made up: a value with the moment it was given out, signed with the office's key."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from datetime import datetime, timedelta
from pathlib import Path

KEY_FILE = "web.key"


class Signer:
    """HMAC-SHA256 with a key of its own that lies beside the database and is readable by its owner only."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    @classmethod
    def load(cls, data: Path) -> Signer:
        """The key of this data directory; made on first use."""
        file = data / KEY_FILE
        if not file.exists():
            data.mkdir(parents=True, exist_ok=True)
            file.touch(mode=0o600)
            file.write_text(secrets.token_hex(32), encoding="ascii")
        return cls(bytes.fromhex(file.read_text(encoding="ascii").strip()))

    def sign(self, value: str, at: datetime) -> str:
        body = f"{int(at.timestamp())}.{base64.urlsafe_b64encode(value.encode()).decode()}"
        return f"{body}.{self._mac(body)}"

    def read(self, cookie: str, now: datetime, lives: timedelta) -> str | None:
        """The value, if the signature is ours and the cookie is not older than `lives`."""
        body, _, mac = cookie.rpartition(".")
        if not hmac.compare_digest(mac.encode("utf-8", "replace"), self._mac(body).encode()):
            return None
        second, _, value = body.partition(".")
        if int(second) < (now - lives).timestamp():
            return None
        return base64.urlsafe_b64decode(value).decode()

    def _mac(self, body: str) -> str:
        return hmac.new(self._key, body.encode("utf-8", "replace"), hashlib.sha256).hexdigest()
