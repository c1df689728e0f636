"""Whatever people write, in whatever order and at whatever hour, the rules hold."""

from __future__ import annotations

import asyncio
import os
import tempfile
from datetime import timedelta
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gridbot.config import load
from gridbot.models import acts
from gridbot.models.audit import Audit
from gridbot.models.cases import casework, ledger
from gridbot.models.cases.parties import Absence, Party
from gridbot.models.cases.tickets import History, Ticket
from gridbot.models.mail import Inbox, Outbox
from gridbot.models.territory.org import Post
from tests.conftest import Community, community_on

Step = tuple[str, str | None, str, int, bool]  # who, in which room, what, seconds after, dies before

RESIDENTS = ["chen", "lin", "he", "wang", "luo"]
STAFF = ["li", "zhao", "qian", "sun", "wu"]
STRANGERS = ["guest", "evil"]
DEPARTMENTS = ["wuye"]
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
NUMBER = st.integers(min_value=1, max_value=3)
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
    st.builds("吹哨 {} 青石物业".format, NUMBER),
    st.builds("联办 {} 牵头 青石物业 协办 孙书记".format, NUMBER),
    st.builds("{} {} 已通知物业，明早去看".format, st.sampled_from(["报告", "承诺"]), NUMBER),
    st.builds("{} {}".format, st.sampled_from(["报到", "复核"]), NUMBER),
    st.builds("值守 {} 到 23:00".format, NUMBER),
    st.sampled_from(
        ["急 5号楼电线冒火花", "应急 防汛 河水涨了", "应急 1", "请假 明天", "交班 赵副", "到", "在途"]
    ),
    st.sampled_from(["1", "2", "3 路灯", "待办", "撤销", "办结 修好了", "代报 3-1-101 楼道灯不亮"]),
)
DONE = st.builds("办结 {} {}".format, NUMBER, st.sampled_from(["换了灯泡", "已处理", "给502王大妈修好了"]))
WORDS = st.one_of(
    REPORTS, REPORTS, TALK, RESIDENT_COMMANDS, STAFF_COMMANDS, STAFF_COMMANDS, st.text(max_size=40)
)
WAIT_S = st.sampled_from([5, 5, 60, 600, 600, 7200, 40_000, 200_000])
DIES = st.sampled_from([False] * 9 + [True])  # the process dies and starts again before it
AT_WORK = st.tuples(
    st.sampled_from([*STAFF, "li", "li", "qian", *DEPARTMENTS]), st.none(), st.one_of(STAFF_COMMANDS, DONE),
    WAIT_S, DIES,
)  # fmt: skip
AT_HOME = st.tuples(
    st.sampled_from(RESIDENTS), st.sampled_from(["r1", "r1", None]),
    st.one_of(REPORTS, TALK, RESIDENT_COMMANDS), WAIT_S, DIES,
)  # fmt: skip
ORDERS = st.builds("{}{}".format, st.sampled_from(["", "#", "#"]), st.one_of(STAFF_COMMANDS, DONE))
UNCALLED = st.tuples(  # what only staff may say, said by whoever is none
    st.sampled_from([*RESIDENTS, *STRANGERS, *STRANGERS]), st.sampled_from(["r1", None]), ORDERS, WAIT_S, DIES
)
AGAIN = st.sampled_from(["接单 {}", "到场 {}", "挂起 {} 等配件 到后天", "办结 {} 再看了一遍"])
LATER = st.tuples(  # what is over is ordered about, too
    st.sampled_from(["li", "qian", "sun"]), st.none(), st.builds(str.format, AGAIN, NUMBER), st.just(60), DIES
)
ANYTHING = st.tuples(
    st.sampled_from(RESIDENTS * 2 + STAFF * 2 + DEPARTMENTS * 2 + STRANGERS),
    st.sampled_from(["r1", "r1", None]), WORDS, WAIT_S, DIES,
)  # fmt: skip
# Each play has what the laws are about: a matter with a home, a name and a number in it, an emergency and an
# ordinary one; and each is ended, as often as not in words that no group may read.
MATTERS = [
    "3号楼2单元502的水管爆了 水一直往下漏 王大妈家都泡了 麻烦快来修一下",
    "5号楼1单元门口路灯坏了 晚上黑漆漆的 麻烦修一下",
    "3号楼着火了！！快来人",
]
LIVES = st.sampled_from(
    [
        "接单 {}", "到场 {}", "挂起 {} 等施工队 到后天", "延期 {} 下周五 等配件", "上报 {} 要协调",
        "退回 {} 不归我管", "承诺 {} 明早", "转派 {} 赵副",
    ]
)  # fmt: skip
RESULTS = st.sampled_from(["给502王大妈修好了", "502换了阀门", "给陈师傅换了灯泡", "换了灯泡"])


@st.composite
def plays(draw: st.DrawFn) -> list[Step]:
    """Matters are reported, work goes on in any order, they are ended, and it goes on."""
    reported = [
        (draw(st.sampled_from(RESIDENTS)), "r1", text, 600, False) for text in draw(st.permutations(MATTERS))
    ]
    work = st.one_of(AT_WORK, AT_WORK, AT_WORK, AT_HOME, UNCALLED, ANYTHING)
    ended = [
        ("qian", None, f"办结 {number} {draw(RESULTS)}", 600, False)
        for number in draw(st.permutations([1, 2, 3]))
    ]
    going_on = draw(st.lists(work, min_size=8, max_size=14))
    for number in (1, 2, 3, 1, 2, 3):  # whatever else goes on, something becomes of each of them
        step = (draw(st.sampled_from(["li", "qian"])), None, draw(LIVES).format(number), draw(WAIT_S), False)
        going_on.insert(draw(st.integers(0, len(going_on))), step)
    after = draw(st.lists(st.one_of(AT_WORK, AT_HOME, UNCALLED, LATER, LATER), min_size=4, max_size=8))
    return [*reported, *going_on, *ended, *after]


