"""The whole way of one report, word for word, through the official Node gateway."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from gridbot import app as root
from gridbot.clock import sleep
from gridbot.config import Settings
from gridbot.config import load as load_settings
from gridbot.models.cases.tickets import Candidate
from gridbot.org import import_org
from gridbot.transports.wechaty import Pace, WechatyTransport
from tests.conftest import SMALL_ORG
from tests.gateway.driver import TOKEN, Gateway, running_gateway
from tests.integration.transports.listener import until

ROOM = "lou3@chatroom"
QUICK = Pace(connect_s=3, ding_every_s=1, dong_within_s=2, retry_from_s=0.1, retry_to_s=0.5)


def org_on_wechat(target: Path) -> Path:
    """The small community, its household group being a WeChat group."""
    shutil.copytree(SMALL_ORG, target)
    rooms = target / "rooms.csv"
    rooms.write_text(
        rooms.read_text("utf-8").replace(
            "r1,g1,residents,keywords,", f"{ROOM},g1,residents,keywords,wechaty"
        ),
        "utf-8",
    )
    return target


def awake() -> Settings:
    """No quiet hours, so that the test may run at night."""
    return load_settings(None, conduct={"quiet_from": "23:59", "quiet_until": "00:00"})


@dataclass
class Office:
    gateway: Gateway
    transport: WechatyTransport

    async def says(self, who: str, text: str, *, to: str = "bot") -> None:
        await self.gateway.order("say", **{"from": who}, text=text, to=to)

    async def reads(self, to: str, words: str) -> str:
        """What the bot said to a group or person that holds these words, waited for."""

        def found() -> list[str]:
            said = [event for event in self.gateway.events if event["event"] == "said" and event["to"] == to]
            return [str(event["text"]) for event in said if words in str(event["text"])]

        await until(lambda: bool(found()), within_s=30)
        return found()[0]

    def said_to(self, to: str) -> int:
        return sum(event["event"] == "said" and event["to"] == to for event in self.gateway.events)


@asynccontextmanager
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    async with running_gateway("extended") as gateway:
        transport = WechatyTransport(gateway.endpoint, TOKEN, pace=QUICK)
        async with root.opened(awake(), tmp_path, [transport]) as app:
            await import_org(org_on_wechat(tmp_path / "org"))
            app.world.org_changed = True
            await app.engine.take_turns()
            await app.start()
            try:
                await until(lambda: transport.state == "up")
                yield Office(gateway, transport)
            finally:
                await app.stop()


async def test_a_report_goes_its_whole_way_on_wechat(tmp_path: Path) -> None:
    async with office(tmp_path) as there:
        await there.says("wang", "今天太阳真好", to=ROOM)
        await there.says("wang", "3号楼2单元电梯又停了 老人下不去楼", to=ROOM)
        answer = await there.reads(ROOM, "1")
        assert there.said_to(ROOM) == 1  # the talk about the weather got silence
        assert len(answer) <= 40
        assert "3号楼2单元" in await there.reads("li", "3号楼2单元")
        await there.says("li", "1")
        await there.says("li", "办结 1 维保换了继电器")
        await there.reads("wang", "继电器")


async def test_a_group_is_known_by_the_name_it_has_on_wechat(tmp_path: Path) -> None:
    async with office(tmp_path) as there:
        await there.says("wang", "今天太阳真好", to=ROOM)
        await sleep(0.5)  # the gateway is asked for the name meanwhile
        await there.says("zhang", "楼下单元门坏了关不上", to=ROOM)
        assert "位置：3号楼" in await there.reads("li", "单元门")  # the group is called 3号楼居民群


async def test_a_report_made_while_the_line_was_down_is_not_answered_in_the_group(tmp_path: Path) -> None:
    async with office(tmp_path) as there:
        await there.gateway.order("unserve")
        await until(lambda: there.transport.state != "up")
        await there.says("wang", "3号楼2单元电梯又停了 老人下不去楼", to=ROOM)
        await there.gateway.order("serve")
        await until(lambda: there.transport.state == "up")
        async with asyncio.timeout(15):
            while (found := await Candidate.filter(room=ROOM).first()) is None:
                await sleep(0.1)
        assert found.reading["late"]  # the worker gets a list of them
        await sleep(1)
        assert there.said_to(ROOM) == 0
