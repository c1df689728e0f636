"""What the web pages need of the program: app.py fills it in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from aiohttp import web

from gridbot.clock import Clock
from gridbot.transports import Transport
from gridbot.transports.webchat import WebChat
from gridbot.world import World


@dataclass(frozen=True, slots=True)
class WebApp:
    """`chat` is None where the web chat is switched off: its pages answer 404 then.

    `counts`: what was counted since the start, by part (inbox, engine, outbox, ticker) and name.
    `wake`: called after the org was changed by a page. `data`: where the key of the cookies is kept.
    """

    world: World
    clock: Clock
    chat: WebChat | None
    transports: Mapping[str, Transport]
    counts: Mapping[str, Mapping[str, int]]
    data: Path
    host: str = "127.0.0.1"
    port: int = 8311
    token: str = field(default="", repr=False)
    public_url: str = ""
    demo: bool = False
    wake: Callable[[], None] = lambda: None


NEEDS: web.AppKey[WebApp] = web.AppKey("needs", WebApp)
