"""The web chat as a transport: conversations in memory, followed by whoever has the page open.

What people say is offered to `receive` and shown to the others once it is durable. What the bot says is
shown under the id of its outbox row, so a message that is sent twice is seen once. Nothing said here is
written to disk by this module; the bot's own words of before a restart are read back through `history`.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict, defaultdict
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from gridbot.clock import Clock, SystemClock
from gridbot.errors import TransportError
from gridbot.messages import Address, Attachment, Incoming, Outgoing, Quote, Recalled, Receipt
from gridbot.transports import Capability
from gridbot.transports.awaited import Awaited
from gridbot.transports.webchat.lines import Line, Ring, Said, TakenBack
from gridbot.transports.webchat.pictures import Pictures

History = Callable[[Address], Awaitable[Sequence[tuple[datetime, Outgoing]]]]
Follow = Callable[[Line | TakenBack], None]

LINES = 200  # lines kept of a conversation
RINGS = 5_000  # conversations kept
RECALL_WITHIN = timedelta(minutes=2)

CAPABILITIES = frozenset(
    {
        Capability.MENTION,
        Capability.QUOTE,
        Capability.MEDIA_IN,
        Capability.MEDIA_OUT,
        Capability.RECALL_HEARD,
        Capability.BUTTONS,
        Capability.PRIVATE,
    }
)


async def _no_history(_: Address) -> Sequence[tuple[datetime, Outgoing]]:
    return ()


class WebChat(Awaited):
    """`hear` and `take_back` are what browsers do, `follow` and `lines` what they see."""

    def __init__(
        self,
        *,
        bot_name: str = "网格小助手",
        name: str = "webchat",
        account: str = "bot",
        clock: Clock | None = None,
        history: History = _no_history,
    ) -> None:
        super().__init__(name, account)
        self.bot_name = bot_name
        self.capabilities = CAPABILITIES
        self.pictures = Pictures()
        self.history = history
        self._clock = clock or SystemClock()
        self._rings: OrderedDict[str, Ring] = OrderedDict()
        self._followers: defaultdict[str, set[Follow]] = defaultdict(set)

    # --- the transport ------------------------------------------------------------------------------------

    async def send(self, out: Outgoing) -> Receipt:
        """Show a message; it arrives whether or not anybody looks, and once however often it is sent."""
        self.require_up()
        where = out.say.to
        ring = self._ring(where)
        if ring.known(self.account, out.id) is None:
            line = self._line_of(out, self._clock.now(), await self._media_of(out))
            if ring.add(line):
                self._show(where, line)
        return Receipt(out.id)

    async def fetch(self, attachment: Attachment) -> bytes:
        """The bytes of a picture; raises TransportError where it is no longer kept."""
        content = self.pictures.get(attachment.ref)
        if content is None:
            raise TransportError("no such attachment", retryable=False)
        return content

    # --- what people do -----------------------------------------------------------------------------------

    def where(self, room: str | None, contact: str) -> Address:
        """The address of a group, or of the private chat with a contact where `room` is None."""
        return Address(self.name, self.account, room, contact if room is None else None)

    async def hear(self, said: Said) -> tuple[Line, bool]:
        """Somebody says something; returns once it is durable and shown to everybody there.

        The same id of the same sender is taken once: then the first line and False are returned.
        Raises TransportError where it could not be stored.
        """
        ring = self._ring(said.where)
        known = ring.known(said.sender, said.id)
        if known is not None:
            return known, False
        event = await self._event_of(said)
        await self.tell(event)
        line = Line(
            id=said.id, sender=said.sender, name=said.name, text=said.text, at=event.at,
            quote=event.quote, mentions=said.mentions, media=said.media,
        )  # fmt: skip
        if not ring.add(line):  # the same frame came twice at once
            return line, False
        self._show(said.where, line)
        return line, True

    async def take_back(self, where: Address, sender: str, line_id: str) -> bool:
        """The sender recalls a line of his own within two minutes; False where he may not."""
        ring = self._ring(where)
        line, now = ring.known(sender, line_id), self._clock.now()
        if line is None or line.gone or now - line.at > RECALL_WITHIN:
            return False
        await self.tell(Recalled(now, where, line_id, sender=sender))
        ring.take_back(line)
        self._show(where, TakenBack(line_id, sender))
        return True

    # --- what people see ----------------------------------------------------------------------------------

    async def lines(self, where: Address) -> list[Line]:
        """The last lines of a conversation, oldest first."""
        ring = self._ring(where)
        await self._read_back(where, ring)
        return ring.lines()

    def remember(self, where: Address, line: Line) -> None:
        """Put a line that was said earlier where people look back to."""
        self._ring(where).merge([line])

    def follow(self, where: Address, show: Follow) -> Callable[[], None]:
        """From now on `show` gets every new line of a conversation, until the returned function is called."""
        followers = self._followers[where.lane]
        followers.add(show)

        def leave() -> None:
            followers.discard(show)
            if not followers and self._followers.get(where.lane) is followers:
                del self._followers[where.lane]

        return leave

    @property
    def followers(self) -> int:
        """How many pages (sockets) are open."""
        return sum(len(shows) for shows in self._followers.values())

    def _show(self, where: Address, item: Line | TakenBack) -> None:
        for show in tuple(self._followers.get(where.lane, ())):
            show(item)

    def _ring(self, where: Address) -> Ring:
        lane = where.lane
        ring = self._rings.get(lane)
        if ring is None:
            ring = self._rings[lane] = Ring(LINES)
            if len(self._rings) > RINGS:
                self._drop_one()
        self._rings.move_to_end(lane)
        return ring

    def _drop_one(self) -> None:
        """Forget the conversation that was longest silent and that nobody looks at."""
        silent = next((lane for lane in self._rings if lane not in self._followers), None)
        if silent is not None:
            del self._rings[silent]

    async def _read_back(self, where: Address, ring: Ring) -> None:
        if ring.read_back:
            return
        ring.read_back = True
        earlier = []
        for at, out in await self.history(where):
            try:
                media = await self._media_of(out)
            except TransportError:
                media = ()  # the file is gone
            earlier.append(self._line_of(out, at, media))
        ring.merge(earlier)

    async def _event_of(self, said: Said) -> Incoming:
        addressed = self.account in said.mentions or f"@{self.bot_name}" in said.text
        return Incoming(
            at=said.at or self._clock.now(), where=said.where, sender=said.sender, id=said.id,
            text=said.text, sender_name=said.name, mentions=said.mentions, mentions_bot=addressed,
            quote=await self._quote(said.where, said.quote), media=said.media,
        )  # fmt: skip

    async def _quote(self, where: Address, line_id: str | None) -> Quote | None:
        if not line_id:
            return None
        ring = self._ring(where)
        line = ring.find(line_id)
        if line is None:
            await self._read_back(where, ring)
            line = ring.find(line_id)
        return Quote(line_id, line.text, line.sender) if line else Quote(line_id)

    def _line_of(self, out: Outgoing, at: datetime, media: tuple[Attachment, ...]) -> Line:
        say = out.say
        quoted = self._ring(say.to).find(say.quote) if say.quote else None
        quote = Quote(quoted.id, quoted.text, quoted.sender) if quoted else None
        return Line(
            id=out.id, sender=self.account, name=self.bot_name, text=say.text, at=at, quote=quote,
            mentions=say.mentions, media=media, buttons=say.buttons, about=say.about,
        )  # fmt: skip

    async def _media_of(self, out: Outgoing) -> tuple[Attachment, ...]:
        """The files of a message, laid where browsers can fetch them."""
        shown = []
        for item in out.say.media:
            try:
                content = await asyncio.to_thread(Path(item.ref).read_bytes)
            except OSError as error:
                raise TransportError("a file cannot be read", retryable=False) from error
            shown.append(Attachment(item.kind, self.pictures.put(content), item.name))
        return tuple(shown)
