"""`gridbot check` and `gridbot digest`: is everything in order, and what does a leader see."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from gridbot import app as root
from gridbot import profiles, services
from gridbot.cli import CONFIG, DATA, finish, settings_of
from gridbot.cli.route import route_findings
from gridbot.clock import SystemClock
from gridbot.config import Settings
from gridbot.errors import BadInput, GridbotError
from gridbot.nlp import Reader
from gridbot.org import Finding, examine, export_org, read
from gridbot.services import review
from gridbot.texts import Texts


@click.command()
@CONFIG
@DATA
def check(config: Path | None, data: Path) -> None:
    """检查配置、组织资料、规则、话术、消息通道：每个毛病在哪个文件哪一行，怎么改。"""
    settings = settings_of(config, data)
    finish(_check(settings, data))


async def _check(settings: Settings, data: Path) -> int:
    faults = [*_files(settings), *[f async for f in _installation(settings, data)]]
    _hints(settings)
    for fault in faults:
        click.echo(fault)
    click.echo("一切正常" if not faults else f"共 {len(faults)} 处要处理")
    return 1 if faults else 0


def _hints(settings: Settings) -> None:
    """What of the services packs somebody of the office has to read; no fault."""
    today = SystemClock().now().astimezone(settings.zoneinfo).date()
    with suppress(BadInput):  # named among the faults
        for sentence in review.findings(tuple(settings.services), today):
            click.echo(f"提示：{sentence}")


def _files(settings: Settings) -> Iterator[str]:
    """Faults in what is read from files: rules, texts, profiles."""
    zone = settings.zoneinfo
    parts: list[Callable[[], object]] = [
        lambda: Reader.load([Path(pack) for pack in settings.rules], zone=zone),
        lambda: Texts.load(zone),
        lambda: services.load(tuple(settings.services)),
        lambda: profiles.load(settings.bot.profile),
        *(partial(profiles.load, name) for name in profiles.names()),
    ]
    for load in parts:
        try:
            load()
        except BadInput as error:
            yield str(error)


async def _installation(settings: Settings, data: Path) -> AsyncIterator[str]:
    """Faults of the org in the database and of the transports' settings."""
    try:
        async with root.opened(settings, data) as app:
            for finding in await _org():
                yield str(finding)
            for grave, sentence in route_findings(app.world.directory):
                if grave:
                    yield sentence
                else:
                    click.echo(f"提示：{sentence}")
    except GridbotError as error:
        yield str(error)
    for name in settings.transports.enabled:
        if name not in root.TRANSPORTS:
            yield f"transports.enabled：没有「{name}」这种通道 — 可写 {'、'.join(root.TRANSPORTS)}"
    if "wechaty" in settings.transports.enabled and not settings.wechaty.endpoint:
        yield "wechaty.endpoint：没有填 — 写网关地址，如 127.0.0.1:8788"


async def _org() -> list[Finding]:
    """What an import of the org as it stands would say, with the lines that an export has."""
    with TemporaryDirectory() as scratch:
        await export_org(Path(scratch))
        found = examine(read(Path(scratch)))
        return [replace(each, file=Path(each.file).name) for each in found]


PERIODS = ("day", "week", "month", "quarter", "year")


@click.command()
@click.argument("node")
@click.argument("day", required=False)
@click.option("--png", type=click.Path(path_type=Path), default=None, help="另存为图片")
@click.option("--csv", type=click.Path(path_type=Path), default=None, help="按类别的统计另存为表格")
@click.option("--period", type=click.Choice(PERIODS), default="day", help="日、周、月、季、年，默认日")
@CONFIG
@DATA
def digest(
    node: str,
    day: str | None,
    png: Path | None,
    csv: Path | None,
    period: str,
    config: Path | None,
    data: Path,
) -> None:
    """打印（或画出）一个层级节点某一天的日报，或到这一天为止的周报、月报、季报、年报。"""
    try:
        on = date.fromisoformat(day) if day else None
    except ValueError as error:
        raise BadInput(f"「{day}」不是日期", hint="写成 2026-03-02") from error
    wanted = _Wanted(node, on, png, csv, period)
    finish(_digest(settings_of(config, data), data, wanted))


@dataclass(frozen=True, slots=True)
class _Wanted:
    """Whose digest, of which day and period, and the files it goes to besides."""

    node: str
    day: date | None
    png: Path | None
    csv: Path | None
    period: str


async def _digest(settings: Settings, data: Path, wanted: _Wanted) -> int:
    from gridbot.digests import Period, print_digest

    async with root.opened(settings, data) as app:
        found = app.world.directory.node_named(wanted.node)
        if found is None:
            raise BadInput(f"没有「{wanted.node}」这个节点", hint="写 nodes.csv 里的 code 或名称")
        today: datetime = app.world.local(app.clock.now())
        day, period = wanted.day or today.date(), Period(wanted.period)
        text = await print_digest(app.world, found.code, day, wanted.png, period, wanted.csv)
        click.echo(text)
    return 0
