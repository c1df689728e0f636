"""Whatever people write, in whatever order and at whatever hour, the rules hold."""

from __future__ import annotations

import asyncio
import tempfile
from datetime import timedelta
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gridbot.config import load
from gridbot.models import acts, casework, ledger
from gridbot.models.audit import Audit
from gridbot.models.mail import Inbox
from gridbot.models.tickets import History, Ticket
from tests.conftest import Community, community_on

RESIDENTS = ["chen", "lin", "he", "wang", "luo"]
STAFF = ["li", "zhao", "qian", "sun", "wu"]
STRANGERS = ["guest", "evil"]
PRIVATE_WORDS = ["王大妈", "陈师傅", "林小姐", "何叔", "罗姐", "101", "502", "601", "201", "13900001111"]

REPORTS = st.sampled_from(
    [
        "3号楼2单元电梯又停了 老人下不去楼",
        "5号楼1单元门口路灯坏了 晚上黑漆漆的 麻烦修一下",
        "3号楼门口垃圾堆成山了 三天没人收",
        "3号楼2单元502漏水 我电话13900001111 王大妈知道",
        "8-2-301天天吵架 打孩子 有没有人管管",
        "3号楼着火了！！快来人",
        "电梯好像有点慢",
        "5号楼路灯坏了 3号楼垃圾没人收",
    ]
)
TALK = st.sampled_from(
    ["我家也是", "+1", "快点啊", "谢谢", "修好了", "发错群了", "好", "1", "2", "收到", "3号楼2单元的", "哈哈"]
)
NUMBER = st.integers(min_value=1, max_value=4)
RESIDENT_COMMANDS = st.one_of(
    st.builds("{} {}".format, st.sampled_from(["进度", "催办", "撤回"]), NUMBER),
    st.builds("评价 {} {}".format, NUMBER, st.sampled_from(["满意", "基本满意", "不满意 还是坏的"])),
    st.sampled_from(["进度", "网格员", "我的数据", "满意", "不满意", "帮助", "撤销"]),
)
STAFF_COMMANDS = st.one_of(
    st.builds("{} {}".format, st.sampled_from(["接单", "到场", "交接", "接收", "回单"]), NUMBER),
    st.builds("办结 {} {}".format, NUMBER, st.sampled_from(["换了灯泡", "已处理", "给502王大妈修好了"])),
    st.builds("退回 {} 不归我管".format, NUMBER),
    st.builds("转派 {} {}".format, NUMBER, st.sampled_from(["赵副", "李网", "青石物业", "没有这人"])),
    st.builds("上报 {} 要协调".format, NUMBER),
    st.builds("延期 {} 下周五 等配件".format, NUMBER),
    st.builds("挂起 {} 等施工队 到后天".format, NUMBER),
    st.builds("改类 {} {}".format, NUMBER, st.sampled_from(["路灯", "噪音", "呱呱"])),
    st.builds("合并 {} {}".format, NUMBER, NUMBER),
    st.sampled_from(["1", "2", "3 路灯", "待办", "撤销", "办结 修好了", "代报 3-1-101 楼道灯不亮"]),
)
WORDS = st.one_of(
    REPORTS, REPORTS, TALK, RESIDENT_COMMANDS, STAFF_COMMANDS, STAFF_COMMANDS, st.text(max_size=40)
)
STEP = st.tuples(
    st.sampled_from(RESIDENTS * 2 + STAFF * 2 + STRANGERS),
    st.sampled_from(["r1", "r1", None]),
    WORDS,
    st.sampled_from([5, 5, 60, 600, 7200, 40_000]),
)


async def check_rooms(community: Community) -> None:
    for room in ("r1", "r2"):
        for text in community.in_group(room):
            assert not [word for word in PRIVATE_WORDS if word in text], text


async def check_histories() -> None:
    for ticket in await Ticket.all():
        lines = await ledger.history(ticket.no)
        assert casework.rebuilt_state(lines) == ticket.state
        for line in lines:
            if line.what not in ("open", "undo"):
                was = casework.State(line.was)
                assert casework.MOVES[line.what][was] == line.now


async def check_rights() -> None:
    """Staff's moves were made by staff (or a department that was called), never by a stranger."""
    theirs = {"accept", "arrive", "resolve", "reassign", "escalate", "extend", "merge", "recategorise"}
    for line in await History.filter(what__in=list(theirs)):
        assert line.by in {"s1", "s2", "s3", "s4", "s5", "s6", "wuye"}, (line.what, line.by)
    for line in await History.filter(what__in=["verdict", "withdraw"]):
        assert line.by not in STRANGERS


async def play(steps: list[tuple[str, str | None, str, int]]) -> None:
    with tempfile.TemporaryDirectory() as data:
        async with community_on(load(), Path(data)) as community:
            for who, room, text, wait_s in steps:
                await community.says(who, text, room=room, after=timedelta(seconds=wait_s))
            await check_rooms(community)
            await check_histories()
            await check_rights()
            assert await Inbox.all().count() == 0, "a turn failed"
            assert await Audit.filter(what="refused", by__in=["s1"]).count() <= len(steps)
            assert await acts.chain_ok()


@settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
    database=None,
)
@given(steps=st.lists(STEP, min_size=10, max_size=30))
def test_whatever_is_said_the_rules_hold(steps: list[tuple[str, str | None, str, int]]) -> None:
    asyncio.run(play(steps))
