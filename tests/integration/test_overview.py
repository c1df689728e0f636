"""What the pages read, on both databases."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from gridbot.config import load as load_settings
from gridbot.models.database import connection
from gridbot.models.duty.duties import Visit
from gridbot.models.reckoning import overview
from gridbot.models.reckoning.overview import Wanted
from gridbot.models.territory import links
from tests.conftest import MONDAY, Community, community_on

HERE = ("g1",)
EVERYWHERE = ("jd", "sq", "g1", "g2")


@pytest_asyncio.fixture(params=["sqlite", "postgres"])
async def community(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Community]:
    url = "" if request.param == "sqlite" else request.getfixturevalue("empty_postgres")
    async with community_on(load_settings(database={"url": url}), tmp_path) as one:
        await one.says("wang", "3号楼2单元电梯又停了 老人下不去楼", room="r1")
        await one.says("luo", "@网格小助手 8号楼路灯坏了", room="r2", mentions_bot=True)
        yield one


def midnight(now: datetime) -> datetime:
    return datetime.combine(now.astimezone(MONDAY.tzinfo).date(), time(), MONDAY.tzinfo)


async def test_numbers_count_what_the_nodes_hold(community: Community) -> None:
    now = community.stage.now
    numbers = await overview.numbers(EVERYWHERE, midnight(now), now)
    assert (numbers.opened_today, numbers.live, numbers.overdue, numbers.done_today) == (2, 2, 0, 0)
    assert (await overview.numbers(HERE, midnight(now), now)).live == 1
    later = now + timedelta(days=20)
    numbers = await overview.numbers(EVERYWHERE, midnight(later), later)
    assert (numbers.opened_today, numbers.overdue, numbers.unanswered) == (0, 2, 2)


FOUND = [
    (Wanted(), [2, 1]),
    (Wanted(state="live", grid="g2"), [2]),
    (Wanted(words="#1"), [1]),
    (Wanted(words="8号楼"), [2]),
    (Wanted(words="%"), []),
    (Wanted(category="public_facility", state="open"), [2, 1]),
    (Wanted(state="closed"), []),
]


async def test_tickets_are_found(community: Community) -> None:
    for wanted, numbers in FOUND:
        found, many = await overview.tickets(EVERYWHERE, wanted, community.stage.now, 1)
        assert ([ticket.no for ticket in found], many) == (numbers, len(numbers)), wanted
    page_two = await overview.tickets(EVERYWHERE, Wanted(), community.stage.now, 2)
    assert page_two == ([], 2)


async def test_visits_of_other_nodes_are_not_read(community: Community) -> None:
    await Visit.all().delete()
    day = community.stage.now.date()
    await Visit.create(household="h2", worker="s1", due_on=day, why="独居老人")
    await Visit.create(household="h5", worker="s6", due_on=day, why="困难")
    await Visit.create(household="h3", worker="s1", due_on=day, why="普通", dropped=True)
    assert [line.why for line in await overview.visits(HERE, day)] == ["独居老人"]
    assert len(await overview.visits(EVERYWHERE, day)) == 2


async def test_queues_and_states_are_counted(community: Community) -> None:
    depths = await overview.depths(community.stage.now)
    assert (depths.inbox, depths.parked, depths.outbox, depths.dead) == (0, 0, 0, 0)
    assert await overview.ticket_states() == {"open": 2}
    await overview.answers()
    assert connection() is not None


async def test_what_the_bot_said_is_read_back_in_order(community: Community) -> None:
    said = await overview.said(community.stage.where("r1", "wang"))
    assert ["#1" in out.say.text for _, out in said] == [True]


async def test_a_link_opens_one_session(community: Community) -> None:
    now = community.stage.now
    token = await links.make("s1", now, "one-time")
    session = await links.sign_in(token, now)
    assert session is not None
    assert await links.sign_in(token, now) is None
    assert await links.who(session, now) == "s1"
    assert await links.who(token, now) is None
    assert await links.forget(now + timedelta(days=1)) == 1
    assert await links.who(session, now) is None
