"""WeChat by way of a Wechaty gateway (puppet service), spoken to directly over gRPC."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime

from gridbot.clock import Clock, SystemClock
from gridbot.messages import Attachment, Media, Outgoing, Receipt
from gridbot.transports import Capability, Receive
from gridbot.transports.wechaty import faults, files
from gridbot.transports.wechaty.client import Deadlines, PuppetClient
from gridbot.transports.wechaty.delivery import Delivery
from gridbot.transports.wechaty.hearing import Hearing
from gridbot.transports.wechaty.mapping import NAME
from gridbot.transports.wechaty.sending import Sending
from gridbot.transports.wechaty.supervisor import Pace, Supervisor
from gridbot.transports.wechaty.together import until_first_ends
from gridbot.transports.wechaty.wire import Dial


class WechatyTransport:
    """One WeChat account behind a gateway at `endpoint` (host:port).

    Files to be sent: `Attachment.ref` is a path on this machine. `away_since` says when the account was
    last listened to (by an earlier process); what was said since is asked of a gateway that keeps a
    journal, and told as a Gap otherwise. A private chat can be opened with the account's friends only:
    WeChat's own rule.
    """

    capabilities = frozenset(
        {
            Capability.MENTION,
            Capability.MEDIA_OUT,
            Capability.MEDIA_IN,
            Capability.RECALL_HEARD,
            Capability.RECALL,
            Capability.TOPIC,
            Capability.ECHO,
            Capability.PRIVATE,
        }
    )

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
        self.name = name
        pace = pace or Pace()
        self._delivery = Delivery()
        self._hearing = Hearing(
            name, clock or SystemClock(), self._delivery, self._connected, patience_s=pace.dong_within_s
        )
        self._supervisor = Supervisor(
            Dial(endpoint, token, tls, ca_file, server_name),
            pace=pace,
            deadlines=deadlines or Deadlines(),
            on_signal=self._hearing.signal,
            on_up=self._hearing.up,
            on_down=self._hearing.down,
        )
        self._sending = Sending(self._hearing.names)
        if away_since is not None:
            self._hearing.away(away_since)

    @property
    def account(self) -> str:
        """The bot's own contact id ("" until the first login)."""
        return self._hearing.account

    @property
    def state(self) -> str:
        """ "up", "connecting", or "down: why"."""
        return self._hearing.state

    async def run(self, receive: Receive) -> None:
        """Stay connected and hear until cancelled; raises FatalAuth when the gateway refuses the token."""
        try:
            await until_first_ends(self._supervisor.run(), self._delivery.run(receive))
        finally:
            self._hearing.close()

    async def send(self, out: Outgoing) -> Receipt:
        """Say the words, then the files; raises TransportError.

        The receipt has no id where the gateway's puppet tells none. A message tried again under the same
        id says only what had not left.
        """
        return await self._sending.send(self._live("send"), out)

    async def fetch(self, attachment: Attachment) -> bytes:
        """The bytes of a file that was heard, or a location as JSON (name, address, latitude, longitude).

        Raises TransportError; a file that is only an address in the network is not fetched.
        """
        client = self._live("fetch")
        if attachment.kind is Media.LOCATION:
            place = await client.location(attachment.ref)
            return json.dumps(asdict(place), ensure_ascii=False).encode()
        return await files.open_box(await client.file_box(attachment.ref), client.download)

    async def recall(self, message_id: str) -> bool:
        """Take back the bot's own message; False where the platform would not. Raises TransportError."""
        return await self._live("recall").recall(message_id)

    async def topic(self, room: str, new: str) -> None:
        """Rename a group; raises TransportError."""
        await self._live("topic").rename(room, new)

    async def announce(self, room: str, text: str) -> None:
        """Set a group's announcement (群公告); raises TransportError."""
        await self._live("announce").announce(room, text)

    def _live(self, doing: str) -> PuppetClient:
        client = self._supervisor.client
        if client is None or self.state != "up":
            raise faults.not_connected(doing)
        return client

    async def _connected(self, within_s: float) -> PuppetClient | None:
        return await self._supervisor.connected(within_s)
