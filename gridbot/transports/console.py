"""A chat in the terminal: one speaks as anybody, anywhere, and reads everything the bot says."""

from __future__ import annotations

import asyncio
import secrets
import sys
import threading
from collections.abc import AsyncIterator, Callable, Mapping
from typing import Protocol

from gridbot.clock import Clock, SystemClock, sleep
from gridbot.errors import BadInput, TransportError
from gridbot.messages import Address, Attachment, Incoming, Outgoing, Receipt
from gridbot.transports import Capability, Transport
from gridbot.transports.awaited import Awaited

HELP = """直接输入就是说话。/人 账号 换个人说话；/群 群号 到群里去；/私聊 和小助手单独说；/退出 结束。"""


class Hosts(Protocol):
    """What `chat` wants of the program."""

    @property
    def transports(self) -> Mapping[str, Transport]: ...


class Console(Awaited):
    """The transport: `hear` is what was typed, `write` gets each line to be shown."""

    def __init__(
        self,
        write: Callable[[str], None] = print,
        *,
        name: str = "console",
        account: str = "bot",
        bot_name: str = "网格小助手",
        clock: Clock | None = None,
    ) -> None:
        super().__init__(name, account)
        self.capabilities = frozenset({Capability.PRIVATE, Capability.RECALL_HEARD})
        self._write, self._bot_name, self._clock = write, bot_name, clock or SystemClock()
        self._last = 0.0  # when something was last typed or shown, by the loop's clock

    async def hear(
        self, contact: str, room: str | None, text: str, *, name: str = "", mentions: tuple[str, ...] = ()
    ) -> Incoming:
        """Somebody typed a line; returns once it is durable, raises TransportError if it never is."""
        event = Incoming(
            at=self._clock.now(),
            where=Address(self.name, self.account, room, contact if room is None else None),
            sender=contact,
            id=secrets.token_hex(8),
            text=text,
            sender_name=name or contact,
            mentions=mentions,
            mentions_bot=self.account in mentions or f"@{self._bot_name}" in text,
        )
        await self.tell(event)
        self._last = asyncio.get_running_loop().time()
        return event

    async def send(self, out: Outgoing) -> Receipt:
        """Write a message to the terminal."""
        self.require_up()
        self._last = asyncio.get_running_loop().time()
        say = out.say
        where = f"群 {say.to.room}" if say.to.room is not None else f"私聊 {say.to.contact}"
        words = " ".join(f"［{button.says}］" for button in say.buttons)
        body = say.text.replace("\n", "\n    ")
        self._write(f"〔{where}〕{self._bot_name}：{body}" + (f"\n    {words}" if words else ""))
        return Receipt(out.id)

    async def settle(self, quiet_s: float = 1.0, longest_s: float = 10.0) -> None:
        """Wait for answers still on their way: until nothing was shown or typed for a while."""
        loop = asyncio.get_running_loop()
        until = loop.time() + longest_s
        while (left_s := min(until, self._last + quiet_s) - loop.time()) > 0:
            await sleep(left_s)

    async def fetch(self, attachment: Attachment) -> bytes:
        """Nothing but text comes this way; raises TransportError."""
        raise TransportError("no such attachment", retryable=False)


async def chat(
    app: Hosts, contact: str, room: str | None = None, *, lines: AsyncIterator[str] | None = None
) -> None:
    """Talk until 退出 or the end of input; `app` is started and has a Console among its transports."""
    console = next((one for one in app.transports.values() if isinstance(one, Console)), None)
    if console is None:
        raise BadInput("这个进程里没有终端聊天")
    sys.stdout.write(f"{HELP}\n")
    async for line in lines or _typed():
        words = line.strip()
        if words in ("/退出", "/quit"):
            break
        match words.split(maxsplit=1):
            case ["/人" | "/who", who]:
                contact = who
            case ["/群" | "/room", where]:
                room = where
            case ["/私聊" | "/private"]:
                room = None
            case [_, *_] if words.startswith("/"):
                sys.stdout.write(f"{HELP}\n")
            case [_, *_]:
                await _say(console, contact, room, words)
    await console.settle()


async def _say(console: Console, contact: str, room: str | None, words: str) -> None:
    try:
        await console.hear(contact, room, words)
    except TransportError:
        sys.stdout.write("没有存下来，请重试。\n")


async def _typed() -> AsyncIterator[str]:
    """Lines of standard input; reading them keeps nobody waiting."""
    loop, queue = asyncio.get_running_loop(), asyncio.Queue[str | None]()

    def read() -> None:
        for line in sys.stdin:
            loop.call_soon_threadsafe(queue.put_nowait, line)
        loop.call_soon_threadsafe(queue.put_nowait, None)

    threading.Thread(target=read, daemon=True, name="typed").start()
    while (line := await queue.get()) is not None:
        yield line
