"""Whatever happens in a log, hearing many messages together or dying in between changes nothing."""

from __future__ import annotations

import asyncio
import io
import json
import logging
import os
import tempfile
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gridbot.config import load
from gridbot.replay.report import Report
from gridbot.replay.run import Order, replayed
from gridbot.replay.says import line
from tests.conftest import MONDAY, SMALL_ORG, ZONE

Row = dict[str, Any]
Outcome = tuple[list[str], str]

SPEAKERS = ("wang", "chen", "lin", "he", "luo", "li", "zhao", "qian", "sun", "wu", "wuye", "stranger")
TEXTS = (
    "3号楼2单元电梯又停了 老人下不去楼",
    "5号楼门口的路灯坏了好几天了",
    "楼道里有煤气味 快来人",
    "我家也是",
    "已经好了 谢谢",
    "大家早上好",
    "收到",
    "好的",
    "快点啊",
    "#报事 垃圾没人清",
    "",
    "1",
    "2",
    "3 路灯",
    "接单 1",
    "办结 1 换了继电器",
    "办结 2 已处理",
    "满意",
    "不满意 没修好",
    "撤销",
    "启用",
    "停用",
    "静默 2小时",
    "进度 1",
    "催办 1",
    "撤回 1",
    "退出",
    "待办",
    "上报 1 修不了",
    "转派 1 赵副",
    "合并 1 2",
    "吹哨 1 青石物业",
    "联办 1 牵头 青石物业 协办 孙书记",
    "报告 1 已通知物业，明早去看",
    "1 已通知物业，明早去看",
    "值守 1 到 23:00",
    "交接 1",
    "接收 1",
    "退回 1 不归我管",
    "急 5号楼电线冒火花",
    "应急 防汛 河水涨了",
    "在途",
    "请假 明天",
    "交班 赵副",
    "公告 第一网格 回执 明天停水",
    "确认",
    "走访 3-502 正常",
    "我的数据",
    "删除",
    "帮助",
)

words = st.builds(
    lambda who, text, room, quote, media, bot, again: {
        "from": who, "text": text, "room": room, "quote": quote, "media": media,
        "mentions": ["bot"] if bot else [], "redeliver": again,
    },
    st.sampled_from(SPEAKERS),
    st.sampled_from(TEXTS),
    st.sampled_from(["r1", "r1", "r2", "w1", "elsewhere", None]),
    st.sampled_from([None] * 12 + [f"{who}{n}" for n in range(9) for who in ("m", "out-")]),
    st.sampled_from([[], [], [], ["image"]]),
    st.booleans(),
    st.sampled_from([False] * 9 + [True]),
)  # fmt: skip
happenings = st.sampled_from(
    [
        {"event": "gateway", "state": "down"},
        {"event": "gateway", "state": "up"},
        {"event": "recall", "id": "m3"},
        {"event": "leave", "room": "r1", "from": "wang"},
    ]
)
gaps = st.sampled_from([0, 0.5, 3, 20, 90, 400, 3600, 9000])
logs = st.lists(
    st.tuples(gaps, st.one_of(words, words, words, words, words, happenings)), min_size=4, max_size=25
)


def written(steps: Sequence[tuple[float, Row]]) -> list[Row]:
    at: datetime = MONDAY
    lines = []
    for number, (gap, values) in enumerate(steps):
        at += timedelta(seconds=gap)
        lines.append({"at": at.isoformat(), **({} if "event" in values else {"id": f"m{number}"}), **values})
    return lines


def outcome(lines: Sequence[Row], at_once: int) -> Outcome:
    """What was said, line by line, and the report."""
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "chat.jsonl"
        log.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
        end = datetime.fromisoformat(lines[-1]["at"]) + timedelta(hours=30)
        order = Order(log, SMALL_ORG, load(), until=end, at_once=at_once)
        return asyncio.run(_outcome(order))


async def _outcome(order: Order) -> Outcome:
    said: list[str] = []
    report = io.StringIO()
    async with replayed(order, lambda left: said.append(line(left, ZONE))) as stage:
        await Report(stage.app.world).write(report)
    return said, report.getvalue()


@pytest.fixture(autouse=True)
def quiet(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL)


few = settings(
    max_examples=int(os.environ.get("GRIDBOT_TEST_EXAMPLES", "6")),
    deadline=None,
    derandomize=True,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
    ],
)


@few
@given(logs)
def test_hearing_many_together_is_hearing_them_one_by_one(steps: list[tuple[float, Row]]) -> None:
    lines = written(steps)
    alone = outcome(lines, 0)
    assert outcome(lines, 500) == alone
    assert outcome(lines, 3) == alone


@few
@given(logs, st.sets(st.integers(0, 24), min_size=1, max_size=4))
def test_crashes_change_nothing(steps: list[tuple[float, Row]], places: set[int]) -> None:
    lines = written(steps)
    crashed = []
    for number, row in enumerate(lines):
        crashed.append(row)
        if number in places:
            crashed.append({"at": row["at"], "event": "crash"})
    assert outcome(crashed, 500) == outcome(lines, 500)


@few
@given(logs, st.integers(1, 5), st.integers(0, 24))
def test_an_uncertain_send_is_said_once_and_after_a_crash_at_most_twice(
    steps: list[tuple[float, Row]], fails: int, place: int
) -> None:
    lines = written([step for step in steps if step[1].get("event") != "gateway"])
    if not lines:
        return
    at = lines[min(place, len(lines) - 1)]["at"]
    failing = {"at": at, "event": "send", "fails": fails, "uncertain": True}
    troubled = sorted([*lines, failing, {"at": at, "event": "crash"}], key=lambda row: str(row["at"]))
    plain, _ = outcome(lines, 0)
    troubled_says, _ = outcome(troubled, 0)
    once = Counter(_words(said) for said in plain)
    now = Counter(_words(said) for said in troubled_says)
    assert not once - now
    assert sum((now - once).values()) <= fails


def _words(said: str) -> tuple[str, str]:
    row = json.loads(said)
    return row.get("room") or row["to"], row["text"]
