"""`gridbot run --demo`: the demo community, with a day behind it, so that there is something to see."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from gridbot import demo
from gridbot.app import database_url
from gridbot.clock import SetClock, SystemClock
from gridbot.config import Settings
from gridbot.messages import Address, Attachment
from gridbot.models import copies
from gridbot.replay import log
from gridbot.replay.log import Line as LogLine
from gridbot.replay.log import Message, Recall
from gridbot.replay.platform import Platform
from gridbot.replay.player import Player
from gridbot.replay.run import no_progress, nothing_told
from gridbot.replay.stage import Stage
from gridbot.transports.webchat import Line, WebChat

DAY = demo.LOGS[0]
LOOKED_IN = "平安 "


def awake(settings: Settings) -> Settings:
    """Who looks at night is answered too: the demo has quiet hours only where the settings name them."""
    if settings.conduct.model_fields_set & {"quiet_from", "quiet_until"}:
        return settings
    conduct = settings.conduct.model_copy(update={"quiet_from": "23:59", "quiet_until": "00:00"})
    return settings.model_copy(update={"conduct": conduct})


async def prepare(settings: Settings, data: Path) -> None:
    """Load the demo community and play its first day as yesterday; an installation in use stays as it is."""
    now = SystemClock().now()
    clock = SetClock(now - timedelta(days=2))
    lines = list(_lately(settings, now))
    platform = Platform(clock, frozenset(), nothing_told, name="webchat")
    stage = Stage(settings, database_url(settings, data), clock, platform)
    await stage.open()
    try:
        if await copies.holds_something():
            return
        clock.set(lines[0].at)
        await stage.import_org(demo.ORG)
        await stage.begin()
        await Player(stage, platform, no_progress).play(lines, until=now)
    finally:
        await stage.close()


def remember(settings: Settings, chat: WebChat) -> None:
    """What was written since yesterday, for the chat pages; it is kept nowhere else."""
    lines = list(_lately(settings, SystemClock().now()))
    recalled = {line.id for line in lines if isinstance(line, Recall)}
    for line in lines:
        if isinstance(line, Message) and line.id not in recalled:
            where = Address(chat.name, chat.account, line.room, line.sender if line.room is None else None)
            media = tuple(Attachment(kind) for kind in line.media)
            chat.remember(where, Line(line.id, line.sender, line.name, line.text, line.at, media=media))


def _lately(settings: Settings, now: datetime) -> Iterator[LogLine]:
    """Yesterday, and today's look-ins so far: who comes first is met by no alarm."""
    yesterday = list(_yesterday(settings, now))
    yield from yesterday
    for line in yesterday:
        again = replace(line, at=line.at + timedelta(days=1))
        if (
            isinstance(again, Message)
            and again.room is None
            and again.text.startswith(LOOKED_IN)
            and again.at < now
        ):
            yield replace(again, id=f"{again.id}-today")


def _yesterday(settings: Settings, now: datetime) -> Iterator[LogLine]:
    """The first demo day with yesterday's date."""
    zone: ZoneInfo = settings.zoneinfo
    shift: timedelta | None = None
    for line in log.read(DAY):
        if shift is None:
            shift = timedelta(days=(now.astimezone(zone).date() - line.at.date()).days - 1)
        yield replace(line, at=line.at + shift)
