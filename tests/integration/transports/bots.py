"""A python-wechaty bot with gridbot's plugin in it, as somebody might already run one."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from apscheduler.schedulers.asyncio import AsyncIOScheduler  # noqa: TID251
from wechaty_puppet import PuppetOptions

from gridbot.transports.wechaty.plugin import GridbotPlugin, PluginTransport
from tests.gateway.driver import TOKEN

from wechaty import Wechaty, WechatyOptions  # noqa: TID251 # isort: skip


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def bot_for(endpoint: str, transport: PluginTransport) -> Any:
    """A bot that writes nothing to disk and serves nothing."""
    options = WechatyOptions(
        puppet_options=PuppetOptions(token=TOKEN, end_point=endpoint),
        host="127.0.0.1",
        port=free_port(),
        scheduler=AsyncIOScheduler(),
    )
    bot = Wechaty(options)
    bot.use(GridbotPlugin(transport))
    return bot


@asynccontextmanager
async def running_bot(endpoint: str, transport: PluginTransport) -> AsyncIterator[Any]:
    """The bot, running until the block ends."""
    bot = bot_for(endpoint, transport)
    running = asyncio.create_task(bot.start())
    try:
        yield bot
    finally:
        channel = bot._puppet.channel
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        if channel is not None:
            channel.close()
        if bot._plugin_manager.scheduler.running:
            bot._plugin_manager.scheduler.shutdown(wait=False)
