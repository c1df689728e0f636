"""WeChat by way of a Wechaty gateway (puppet service), spoken to directly over gRPC."""

from __future__ import annotations

from datetime import datetime

from gridbot.clock import Clock, SystemClock
from gridbot.transports import Receive
from gridbot.transports.wechaty.client import Deadlines, PuppetClient
from gridbot.transports.wechaty.mapping import NAME
from gridbot.transports.wechaty.puppet import PuppetTransport
from gridbot.transports.wechaty.supervisor import Pace, Supervisor
from gridbot.transports.wechaty.together import until_first_ends
from gridbot.transports.wechaty.wire import Dial


class WechatyTransport(PuppetTransport):
    """One WeChat account behind a gateway at `endpoint` (host:port).

    `away_since` says when the account was last listened to (by an earlier process); what was said since
    is asked of a gateway that keeps a journal, and told as a Gap otherwise.
    """

    def __init__(
        self,
        endpoint: str,
        token: str,
        *,
        tls: bool = False,
        ca_file: str = "",
        server_name: str = "",
        clock: Clock | None = None,
        pace: Pace | None = None,
        deadlines: Deadlines | None = None,
        away_since: datetime | None = None,
        name: str = NAME,
    ) -> None:
        pace = pace or Pace()
        super().__init__(name, clock or SystemClock(), pace)
        self._supervisor = Supervisor(
            Dial(endpoint, token, tls, ca_file, server_name),
            pace=pace,
            deadlines=deadlines or Deadlines(),
            on_signal=self._hearing.signal,
            on_up=self._hearing.up,
            on_down=self._hearing.down,
        )
        if away_since is not None:
            self._hearing.away(away_since)

    async def run(self, receive: Receive) -> None:
        """Stay connected and hear until cancelled; raises FatalAuth when the gateway refuses the token."""
        try:
            await until_first_ends(self._supervisor.run(), self._delivery.run(receive))
        finally:
            self._hearing.close()

    def _client(self) -> PuppetClient | None:
        return self._supervisor.client

    async def _connected(self, within_s: float) -> PuppetClient | None:
        return await self._supervisor.connected(within_s)
