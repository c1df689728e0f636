"""Two chat platforms in one process: what the clock starts goes to each on the one where he is."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest_asyncio

from gridbot import app as root
from gridbot.app import App
from gridbot.clock import SetClock
from gridbot.config import Settings
from gridbot.messages import Address, Incoming
from gridbot.models import board, letters
from gridbot.org import import_org
from gridbot.outbox import Pace
from gridbot.schedules import timetable
from gridbot.transports.memory import MemoryTransport
from tests.conftest import MONDAY, SMALL_ORG, hasty

ROOMS = """room,node,audience,listen,transport
r1,g1,residents,keywords,near
r2,g2,residents,keywords,far
w1,sq,staff,keywords,near
w2,g2,staff,keywords,far
"""


@dataclass
class Office:
    """One program, two platforms; `near` is the first."""

    app: App
    clock: SetClock
    near: MemoryTransport
    far: MemoryTransport
    count: int = 0

    async def says(self, on: MemoryTransport, contact: str, text: str, room: str | None = None) -> None:
        self.count += 1
        self.clock.set(self.clock.now() + timedelta(seconds=10))
        where = Address(on.name, on.account, room, None if room else contact)
        event = Incoming(self.clock.now(), where, contact, f"m{self.count}", text)
        await self.app.inbox.take_in([event])
        await self._settle()

    async def until(self, moment: datetime) -> None:
        """Time passes; what falls due on the way happens at its own time."""
        while (due := await self._next()) is not None and due <= moment:
            self.clock.set(max(due, self.clock.now()))
            await self._settle()
        self.clock.set(moment)

    async def _next(self) -> datetime | None:
        moments = await board.next_at(), await letters.next_leaving(self.app.outbox.open_transports())
        return min((each for each in moments if each is not None), default=None)

    async def _settle(self) -> None:
        await self.app.engine.take_all()
        await self.app.tick()
        while await self.app.outbox.deliver():
            pass

    def to(self, on: MemoryTransport, contact: str) -> list[str]:
        return [out.say.text for out in on.sent if out.say.to.contact == contact]

    def accounts(self, on: MemoryTransport) -> set[str]:
        """The bot's own accounts in the addresses of what was sent there."""
        return {out.say.to.account for out in on.sent}

    def in_room(self, on: MemoryTransport, room: str) -> list[str]:
        return [out.say.text for out in on.sent if out.say.to.room == room]


@asynccontextmanager
async def _open(settings: Settings, tmp_path: Path, clock: SetClock) -> AsyncIterator[Office]:
    near, far = MemoryTransport("near", "bot-n"), MemoryTransport("far", "bot-f")
    async with root.opened(hasty(settings), tmp_path, [near, far], clock=clock, pace=Pace(0, 0)) as app:
        for transport in (near, far):
            transport._receive = app.receive  # up, and heard through the inbox
        yield Office(app, clock, near, far)


@asynccontextmanager
async def _begun(settings: Settings, tmp_path: Path) -> AsyncIterator[Office]:
    org = tmp_path / "org"
    shutil.copytree(SMALL_ORG, org)
    (org / "rooms.csv").write_text(ROOMS, "utf-8")
    async with _open(settings, tmp_path, SetClock(MONDAY)) as one:
        await import_org(org)
        await one.app.follow()
        await timetable.plant(one.app.world, MONDAY)
        yield one


@pytest_asyncio.fixture
async def office(settings: Settings, tmp_path: Path) -> AsyncIterator[Office]:
    async with _begun(settings, tmp_path) as one:
        yield one


async def test_a_group_gets_an_announcement_on_its_own_platform(office: Office) -> None:
    await office.says(office.near, "sun", "公告 全社区 明天上午停水检修")
    await office.says(office.near, "sun", "确认")
    assert len(office.in_room(office.near, "r1")) == len(office.in_room(office.far, "r2")) == 1
    assert not office.in_room(office.near, "r2") and not office.in_room(office.far, "r1")
    assert office.accounts(office.far) == {"bot-f"}


async def test_whoever_spoke_to_the_bot_is_reminded_there(office: Office) -> None:
    await office.says(office.far, "qian", "待办")
    await office.until(MONDAY.replace(hour=18, minute=30))
    assert any("日报" in text for text in office.to(office.far, "qian"))
    assert not office.to(office.near, "qian")


async def test_of_whom_nothing_was_heard_the_groups_of_his_post_tell(office: Office) -> None:
    await office.until(MONDAY.replace(day=14, hour=12))
    assert any("半月排查" in text for text in office.to(office.far, "wu")) and not office.to(
        office.near, "wu"
    )
    assert any("半月排查" in text for text in office.to(office.near, "li")) and not office.to(
        office.far, "li"
    )


async def test_a_card_sent_to_the_other_platform_is_answered_there(office: Office) -> None:
    await office.says(office.far, "li", "待办")
    await office.says(office.near, "wang", "3号楼楼道灯不亮了", "r1")
    assert any("【新事件 #1】" in text for text in office.to(office.far, "li"))
    await office.says(office.far, "li", "1")
    assert any("#1 已接单" in text for text in office.to(office.far, "li"))
    await office.says(office.far, "li", "办结 1 换了灯泡，已经亮了")
    assert any("换了灯泡" in text for text in office.to(office.near, "wang"))
    assert any("#1" in text for text in office.in_room(office.near, "r1")[1:])


async def test_who_moves_is_followed_and_a_restart_forgets_nothing(
    settings: Settings, tmp_path: Path
) -> None:
    async with _begun(settings, tmp_path) as before:
        await before.says(before.near, "li", "待办")
        await before.says(before.far, "li", "待办")
    async with _open(settings, tmp_path, SetClock(MONDAY.replace(hour=17))) as after:
        await after.until(MONDAY.replace(day=14, hour=12))
        assert after.to(after.far, "li") and not after.to(after.near, "li")
