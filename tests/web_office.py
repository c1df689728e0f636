"""The complete program with its web server, as `gridbot run` starts it, on a small community."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import aiohttp

from gridbot import app as root
from gridbot.app import App
from gridbot.clock import SystemClock, sleep
from gridbot.config import Settings
from gridbot.models import database
from gridbot.models.reckoning import overview
from gridbot.org import import_org
from gridbot.outbox import Pace
from gridbot.transports.webchat import WebChat
from gridbot.web.needs import WebApp
from gridbot.web.server import WebServer
from tests.conftest import SMALL_ORG, hasty

MONDAY = datetime(2026, 3, 2, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))  # a working day
PATIENCE_S = 15.0
Frame = dict[str, Any]


class OfficeClock:
    """A clock that runs like any other, but from a moment of our choice; `pass_by` moves its hands."""

    def __init__(self, start: datetime) -> None:
        self._ahead = start - SystemClock().now()

    def now(self) -> datetime:
        return SystemClock().now() + self._ahead

    def pass_by(self, span: timedelta) -> None:
        self._ahead += span


@dataclass
class Office:
    """A running installation; `url` is where it serves."""

    app: App
    chat: WebChat
    server: WebServer
    http: aiohttp.ClientSession
    clock: OfficeClock

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


async def until(holds: Callable[[], bool]) -> None:
    """Wait until something holds that no frame tells of."""
    async with asyncio.timeout(PATIENCE_S):
        while not holds():
            await sleep(0.02)


_databases: dict[Path, bytes] = {}


async def _lay_down(settings: Settings, data: Path, org: Path) -> None:
    """A database that holds this org; made once, copied from then on."""
    file = data / "gridbot.db"
    if org not in _databases:
        async with database.opened(root.database_url(settings, data)):
            await import_org(org)
        _databases[org] = await asyncio.to_thread(file.read_bytes)
    else:
        await asyncio.to_thread(file.write_bytes, _databases[org])


@asynccontextmanager
async def open_office(
    settings: Settings,
    data: Path,
    *,
    demo: bool = True,
    token: str = "",
    org: Path | None = SMALL_ORG,
    at: datetime = MONDAY,
) -> AsyncIterator[Office]:
    """Start everything on a port of the system's choice, on a clock that shows `at`; stop it at the end."""
    if org is not None:
        await _lay_down(settings, data, org)
    clock = OfficeClock(at)
    chat = WebChat(history=overview.said, clock=clock)
    at_once = Pace(account_gap_s=0, room_gap_s=0)
    async with root.opened(hasty(settings), data, [chat], clock=clock, pace=at_once) as app:
        server = WebServer(
            WebApp(
                world=app.world, clock=clock, chat=chat, transports=app.transports, counts=app.counts,
                data=data, port=0, token=token, demo=demo, wake=app.engine.wake,
            )
        )  # fmt: skip
        await app.start()
        await server.start()
        try:
            async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as http:
                yield Office(app, chat, server, http, clock)
        finally:
            await server.stop()
            await app.stop()
