"""The only place that reads the time and the only place that waits."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """What tells the time: the machine's clock, or a chat log's in replay."""

    def now(self) -> datetime:
        """The present moment, UTC."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class SetClock:
    """A clock that stands still until it is set; replay and tests drive it."""

    def __init__(self, at: datetime) -> None:
        self._at = at.astimezone(UTC)

    def now(self) -> datetime:
        return self._at

    def set(self, at: datetime) -> None:
        """Move the hands; they may not go backwards."""
        moment = at.astimezone(UTC)
        self._at = max(self._at, moment)


async def sleep(seconds: float) -> None:
    """Wait in real time."""
    await asyncio.sleep(seconds)


class Breath:
    """Lets everybody else have a turn once long work has kept the event loop for a while."""

    def __init__(self, every_s: float = 0.02) -> None:
        self._every_s, self._since = every_s, time.perf_counter()

    async def take(self) -> None:
        """Go round the event loop, if it is time; otherwise cost nothing.

        Twice: who has become ready meanwhile is put behind us at the first round, and comes at the second.
        """
        if time.perf_counter() - self._since > self._every_s:
            await asyncio.sleep(0)
            await asyncio.sleep(0)
            self._since = time.perf_counter()
