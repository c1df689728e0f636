"""`gridbot announcement`: who has had it."""

from __future__ import annotations

from pathlib import Path

import click

from gridbot import app as root
from gridbot.cli import CONFIG, DATA, finish, settings_of
from gridbot.config import Settings


@click.command()
@click.argument("number", type=int)
@click.option("--xlsx", type=click.Path(path_type=Path), required=True, help="回执清单存到这个表格")
@CONFIG
@DATA
def announcement(number: int, xlsx: Path, config: Path | None, data: Path) -> None:
    """把一条公告的送达情况（每户是否回执、何时）存成表格。"""
    finish(_announcement(settings_of(config, data), data, number, xlsx))


async def _announcement(settings: Settings, data: Path, number: int, xlsx: Path) -> int:
    from gridbot.org.proof import prove

    async with root.opened(settings, data) as app:
        had, households = await prove(app.world, number, xlsx)
        click.echo(f"公告 #{number}：{households} 户，已回执 {had} 户，清单在 {xlsx}")
    return 0
