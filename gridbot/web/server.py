"""The web server: routes, and its start and stop."""

from __future__ import annotations

import errno
import os
from dataclasses import replace
from pathlib import Path

from aiohttp import web

from gridbot.errors import BadInput
from gridbot.transports.webchat import pictures
from gridbot.web import api, chat, console, feed, guard, health, identity, metrics, open311, pages, sockets
from gridbot.web.needs import NEEDS, WebApp
from gridbot.web.signing import Signer
from gridbot.web.visitors import Visitors

HERE = Path(__file__).parent
STOP_WITHIN_S = 2.0


class WebServer:
    """Serves until stopped; `port` is known after `start` (0 lets the system choose one)."""

    def __init__(self, needs: WebApp) -> None:
        self._needs = needs
        self._runner: web.AppRunner | None = None
        self.port = needs.port

    async def start(self) -> None:
        """Listen; raises BadInput where the address is taken or not ours."""
        needs = self._needs
        self._runner = web.AppRunner(
            application(needs), access_log=None, shutdown_timeout=STOP_WITHIN_S, handle_signals=False
        )
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, needs.host, needs.port).start()
        except OSError as error:
            await self.stop()
            raise BadInput(
                f"网页不能用 {needs.host}:{needs.port}：{why(error)}",
                hint="可能已有一个 gridbot 在运行；也可以用 web.port 换一个端口",
            ) from error
        self.port = self._runner.addresses[0][1]
        world = needs.world
        if needs.port == 0 and not needs.public_url:  # only now it is known what links have to say
            world.office = replace(world.office, url=self.address)

    @property
    def address(self) -> str:
        """Where a browser finds the pages."""
        return self._needs.public_url or f"http://{self._needs.host}:{self.port}"

    async def stop(self) -> None:
        """Close every page and stop listening; safe to call twice."""
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None


def why(error: OSError) -> str:
    """What keeps us from listening, as people say it."""
    if error.errno == errno.EADDRINUSE:
        return "端口已被占用"
    if error.errno == errno.EACCES:
        return "没有权限（1024 以下的端口要管理员）"
    return os.strerror(error.errno) if error.errno else str(error)


def application(needs: WebApp) -> web.Application:
    """The pages on what they need; nothing listens yet."""
    app = web.Application(middlewares=[guard.guarded], client_max_size=pictures.LARGEST + 1024)
    app[NEEDS] = needs
    app[sockets.SOCKETS] = set()
    if needs.chat is not None:
        app[identity.VISITORS] = Visitors(needs.world, needs.chat, demo=needs.demo)
    app[identity.SIGNER] = Signer.load(needs.data)
    app.add_routes(ROUTES)
    app.router.add_static("/static/", HERE / "static")
    app.on_shutdown.append(sockets.close_all)
    return app


ROUTES = [
    web.get("/", pages.start),
    web.get("/g/{code}", pages.grid),
    web.get("/g/{code}/board", pages.wall),
    web.get("/chat", chat.page),
    web.post("/chat/in", chat.sign_in),
    web.get("/chat/ws", sockets.chat_socket),
    web.get("/chat/me", chat.me),
    web.get("/chat/people", chat.people),
    web.post("/chat/upload", chat.upload),
    web.get("/chat/media/{ref}", chat.media),
    web.get("/healthz", health.alive),
    web.get("/readyz", health.ready),
    web.get("/metrics", metrics.metrics),
    web.get("/console", console.today),
    web.get("/console/in", console.arrive),
    web.post("/console/in", console.sign_in),
    web.post("/console/out", console.sign_out),
    web.get("/console/tickets", console.tickets),
    web.get(r"/console/tickets/{no:\d{1,9}}", console.ticket),
    web.get(r"/console/tickets/{no:\d{1,9}}/pictures/{message:\d{1,18}}/{at:\d{1,2}}", console.picture),
    web.get("/console/visits", console.visits),
    web.get("/console/reports", console.reports),
    web.post("/api/v1/messages", api.post_message),
    web.get("/api/v1/messages", feed.answers),
    web.get("/api/v1/progress", feed.progress),
    web.get("/api/v1/tickets", feed.tickets),
    web.post(r"/api/v1/tickets/{no:\d{1,9}}/number", feed.number),
    web.get("/api/v1/feed", feed.figures),
    web.get("/api/v1/villages", feed.villages),
    web.get("/api/openapi.json", api.description),
    web.get("/open311/v2/services.{format:json|xml}", open311.services),
    web.get("/open311/v2/requests.{format:json|xml}", open311.requests),
    web.post("/open311/v2/requests.{format:json|xml}", open311.report),
    web.get(r"/open311/v2/requests/{no:\d{1,9}}.{format:json|xml}", open311.one_request),
    web.get(r"/open311/v2/tokens/{token:[0-9a-f.]{4,400}}.{format:json|xml}", open311.token),
]
