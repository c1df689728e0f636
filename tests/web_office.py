"""The complete program with its web server, as `gridbot run` starts it, on a small community."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp

from gridbot import app as root
from gridbot.app import App
from gridbot.clock import Clock, SystemClock
from gridbot.config import Settings
from gridbot.models import overview
from gridbot.org import import_org
from gridbot.transports.webchat import WebChat
from gridbot.web.needs import WebApp
from gridbot.web.server import WebServer
from tests.conftest import SMALL_ORG

PATIENCE_S = 15.0
Frame = dict[str, Any]


@dataclass
class Office:
    """A running installation; `url` is where it serves."""

    app: App
    chat: WebChat
    server: WebServer
    http: aiohttp.ClientSession

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.port}"

    @asynccontextmanager
    async def sits(self, contact: str, room: str | None = None, **query: str) -> AsyncIterator[Sitter]:
        """Somebody opens a conversation."""
        params = {"contact": contact, **({"room": room} if room else {}), **query}
        async with self.http.ws_connect(f"{self.url}/chat/ws", params=params) as socket:
            yield Sitter(socket)


@dataclass
class Sitter:
    """One browser in one conversation."""

    socket: aiohttp.ClientWebSocketResponse

    async def says(self, text: str, **fields: object) -> None:
        await self.socket.send_str(json.dumps({"text": text, **fields}))

    async def sends(self, **fields: object) -> None:
        await self.socket.send_str(json.dumps(fields))

    async def sees(self, **wanted: object) -> Frame:
        """The next frame in which all the wanted fields have these values."""
        async with asyncio.timeout(PATIENCE_S):
            while True:
                frame: Frame = json.loads(await self.socket.receive_str())
                if all(frame.get(name) == value for name, value in wanted.items()):
                    return frame

    async def reads(self, words: str) -> Frame:
        """The next frame of the bot that holds these words."""
        async with asyncio.timeout(PATIENCE_S):
            while True:
                frame = await self.sees(**{"from": "bot"})
                if words in frame["text"]:
                    return frame


@asynccontextmanager
async def open_office(
    settings: Settings,
    data: Path,
    *,
    demo: bool = True,
    token: str = "",
    org: Path | None = SMALL_ORG,
    clock: Clock | None = None,
) -> AsyncIterator[Office]:
    """Start everything on a port of the system's choice; stop it at the end."""
    clock = clock or SystemClock()
    chat = WebChat(history=overview.said, clock=clock)
    async with root.opened(settings, data, [chat], clock=clock) as app:
        if org is not None:
            await import_org(org)
            app.world.org_changed = True
            await app.engine.take_turns()
        counts = {"inbox": app.inbox.counts, "engine": app.engine.counts, "outbox": app.outbox.counts}
        server = WebServer(
            WebApp(
                world=app.world, clock=clock, chat=chat, transports=app.transports, counts=counts,
                data=data, port=0, token=token, demo=demo, wake=app.engine.wake,
            )
        )  # fmt: skip
        await app.start()
        await server.start()
        try:
            async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as http:
                yield Office(app, chat, server, http)
        finally:
            await server.stop()
            await app.stop()
