"""`gridbot run` and its parts as separate processes."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import webbrowser
from pathlib import Path

import click

from gridbot import app as root
from gridbot import showcase
from gridbot.cli import CONFIG, DATA, finish, settings_of
from gridbot.config import Settings


@click.command()
@CONFIG
@DATA
@click.option("--demo", is_flag=True, help="装入演示社区，任何人都可以扮演任何人")
@click.option("--open", "open_page", is_flag=True, help="就绪后打开浏览器")
@click.option("--port", type=int, default=None, help="网页端口，默认 8311；0 由系统选")
def run(config: Path | None, data: Path, demo: bool, open_page: bool, port: int | None) -> None:
    """一个进程里跑全部：数据库、时钟、消息通道、网页。"""
    overrides = {} if port is None else {"web": {"port": port}}
    settings = settings_of(config, data, **overrides)
    finish(_serve(settings, data, root.EVERYTHING, demo=demo, open_page=open_page))


@click.command()
@click.argument("name")
@CONFIG
@DATA
def gateway(name: str, config: Path | None, data: Path) -> None:
    """只跑一条消息通道（与 worker、web 共用一个 PostgreSQL）。"""
    settings = settings_of(config, data, transports={"enabled": [name]})
    finish(_serve(settings, data, root.GATEWAY))


@click.command()
@CONFIG
@DATA
def worker(config: Path | None, data: Path) -> None:
    """只跑办事的部分：处理消息、到期的事。"""
    finish(_serve(settings_of(config, data), data, root.WORKER))


@click.command()
@CONFIG
@DATA
def web(config: Path | None, data: Path) -> None:
    """只跑网页和网页聊天。"""
    settings = settings_of(config, data, transports={"enabled": ["webchat"]})
    finish(_serve(settings, data, root.WEB))


@click.command()
@click.option("--as", "contact", required=True, help="以谁的身份说话（contact）")
@click.option("--room", default=None, help="在哪个群里；不给就是私聊")
@CONFIG
@DATA
def chat(contact: str, room: str | None, config: Path | None, data: Path) -> None:
    """在终端里和小助手说话。"""
    finish(_chat(settings_of(config, data), data, contact, room))


async def _serve(
    settings: Settings, data: Path, parts: root.Parts, *, demo: bool = False, open_page: bool = False
) -> int:
    if demo:
        settings = showcase.awake(settings)
        await showcase.prepare(settings, data)
    async with root.serving(settings, data, parts, demo=demo) as running:
        if demo and running.chat is not None:
            showcase.remember(settings, running.chat)
        page = f"{running.address}/chat" if running.address else ""
        click.echo(f"gridbot 已就绪：{page}" if page else "gridbot 已就绪")
        if open_page and page:
            with contextlib.suppress(webbrowser.Error):
                webbrowser.open(page)
        return await _until_stopped(running)


async def _until_stopped(running: root.Running) -> int:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stop.set)
    waiting = asyncio.create_task(stop.wait())
    done, _ = await asyncio.wait([waiting, *running.app.tasks], return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()
    for task in done - {waiting}:
        if error := task.exception():
            raise error
    return 0


async def _chat(settings: Settings, data: Path, contact: str, room: str | None) -> int:
    from gridbot.transports.console import Console
    from gridbot.transports.console import chat as converse

    console = Console(click.echo, bot_name=settings.bot.name)
    async with root.opened(settings, data, [console], any_transport=True) as app:
        await app.start()
        try:
            await converse(app, contact, room)
        finally:
            await app.stop()
    return 0
