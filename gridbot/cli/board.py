"""`gridbot board`: who answers for what at a node, for the notice board."""

from __future__ import annotations

from pathlib import Path

import click

from gridbot import app as root
from gridbot.cli import CONFIG, DATA, finish, settings_of
from gridbot.config import Settings
from gridbot.errors import BadInput


@click.command()
@click.argument("node")
@click.option("--png", type=click.Path(path_type=Path), default=None, help="另存为图片，可以打印张贴")
@CONFIG
@DATA
def board(node: str, png: Path | None, config: Path | None, data: Path) -> None:
    """打印一个层级节点的网格公示（Markdown），或另存为图片。"""
    finish(_board(settings_of(config, data), data, node, png))


async def _board(settings: Settings, data: Path, node: str, png: Path | None) -> int:
    from gridbot.digests import board as boards

    async with root.opened(settings, data) as app:
        found = app.world.directory.node_named(node)
        if found is None:
            raise BadInput(f"没有「{node}」这个节点", hint="写 nodes.csv 里的 code 或名称")
        shown = boards.board(app.world, found.code)
        if png is not None:
            boards.draw(app.world, shown, png)
        click.echo(boards.markdown(app.world, shown))
    return 0
