"""What was said while nobody listened: asked of the gateway's journal if it keeps one, else told as a Gap.

A journal is an agreement with a gateway one runs oneself: on Ding `replay:MS` it tells again every
message since MS (milliseconds, UTC) and then says Dong `replayed:COUNT:BEGAN`, BEGAN being the moment
its journal starts. Any other answer means that there is none.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from gridbot.clock import Clock
from gridbot.errors import TransportError
from gridbot.transports.wechaty.client import PuppetClient

MARGIN = timedelta(seconds=60)  # the gateway's clock and ours may differ; what comes twice is recognised
ANSWER = re.compile(r"replayed:\d+(?::(?P<began>\d+))?")


class Recovery:
    """Knows since when messages may be missing. `on_gap(since, until)` tells what cannot be had back."""

    def __init__(
        self, clock: Clock, on_gap: Callable[[datetime, datetime], None], *, patience_s: float
    ) -> None:
        self._clock, self._on_gap, self._patience_s = clock, on_gap, patience_s
        self._since: datetime | None = None
        self._answer: asyncio.Future[str] | None = None

    @property
    def replaying(self) -> bool:
        """Whether what comes now was said during an outage."""
        return self._answer is not None and not self._answer.done()

    def away(self, since: datetime) -> None:
        """Nobody has listened since then (the earliest call counts)."""
        self._since = since if self._since is None else min(since, self._since)

    def dong(self, data: str) -> None:
        """The gateway said Dong; called in the order of the wire."""
        if self.replaying and self._answer is not None and data.startswith("replay"):
            self._answer.set_result(data)

    async def back(self, client: PuppetClient) -> None:
        """The account is listened to again: get back what can be had."""
        since, until = self._since, self._clock.now()
        if since is None:
            return
        self._since = None
        reach = await self._replay(client, since)
        if reach is None or reach > since:
            self._on_gap(since, until if reach is None else min(reach, until))

    async def _replay(self, client: PuppetClient, since: datetime) -> datetime | None:
        """From when on nothing is missing now; None without a journal."""
        milliseconds = int((since - MARGIN).timestamp() * 1000)
        answer = self._answer = asyncio.get_running_loop().create_future()
        try:
            with contextlib.suppress(TransportError, TimeoutError):
                async with asyncio.timeout(self._patience_s):
                    await client.ding(f"replay:{milliseconds}", deadline_s=self._patience_s)
                    return reach_of(await answer)
            return None
        finally:
            self._answer = None


def reach_of(answer: str) -> datetime | None:
    """How far back the journal goes; a journal that does not say proves nothing (None)."""
    found = ANSWER.fullmatch(answer)
    if found is None or found["began"] is None:
        return None
    return datetime.fromtimestamp(min(int(found["began"]), 10**14) / 1000, UTC)
