"""What both ways to a gateway have in common: hearing, saying, fetching, and what an account can do."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from dataclasses import asdict

from gridbot.clock import Clock
from gridbot.messages import Attachment, Media, Outgoing, Receipt
from gridbot.transports import Capability, Receive
from gridbot.transports.wechaty import faults, files
from gridbot.transports.wechaty.client import PuppetClient
from gridbot.transports.wechaty.delivery import Delivery
from gridbot.transports.wechaty.hearing import Hearing
from gridbot.transports.wechaty.sending import Sending
from gridbot.transports.wechaty.supervisor import Pace


class PuppetTransport(ABC):
    """A Transport whose account lives behind a puppet service; how it is connected, the subclass knows.

    Files to be sent: `Attachment.ref` is a path on this machine. A private chat can be opened with the
    account's friends only: WeChat's own rule.
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

    def __init__(self, name: str, clock: Clock, pace: Pace) -> None:
        self.name = name
        self._delivery = Delivery(tries=pace.offers, pause_s=pace.offer_pause_s)
        patience_s = pace.dong_within_s
        self._hearing = Hearing(name, clock, self._delivery, self._connected, patience_s=patience_s)
        self._sending = Sending(self._hearing.names)

    @property
    def account(self) -> str:
        """The bot's own contact id ("" until the first login)."""
        return self._hearing.account

    @property
    def state(self) -> str:
        """ "up", "connecting", or "down: why"."""
        heard = self._hearing.state  # a gateway tells of its login before it takes orders
        return "connecting" if heard == "up" and self._client() is None else heard

    @abstractmethod
    async def run(self, receive: Receive) -> None:
        """Stay connected and hear until cancelled."""

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
        client = self._client()
        if client is None or self.state != "up":
            raise faults.not_connected(doing)
        return client

    @abstractmethod
    def _client(self) -> PuppetClient | None:
        """The connection of the moment."""

    @abstractmethod
    async def _connected(self, within_s: float) -> PuppetClient | None:
        """The connection, waited for; None if there was none in time."""
