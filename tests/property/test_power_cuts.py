"""Wherever the power goes in two days, they come to the same: nothing is lost, nothing is done twice."""

from __future__ import annotations

import asyncio
import tempfile
from collections import Counter
from datetime import date, datetime, timedelta
from functools import cache, partial
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from gridbot.config import load
from gridbot.models import plain
from gridbot.models.duty.duties import Visit
from gridbot.models.territory.org import Household
from gridbot.org import import_org
from gridbot.replay.stage import staged
from tests.conftest import SMALL_ORG, ZONE, Community
from tests.mortal import survives

START = datetime(2026, 3, 23, 8, 30, tzinfo=ZONE)  # a Monday; the month's report is due on Wednesday
HOURS = (*range(10, 23), *range(30, 43))  # from its midnight on: the day, and Tuesday's from six
CLASSES = ["无手机老人", "独居老人"]
WHOLE = 10**9

FACTS = {
    "outbox": "contact, room, key, made_at, text, state",
    "due": "kind, what, occurrence, due_at, outcome",
    "ticket": "no, state, assignee, node, due_at",
    "history": "ticket, what, by, at, note",
    "visit": "household, why, worker, due_on, reminded_on, escalated_on, dropped",
    "duty": "node, name, window_start, state",
    "digest": '"to", period, at, text',
    "held_note": "staff, text",
}

State = dict[str, Counter[tuple[Any, ...]]]


async def lived(power: int) -> tuple[State, int]:
    """Two days of a small community, the power going after so many statements; how many were left."""
    with tempfile.TemporaryDirectory() as folder:
        async with staged(load(), Path(folder), at=START) as stage:
            community = Community(stage)
            await _begun(community)
            for hour in HOURS:
                left = await survives(stage, partial(community.until, _at(hour)), power)
                power = WHOLE if left < 0 else left
            return await _state(), power


async def _begun(community: Community) -> None:
    """What the days have to do with: reports nobody answers, visits, old neighbours alone, a notice."""
    await import_org(SMALL_ORG)
    community.stage.app.world.org_changed = True
    await Household.filter(id="h2").update(classes=CLASSES)
    await community.stage.settle()
    await community.stage.begin()
    await community.says("wang", "3号楼2单元电梯又停了 老人下不去楼", room="r1")
    await community.says("he", "#报事 5号楼门口的路灯坏了好几天了", room="r1")
    await community.says("lin", "3号楼楼道里有煤气味 快来人", room="r1")
    await community.says("li", "接单 2")
    for text in ("公告 第一网格 回执 明天停水", "确认", "动员 第一网格 防汛 东门"):
        await community.says("qian", text)
    await community.waits(timedelta(minutes=1))
    await Visit.filter(household__in=["h1", "h5"]).update(due_on=date(2026, 3, 20))
    await Visit.filter(household="h3").update(due_on=START.date())


def _at(hour: int) -> datetime:
    return START.replace(hour=0) + timedelta(hours=hour)


async def _state() -> State:
    """Everything that was done and said, without the numbers of rows."""
    return {
        table: Counter(await plain.table(f"SELECT {columns} FROM {table}"))
        for table, columns in FACTS.items()
    }


@cache
def whole() -> tuple[State, int]:
    """The two days with the power on, and how many statements they take."""
    state, left = asyncio.run(lived(WHOLE))
    return state, WHOLE - left


@settings(
    max_examples=6,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)
@given(number=st.integers(0, 10**9))
def test_a_power_cut_at_any_statement_changes_nothing(number: int) -> None:
    undisturbed, statements = whole()
    state, _ = asyncio.run(lived(number % statements))
    for what, rows in undisturbed.items():
        assert state[what] == rows, (what, state[what] - rows, rows - state[what])
