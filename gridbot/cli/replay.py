"""`gridbot replay`: a chat log played against the complete program."""

from __future__ import annotations

import gc
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO

import click

from gridbot.cli import CONFIG, finish
from gridbot.config import load as load_settings
from gridbot.errors import BadInput
from gridbot.replay import log as chat_log
from gridbot.replay.report import Report
from gridbot.replay.run import Order, no_progress, replayed
from gridbot.replay.says import Says
from gridbot.replay.summary import Summary, summed_up

# Rules and org are hundreds of thousands of objects that stay: going through all of them again and again
# costs a twentieth of a long replay, and finds nothing.
COLLECT = (10_000, 50, 1_000)


@click.command()
@click.argument("chat", type=click.Path(path_type=Path))
@click.option("--org", type=click.Path(path_type=Path), required=True, help="组织资料：目录或 xlsx")
@click.option("--until", default=None, help="放完以后时钟继续走到这时，例如 2026-03-02T20:00:00+08:00")
@click.option("--say", type=click.Path(path_type=Path), default=None, help="小助手说的每一句写到这里")
@click.option("--report", type=click.Path(path_type=Path), default=None, help="结果写到这里")
@click.option("--db", default="", help="空的数据库，例如 sqlite://replay.db；不写就用完即弃")
@click.option("--json", "as_json", is_flag=True, help="小结写成 JSON")
@CONFIG
def replay(
    chat: Path,
    org: Path,
    until: str | None,
    say: Path | None,
    report: Path | None,
    db: str,
    as_json: bool,
    config: Path | None,
) -> None:
    """拿一份聊天记录完整演练一遍：小助手会说什么、会登记什么，按记录里的时间走。"""
    order = Order(chat, org, load_settings(config), _moment(until), _url(db))
    finish(_replay(order, say, report, as_json))


async def _replay(order: Order, say: Path | None, report: Path | None, as_json: bool) -> int:
    gc.set_threshold(*COLLECT)
    found = chat_log.survey(order.log)
    with _written(say) as says_file, _written(report) as report_file, _progress(found.lines) as progress:
        says = Says(says_file, order.settings.zoneinfo)
        async with replayed(order, says, progress, found) as stage:
            if report_file is not None:
                await Report(stage.app.world).write(report_file)
            summary = await summed_up(found, says.count)
    _show(summary, as_json)
    return 0


def _show(summary: Summary, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(summary.values(), ensure_ascii=False))
    else:
        for line in summary.sentences():
            click.echo(line)


def _moment(text: str | None) -> datetime | None:
    if text is None:
        return None
    hint = "请写带时区的时间，例如 2026-03-02T20:00:00+08:00"
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise BadInput(f"--until 不是时间：{text}", hint=hint) from error
    if moment.tzinfo is None:
        raise BadInput(f"--until 没有时区：{text}", hint=hint)
    return moment


def _url(db: str) -> str:
    """A database URL; a bare file name means a SQLite file."""
    if not db:
        return ""
    scheme, mark, rest = db.partition("://")
    if not mark:
        return f"sqlite://{Path(db).absolute()}"
    return f"sqlite://{Path(rest).absolute()}" if scheme == "sqlite" and rest != ":memory:" else db


@contextmanager
def _written(file: Path | None) -> Iterator[IO[str] | None]:
    """A file that is complete or not there: written beside its place and moved there at the end."""
    if file is None:
        yield None
        return
    if file.exists() and not file.is_file():  # a pipe, a terminal
        with file.open("w", encoding="utf-8", errors="replace") as out:
            yield out
        return
    part = file.with_name(file.name + ".part")
    try:
        out = part.open("w", encoding="utf-8", errors="replace", newline="\n")
    except OSError as error:
        raise BadInput("写不了这个文件", file=file, hint=error.strerror or "") from error
    try:
        with out:
            yield out
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def _progress(total: int) -> Iterator[Callable[[int], None]]:
    """A bar on a terminal, nothing in a pipe."""
    if not sys.stderr.isatty():
        yield no_progress
        return
    with click.progressbar(length=total, label="回放", file=sys.stderr) as bar:
        yield _Bar(bar.update)


class _Bar:
    """Moves a progress bar by what was played since the last call, some lines at a time."""

    STEP = 100

    def __init__(self, update: Callable[[int], object]) -> None:
        self._update, self._shown = update, 0

    def __call__(self, lines: int) -> None:
        if lines - self._shown >= self.STEP:
            self._update(lines - self._shown)
            self._shown = lines
