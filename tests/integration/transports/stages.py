"""The other side of each transport: what people do on the platform, and what they see there.

To put another transport under the contract: write its Stage, and name it in STAGES.
"""

from __future__ import annotations

import base64
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import ClassVar, Protocol

from gridbot.messages import (
    Address,
    Attachment,
    Incoming,
    Joined,
    Left,
    Media,
    Outgoing,
    Recalled,
    TopicChanged,
)
from gridbot.transports import Capability, Transport
from gridbot.transports.memory import MemoryTransport
from gridbot.transports.wechaty import Pace, WechatyTransport
from gridbot.transports.wechaty.plugin import PluginTransport
from tests.gateway.driver import TOKEN, Gateway, running_gateway
from tests.integration.transports.bots import running_bot
from tests.integration.transports.listener import until
from tests.integration.transports.near_stages import ConsoleStage, WebchatStage, console, webchat
from tests.integration.transports.seen import Seen

ROOM = "lou3@chatroom"
ZHANG, LI, WANG = "zhang", "li", "wang"
NAMES = {ZHANG: "张阿姨", LI: "李网格员", WANG: "王大爷"}

QUICK = Pace(connect_s=3, ding_every_s=1, dong_within_s=2, retry_from_s=0.1, retry_to_s=0.5, offers=3)


class Stage(Protocol):
    """A platform with one group (ROOM: the bot, 张阿姨, 李网格员) and 王大爷 outside it."""

    name: ClassVar[str]
    can: ClassVar[frozenset[Capability]]  # what this suite can show of the transport
    tells_ids: ClassVar[bool]  # whether a receipt holds the new message's id
    moves: ClassVar[bool]  # whether people can come and go and groups be renamed
    mends: ClassVar[bool]  # whether the platform can be cut off and had back within seconds
    transport: Transport

    async def say(self, who: str, text: str, *, to: str = ROOM, mentions: tuple[str, ...] = ()) -> None: ...
    async def show(self, who: str, name: str, content: bytes, *, to: str = ROOM) -> None: ...
    async def join(self, *who: str) -> None: ...
    async def leave(self, *who: str) -> None: ...
    async def rename(self, topic: str) -> None: ...
    async def take_back(self, who: str, message_id: str) -> None: ...
    async def sees(self, n: int = 0) -> Seen:
        """The n-th message of the bot, waited for."""
        ...

    async def cut(self) -> None:
        """The platform is gone until `mend`."""
        ...

    async def mend(self) -> None: ...


class MemoryStage:
    name = "memory"
    can = frozenset(Capability) - {Capability.ECHO, Capability.RECALL, Capability.TOPIC}
    tells_ids = True
    moves = True
    mends = True

    def __init__(self) -> None:
        self.transport = MemoryTransport()
        self._said = 0

    def _where(self, who: str, to: str) -> Address:
        private = to != ROOM
        return Address("memory", "bot", room=None if private else to, contact=who if private else None)

    def _message(self, who: str, to: str) -> Incoming:
        self._said += 1
        at = datetime.now(UTC)  # noqa: TID251
        where = self._where(who, to)
        return Incoming(at=at, where=where, sender=who, id=f"m{self._said}", sender_name=NAMES[who])

    async def say(self, who: str, text: str, *, to: str = ROOM, mentions: tuple[str, ...] = ()) -> None:
        message = self._message(who, to)
        addressed = "bot" in mentions
        await self.transport.hear(replace(message, text=text, mentions=mentions, mentions_bot=addressed))

    async def show(self, who: str, name: str, content: bytes, *, to: str = ROOM) -> None:
        message = self._message(who, to)
        self.transport.files[message.id] = content
        kind = Media.IMAGE if name.endswith(".png") else Media.FILE
        await self.transport.hear(replace(message, media=(Attachment(kind, message.id, name),)))

    async def join(self, *who: str) -> None:
        names = tuple(NAMES[one] for one in who)
        where = self._where(ZHANG, ROOM)
        await self.transport.hear(Joined(self._message(ZHANG, ROOM).at, where, who, names))

    async def leave(self, *who: str) -> None:
        await self.transport.hear(Left(self._message(ZHANG, ROOM).at, self._where(ZHANG, ROOM), who))

    async def rename(self, topic: str) -> None:
        await self.transport.hear(
            TopicChanged(self._message(ZHANG, ROOM).at, self._where(ZHANG, ROOM), topic)
        )

    async def take_back(self, who: str, message_id: str) -> None:
        at, where = self._message(who, ROOM).at, self._where(who, ROOM)
        await self.transport.hear(Recalled(at, where, message_id, sender=who))

    async def sees(self, n: int = 0) -> Seen:
        return self._shown(self.transport.sent[n])

    def _shown(self, out: Outgoing) -> Seen:
        say = out.say
        file = Path(say.media[0].ref).read_bytes() if say.media else b""
        return Seen(say.to.room or say.to.contact or "", say.text, say.mentions, file)

    async def cut(self) -> None:
        self.transport.down()

    async def mend(self) -> None:
        await self.transport.up()


