"""For whoever watches the program: is it alive, is it ready, what has it counted."""

from __future__ import annotations

import asyncio

from aiohttp import web

from gridbot.models.reckoning import overview
from gridbot.web.needs import NEEDS, WebApp

DATABASE_WITHIN_S = 3.0


async def alive(_: web.Request) -> web.Response:
    """200 as long as the process answers."""
    return web.json_response({"status": "ok"})


async def ready(request: web.Request) -> web.Response:
    """200 when the database answers and every transport is up, else 503; the body says which is not."""
    needs = request.app[NEEDS]
    database = await _database()
    transports = {name: transport.state for name, transport in needs.transports.items()}
    good = database == "up" and all(state == "up" for state in transports.values())
    body = {"status": "ok" if good else "not ready", "database": database, "transports": transports}
    return web.json_response(body, status=200 if good else 503)


async def _database() -> str:
    try:
        await asyncio.wait_for(overview.answers(), DATABASE_WITHIN_S)
    except Exception as error:
        return f"down: {type(error).__name__}"
    return "up"


__all__ = ["WebApp", "alive", "ready"]
