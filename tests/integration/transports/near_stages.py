"""The stages of the transports that live in this process: the web chat and the terminal."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext, suppress
from datetime import UTC, datetime
from typing import ClassVar

from gridbot.errors import TransportError
from gridbot.messages import Address, Attachment, Event, Joined, Left, Media, Recalled, TopicChanged
from gridbot.transports import Capability, Transport
from gridbot.transports.console import Console
from gridbot.transports.webchat import Line, Said, TakenBack, WebChat
from tests.integration.transports.seen import Seen

ROOM = "lou3@chatroom"
NAMES = {"zhang": "张阿姨", "li": "李网格员", "wang": "王大爷"}


class NearStage:
    """What both have in common: events are told, the platform is switched off and on."""

    tells_ids: ClassVar[bool] = True
    moves: ClassVar[bool] = True
    mends: ClassVar[bool] = True

    def __init__(self, near: WebChat | Console) -> None:
        self.near = near
        self.transport: Transport = near
        self._said = 0

    def _where(self, who: str, to: str) -> Address:
        private = to != ROOM
        return Address(self.near.name, "bot", None if private else to, who if private else None)

    def _next(self) -> str:
        self._said += 1
        return f"m{self._said}"

    async def _tell(self, event: Event) -> None:
        with suppress(TransportError):  # its sender reads that it failed
            await self.near.tell(event)

    async def join(self, *who: str) -> None:
        names = tuple(NAMES[one] for one in who)
        await self._tell(Joined(_now(), self._where("", ROOM), who, names, self._next()))

    async def leave(self, *who: str) -> None:
        await self._tell(Left(_now(), self._where("", ROOM), who, self._next()))

    async def rename(self, topic: str) -> None:
        await self._tell(TopicChanged(_now(), self._where("", ROOM), topic, self._next()))

    async def cut(self) -> None:
        self.near.down()

    async def mend(self) -> None:
        self.near.up()


class WebchatStage(NearStage):
    name: ClassVar[str] = "webchat"
    can: ClassVar[frozenset[Capability]] = WebChat().capabilities

    def __init__(self) -> None:
        self.chat = WebChat()
        super().__init__(self.chat)
        self._seen: list[tuple[str, Line]] = []
        for where in [self._where("", ROOM), *(self._where(who, who) for who in NAMES)]:
            self.chat.follow(where, self._noting(where.room or where.contact or ""))

    def _noting(self, to: str) -> Callable[[Line | TakenBack], None]:
        def note(item: Line | TakenBack) -> None:
            if isinstance(item, Line) and item.sender == "bot":
                self._seen.append((to, item))

        return note

    async def say(self, who: str, text: str, *, to: str = ROOM, mentions: tuple[str, ...] = ()) -> None:
        await self._hear(who, to, text, mentions=mentions)

    async def show(self, who: str, name: str, content: bytes, *, to: str = ROOM) -> None:
        kind = Media.IMAGE if name.endswith(".png") else Media.FILE
        await self._hear(who, to, "", media=(Attachment(kind, self.chat.pictures.put(content), name),))

    async def _hear(
        self,
        who: str,
        to: str,
        text: str,
        mentions: tuple[str, ...] = (),
        media: tuple[Attachment, ...] = (),
    ) -> None:
        said = Said(self._where(who, to), who, self._next(), text, NAMES[who], mentions=mentions, media=media)
        with suppress(TransportError):
            await self.chat.hear(said)

    async def take_back(self, who: str, message_id: str) -> None:
        assert await self.chat.take_back(self._where(who, ROOM), who, message_id)

    async def sees(self, n: int = 0) -> Seen:
        to, line = self._seen[n]
        file = self.chat.pictures.get(line.media[0].ref) if line.media else b""
        return Seen(to, line.text, line.mentions, file or b"")


class ConsoleStage(NearStage):
    name: ClassVar[str] = "console"
    can: ClassVar[frozenset[Capability]] = Console().capabilities

    def __init__(self) -> None:
        self._shown: list[str] = []
        self.console = Console(self._shown.append)
        super().__init__(self.console)

    async def say(self, who: str, text: str, *, to: str = ROOM, mentions: tuple[str, ...] = ()) -> None:
        with suppress(TransportError):
            await self.console.hear(who, to if to == ROOM else None, text, name=NAMES[who], mentions=mentions)

    async def show(self, who: str, name: str, content: bytes, *, to: str = ROOM) -> None:
        raise NotImplementedError

    async def take_back(self, who: str, message_id: str) -> None:
        await self._tell(Recalled(_now(), self._where(who, ROOM), message_id, sender=who))

    async def sees(self, n: int = 0) -> Seen:
        head, text = self._shown[n].split("〕网格小助手：", 1)
        return Seen(head.split(" ", 1)[1], text.replace("\n    ", "\n"))


@asynccontextmanager
async def webchat() -> AsyncIterator[Callable[[], AbstractAsyncContextManager[WebchatStage]]]:
    yield lambda: nullcontext(WebchatStage())


@asynccontextmanager
async def console() -> AsyncIterator[Callable[[], AbstractAsyncContextManager[ConsoleStage]]]:
    yield lambda: nullcontext(ConsoleStage())


def _now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251