class WechatyStage:
    """The official gateway with the published mock puppet as it is."""

    name = "wechaty-pure"
    can = frozenset({Capability.MEDIA_IN, Capability.MEDIA_OUT, Capability.RECALL_HEARD, Capability.ECHO})
    tells_ids = False
    moves = True
    mends = True

    def __init__(self, gateway: Gateway) -> None:
        self.gateway, self._before = gateway, gateway.said_so_far()
        self.transport: Transport = WechatyTransport(gateway.endpoint, TOKEN, pace=QUICK)

    async def say(self, who: str, text: str, *, to: str = ROOM, mentions: tuple[str, ...] = ()) -> None:
        await self.gateway.order("say", **{"from": who}, text=text, to=to, mentions=mentions)

    async def show(self, who: str, name: str, content: bytes, *, to: str = ROOM) -> None:
        box = base64.b64encode(content).decode()
        kind = 1 if name.endswith(".pdf") else None  # the puppet's number of a file that is no picture
        await self.gateway.order("file", **{"from": who}, name=name, base64=box, to=to, type=kind)

    async def join(self, *who: str) -> None:
        await self.gateway.order("join", room=ROOM, who=who, by=LI)

    async def leave(self, *who: str) -> None:
        await self.gateway.order("leave", room=ROOM, who=who, by=LI)

    async def rename(self, topic: str) -> None:
        await self.gateway.order("topic", room=ROOM, topic=topic, by=LI)

    async def take_back(self, who: str, message_id: str) -> None:
        await self.gateway.order("raw", **{"from": who}, to=ROOM, type=13, text=message_id)

    async def sees(self, n: int = 0) -> Seen:
        said = await self.gateway.said(self._before + n)
        box = await self.gateway.order("received", id=said["id"]) if said["type"] != 7 else ""
        mentions = said["mentions"]
        assert isinstance(mentions, list)
        return Seen(
            str(said["to"]), str(said.get("text", "")), tuple(mentions), base64.b64decode(str(box or ""))
        )

    async def cut(self) -> None:
        await self.gateway.kill()
        await until(lambda: self.transport.state != "up")

    async def mend(self) -> None:
        await self.gateway.start()


class WechatyExtendedStage(WechatyStage):
    """The same with the mock's gaps filled in: ids, mentions, recalling, renaming."""

    name = "wechaty-extended"
    can = WechatyTransport.capabilities
    tells_ids = True


class WechatyPluginStage(WechatyExtendedStage):
    """The same gateway with a python-wechaty bot at it, in which gridbot is a plugin."""

    name = "wechaty-plugin"
    mends = False  # the bot waits a minute before it dials again

    def __init__(self, gateway: Gateway) -> None:
        super().__init__(gateway)
        self.plugged = PluginTransport(pace=QUICK)
        self.transport = self.plugged


Opening = Callable[[], AbstractAsyncContextManager[Stage]]


@asynccontextmanager
async def memory() -> AsyncIterator[Opening]:
    yield lambda: nullcontext(MemoryStage())


@asynccontextmanager
async def wechaty(stage: type[WechatyStage], suite: str) -> AsyncIterator[Opening]:
    async with running_gateway(suite) as gateway:
        yield lambda: nullcontext(stage(gateway))


@asynccontextmanager
async def wechaty_plugin() -> AsyncIterator[Opening]:
    @asynccontextmanager
    async def open_stage() -> AsyncIterator[Stage]:
        stage = WechatyPluginStage(gateway)
        async with running_bot(gateway.endpoint, stage.plugged):
            yield stage

    async with running_gateway("extended") as gateway:
        yield open_stage


@dataclass(frozen=True, slots=True)
class World:
    """One transport under the contract: what is opened once for all tests, and a stage for each."""

    stage: type[Stage]
    open: Callable[[], AbstractAsyncContextManager[Opening]]


STAGES = (
    World(MemoryStage, memory),
    World(WebchatStage, webchat),
    World(ConsoleStage, console),
    World(WechatyStage, partial(wechaty, WechatyStage, "pure")),
    World(WechatyExtendedStage, partial(wechaty, WechatyExtendedStage, "extended")),
    World(WechatyPluginStage, wechaty_plugin),
)
