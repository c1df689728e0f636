"""The web chat protocol, spoken by a program over a real socket to the running office."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from gridbot.config import Settings
from tests.web_office import Office, open_office


@pytest_asyncio.fixture
async def office(tmp_path: Path, settings: Settings) -> AsyncIterator[Office]:
    async with open_office(settings, tmp_path) as one:
        yield one


async def test_neighbours_in_a_group_hear_each_other(office: Office) -> None:
    async with office.sits("wang", "r1") as wang, office.sits("chen", "r1") as chen:
        await wang.says("今天太阳真好", id="a1")
        own, heard = await wang.sees(id="a1"), await chen.sees(id="a1")
        assert own == heard
        assert (heard["from"], heard["text"], heard["name"]) == ("wang", "今天太阳真好", "3-101王大妈")
        assert heard["quote"] is None and heard["mentions"] == [] and heard["media"] == []


async def test_a_report_in_the_group_is_answered_there_and_carded_to_the_worker(office: Office) -> None:
    async with office.sits("wang", "r1") as wang, office.sits("li") as li:
        await wang.says("3号楼2单元电梯又停了 老人下不去楼")
        answer = await wang.sees(**{"from": "bot"})
        card = await li.sees(**{"from": "bot"})
        assert "#1" in answer["text"] and answer["about"] == {"ticket": 1}
        assert "3号楼2单元" in card["text"]
        assert [button["says"] for button in card["buttons"]][:2] == ["1", "2"]
