"""A whole replay: look at the log, set the stage, play, and leave the database open for the report."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from gridbot import profiles
from gridbot.clock import SetClock
from gridbot.config import Settings
from gridbot.errors import BadInput
from gridbot.inbox.first_look import First
from gridbot.models import copies, database
from gridbot.org import import_org
from gridbot.replay import ahead, log
from gridbot.replay.log import Line, Survey
from gridbot.replay.platform import Left, Platform
from gridbot.replay.player import AT_ONCE, Player
from gridbot.replay.stage import Stage


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be replayed. `url`: an empty database; "" = a SQLite that is thrown away afterwards."""

    log: Path
    org: Path
    settings: Settings
    until: datetime | None = None  # aware
    url: str = ""
    at_once: int = AT_ONCE  # messages heard together; 0 plays every line by itself


def nothing_told(left: Left) -> None:
    """For replays of which only the report is wanted."""


def no_progress(lines: int) -> None:
    """For replays nobody watches."""


@asynccontextmanager
async def replayed(
    order: Order,
    tell: Callable[[Left], None] = nothing_told,
    progress: Callable[[int], None] = no_progress,
    found: Survey | None = None,
) -> AsyncIterator[Stage]:
    """Play the whole log and yield the stage as it stands at the end, its database open.

    `tell` is called with every message that leaves, `progress` with the number of lines played.
    Raises BadInput before anything was written where log, org or database cannot be used.
    """
    profiles.use([Path(folder) for folder in order.settings.profiles])
    found = found or log.survey(order.log)
    start = _start(order, found)
    with TemporaryDirectory(prefix="gridbot-replay-") as scratch:
        await _rehearse(order, found, Path(scratch))
        clock = SetClock(start)
        platform = Platform(clock, found.wanted, tell)
        url = order.url or f"sqlite://{Path(scratch) / 'replay.db'}"
        synchronous = order.settings.database.synchronous if order.url else "OFF"
        stage = Stage(order.settings, url, clock, platform, synchronous=synchronous, open_book=True)
        await stage.open()
        try:
            if order.url and await copies.holds_something():
                raise BadInput("数据库不是空的", file=order.url, hint="回放要用一个空的数据库")
            await stage.import_org(order.org)
            await stage.begin()
            await Player(stage, platform, progress, order.at_once).play(
                _lines(order, found, stage), until=order.until
            )
            yield stage
        finally:
            await stage.close()


def _lines(order: Order, found: Survey, stage: Stage) -> Iterator[Line | First]:
    if order.at_once and ahead.pays(found.lines):
        return ahead.read(order.log, lambda: stage.app.world)
    return log.read(order.log)


def _start(order: Order, found: Survey) -> datetime:
    if found.first_at is None or found.last_at is None:
        raise BadInput("一行记录也没有", file=order.log, hint=f"每行写一个对象，例如 {log.EXAMPLE}")
    if order.until is not None and order.until < found.last_at:
        raise BadInput(
            f"--until {order.until.isoformat()} 早于最后一行的 {found.last_at.isoformat()}",
            hint="请写一个更晚的时间",
        )
    return found.first_at


async def _rehearse(order: Order, found: Survey, scratch: Path) -> None:
    """Import every org there will be into a database that is thrown away, so that faults show first."""
    if not found.imports and not order.url:
        return
    async with database.opened(f"sqlite://{scratch / 'rehearsal.db'}", synchronous="OFF"):
        await import_org(order.org)
        for line in found.imports:
            await import_org(line.org)
