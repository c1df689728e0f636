"""From an Outgoing to calls on the wire, without saying a part twice when a message is tried again."""

from __future__ import annotations

from collections import OrderedDict

from gridbot.messages import Attachment, Outgoing, Receipt
from gridbot.transports.wechaty import files, mapping
from gridbot.transports.wechaty.client import PuppetClient
from gridbot.transports.wechaty.names import Names

KEPT = 1000  # messages that failed half-way and may be tried again


class Sending:
    """Says the words, then the files. What of an Outgoing (by id) has left is not sent again."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._left: OrderedDict[str, list[str]] = OrderedDict()  # ids of the parts that left

    async def send(self, client: PuppetClient, out: Outgoing) -> Receipt:
        """The receipt of the first part; raises TransportError, retryable or not, uncertain or not."""
        to = out.say.to.room or out.say.to.contact or ""
        left = self._left.setdefault(out.id, [])
        if len(self._left) > KEPT:
            self._left.popitem(last=False)
        if not left and (out.say.text or not out.say.media):
            left.append(await self._say(client, to, out))
        done = len(left) - (1 if out.say.text else 0)
        for attachment in out.say.media[max(done, 0) :]:
            left.append(await self._file(client, to, attachment))
        self._left.pop(out.id, None)
        return Receipt(id=left[0] or None)

    async def _say(self, client: PuppetClient, to: str, out: Outgoing) -> str:
        room = out.say.to.room
        mentions = out.say.mentions if room is not None else ()
        names = [await self._names.of(contact, room) for contact in mentions]
        return await client.send_text(to, mapping.with_mentions(out.say.text, names), mentions)

    async def _file(self, client: PuppetClient, to: str, attachment: Attachment) -> str:
        name, content = files.load(attachment)
        return await client.send_file(to, await files.pack(name, content, client.upload))