# What those who hold no post may do to a matter; everything else is staff's and the called departments'.
EVERYBODYS = {"open", "support", "urge", "withdraw", "verdict", "add", "locate", "undo", "reopen", "contact"}


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
            lawful(line)


ALIVE_STATES = {"open", "accepted", "working", "waiting"}
OVER = {"withdrawn", "declined", "merged"}
BACK = {"reopen", "undo"}  # what alone makes a matter live again


def lawful(line: History) -> None:
    """The laws of a matter's life in so many words, whatever the table of moves says."""
    if line.what == "open":
        return
    assert line.was not in OVER or line.what in BACK, (line.ticket, line.what, line.was)
    assert line.was not in ("resolved", "closed") or line.now not in ALIVE_STATES or line.what in BACK, (
        line.what
    )
    assert line.now != "closed" or line.was in ("resolved", "closed") or line.what == "undo", line.what
    assert (
        line.now != "resolved"
        or line.what in {"resolve", "rate", "contact", "undo"}
        or line.was == "resolved"
    )


async def check_rights() -> None:
    """Staff's moves were made by staff (or a department that was called), never by a stranger."""
    theirs_by = {"s1", "s2", "s3", "s4", "s5", "s6", "wuye"}
    theirs = {"accept", "arrive", "resolve", "reassign", "escalate", "extend", "merge", "recategorise"}
    for line in await History.filter(what__in=list(theirs)):
        assert line.by in {*theirs_by, "bot"}, (line.what, line.by)
    for line in await History.filter(what__in=["verdict", "withdraw"]):
        assert line.by not in STRANGERS
    staffs = {"whistle", "joint", "report", "promise", "watch", "handover", "take_over", "recheck", "call"}
    for line in await History.filter(what__in=list(staffs)):
        assert line.by in {*theirs_by, "bot"}, (line.what, line.by)
    for line in await History.filter(by__in=[*RESIDENTS, *STRANGERS]):
        assert line.what in EVERYBODYS, (line.what, line.by)
    assert not await Party.filter(by__in=[*STRANGERS, *RESIDENTS]).exists()
    assert not await Absence.filter(staff__in=[*STRANGERS, *RESIDENTS]).exists()


async def check_no_borrowed_post(since: int) -> None:
    """Whoever holds no post did not act as one who does."""
    acted = await History.filter(id__gt=since).exclude(by="bot").values_list("by", flat=True)
    assert not {str(by) for by in acted} & {"s1", "s2", "s3", "s4", "s5", "s6", "wuye"}


async def check_answers() -> None:
    """No matter ends as done before its reporter was told in words what was done."""
    for ticket in await Ticket.filter(state__in=["resolved", "closed"]):
        assert ticket.result and ticket.first_reply_at is not None, ticket.no
        told = await Outbox.filter(ticket=ticket.no, contact=ticket.reporter).exclude(state="dropped")
        keys = {row.key for row in told}
        own = await History.filter(
            ticket=ticket.no, what="resolve", by__in=await names(ticket.reporter)
        ).exists()
        assert own or not ticket.reporter or "work.resolved_resident" in keys, (ticket.no, keys)


async def names(contact: str) -> list[str]:
    """How histories name an account."""
    posts = await Post.filter(contact=contact).values_list("staff", flat=True)
    return [contact, *(str(staff) for staff in posts)]


async def check_parts() -> None:
    """A joint task that its members closed waited for all of them."""
    for ticket in await Ticket.filter(state__in=["resolved", "closed"]).exclude(lead=""):
        parts = await Party.filter(ticket=ticket.no, role__in=["lead", "support"])
        last = await History.filter(ticket=ticket.no, what="resolve").order_by("-id").first()
        members = {part.who for part in parts}
        if last is not None and last.by in members:
            assert all(part.state in ("done", "returned", "asked") for part in parts), ticket.no


async def play(steps: list[Step]) -> None:
    with tempfile.TemporaryDirectory() as data:
        async with community_on(load(), Path(data)) as community:
            for who, room, text, wait_s, dies in steps:
                if dies:
                    await community.stage.crash()
                known = await History.all().order_by("-id").first()
                await community.says(who, text, room=room, after=timedelta(seconds=wait_s))
                if who in (*RESIDENTS, *STRANGERS):
                    await check_no_borrowed_post(known.id if known else 0)
            await check_rooms(community)
            await check_histories()
            await check_rights()
            await check_answers()
            await check_parts()
            assert await Inbox.all().count() == 0, "a turn failed"
            assert await Audit.filter(what="refused", by__in=["s1"]).count() <= len(steps)
            assert await acts.chain_ok()


@settings(
    max_examples=int(os.environ.get("GRIDBOT_TEST_EXAMPLES", "8")),
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
    database=None,
)
@given(steps=plays())
def test_whatever_is_said_the_rules_hold(steps: list[Step]) -> None:
    asyncio.run(play(steps))
