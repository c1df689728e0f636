"""`gridbot sheet`: allowances, talents, scores and points as a table for the file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import click

from gridbot import app as root
from gridbot.cli import CONFIG, DATA, finish, settings_of
from gridbot.cli.outreach import write
from gridbot.clock import SystemClock
from gridbot.config import Settings
from gridbot.digests import allowance, scoring
from gridbot.errors import BadInput
from gridbot.models import acts
from gridbot.models.database import transaction
from gridbot.models.neighbours import merits, scores
from gridbot.world import World

KINDS = ("allowance", "talents", "scores", "points")
Rows = tuple[Sequence[str], list[list[str]]]


@click.command()
@click.argument("kind", type=click.Choice(KINDS))
@click.argument("node", required=False)
@click.option("--quarter", default=None, help="2026Q1，默认本季度")
@click.option("--out", type=click.Path(path_type=Path), default=None, help="写到 .csv 或 .xlsx 文件")
@CONFIG
@DATA
def sheet(
    kind: str, node: str | None, quarter: str | None, out: Path | None, config: Path | None, data: Path
) -> None:
    """补贴表、人才名单、考核依据、积分：导出成表格（只算账，不发钱）。"""
    finish(_sheet(settings_of(config, data), data, kind, node, quarter, out))


async def _sheet(
    settings: Settings, data: Path, kind: str, node: str | None, quarter: str | None, out: Path | None
) -> int:
    async with root.opened(settings, data) as app:
        world, now = app.world, SystemClock().now()
        code = _node(world, node)
        name = _quarter(quarter) or scores.name_of(world.local(now).date())
        async with transaction():
            await scoring.settle(world, scoring.quarter_named(world, name, now))
            await acts.record("cli", now, f"export.{kind}", code, name)
        header, lines = await _rows(world, kind, code, name, now)
    write(list(header), lines, out)
    click.echo(f"{len(lines)} 行", err=True)
    return 0


def _node(world: World, name: str | None) -> str:
    found = world.directory.node_named(name) if name else world.directory.nodes.get(world.directory.top())
    if found is None:
        raise BadInput(f"没有「{name or ''}」", hint="写节点的编号或名称")
    return found.code


def _quarter(text: str | None) -> str | None:
    if text is None:
        return None
    year, _, part = text.upper().partition("Q")
    if not (year.isdigit() and len(year) == 4 and part in ("1", "2", "3", "4")):
        raise BadInput(f"季度「{text}」写法不对", hint="写成 2026Q1")
    return f"{year}Q{part}"


async def _rows(world: World, kind: str, node: str, quarter: str, now: datetime) -> Rows:
    posts = allowance.workers(world, node)
    if kind == "allowance":
        return allowance.HEADER, [list(line.cells()) for line in await allowance.sheet(world, posts, quarter)]
    if kind == "talents":
        return allowance.TALENTS, [list(row) for row in await allowance.talent_list(world, posts, quarter)]
    if kind == "points":
        found = await merits.members(world.directory.under(node))
        return ("住户", "积分"), [[household, str(amount)] for household, amount in sorted(found.items())]
    rows = await scores.entries(quarter, [post.staff for post in posts])
    return ("工号", "规则", "分值", "来源", "时间", "状态"), [
        [row.who, row.rule, f"{row.points:g}", row.source, f"{world.local(row.at):%Y-%m-%d %H:%M}", row.state]
        for row in rows
    ]
