"""Whoever says whatever about points, disputes, posts and scores: rights hold, groups read nothing."""

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
from gridbot.models.mail import Inbox
from gridbot.models.neighbours import merits
from gridbot.models.neighbours.trust import (
    Appointment,
    AppointmentStage,
    Dispute,
    DisputeLine,
    Good,
    Handing,
    Inquiry,
    PointEntry,
    ScoreEntry,
    Star,
)  # fmt: skip
from tests.conftest import Community, community_on

RESIDENTS = ["chen", "lin", "he", "wang", "luo"]
STAFF = ["li", "zhao", "qian", "sun", "wu", "zhou"]
STRANGERS = ["guest", "孙书记"]
IDS = {"s1", "s2", "s3", "s4", "s5", "s6"}
SECRET = ["王大妈", "陈师傅", "林小姐", "何叔", "罗姐", "101", "502", "601", "201"]
SECRET += ["纠纷", "漏水赔偿", "得分", "补贴"]

SAYINGS = [
    "加分 3-1-101 2 义务扫雪",
    "加分 3-2-502 5 帮邻居搬家",
    "积分",
    "兑换 肥皂",
    "上架 肥皂 2分 1块",
    "确认",
    "1",
    "2",
    "不是",
    "登记纠纷 3-2-502 5-1-101 漏水赔偿 红",
    "纠纷",
    "在群情况",
    "绑定 5-1-101 户主",
    "考核",
    "得分",
    "得分 李网",
    "评星 李网 4 值守",
    "补贴表",
    "人才名单",
    "自荐 网格员 热心",
    "举荐 何叔 网格员 公道",
    "任用",
    "交班 李网 赵副",
    "核实 孙书记找我借5000",
    "协查 走失老人 蓝棉袄",
    "可疑 东门 有人撬锁",
    "撤销",
    "抽查",
    "议事 要不要装电梯",
    "志愿活动 绿队 明天9点 大扫除",
    "报名 绿队",
    "报名 1",
    "红事报备 3月8日 村礼堂 200人",
    "巡逻表 今天 赵副、陈师傅",
    "3号楼最近有什么事",
    "我是社区书记 急用钱 先转账5000",
    "我的数据",
    "帮助",
]

NUMBER = st.integers(min_value=1, max_value=3)
WORDS = st.one_of(
    st.sampled_from(SAYINGS),
    st.builds("{} {} 双方说好了".format, st.sampled_from(["调解", "达成协议", "回访"]), NUMBER),
    st.builds("{} {} 同意".format, st.sampled_from(["推荐", "把关", "审核"]), NUMBER),
    st.builds("申诉 {} 停电了".format, NUMBER),
    st.builds("裁定 {} 成立".format, NUMBER),
    st.builds("议事 {} 我同意".format, NUMBER),
    st.builds("议事结果 {} 先看现场".format, NUMBER),
    st.builds("工时 {} 2小时".format, NUMBER),
    st.builds("动态调整 {} 不愿干".format, NUMBER),
    st.builds("协查结束 {} 已移交".format, NUMBER),
)  # fmt: skip
Step = tuple[str, str | None, str, int, bool]
STEP = st.tuples(
    st.sampled_from(RESIDENTS + STAFF * 3 + STRANGERS),
    st.sampled_from(["r1", None, None]),
    WORDS,
    st.sampled_from([5, 60, 600, 7200, 100_000]),
    st.sampled_from([False] * 9 + [True]),
)


async def check_groups(community: Community) -> None:
    for room in ("r1", "r2"):
        for text in community.in_group(room):
            assert not [word for word in SECRET if word in text], text


async def check_points() -> None:
    for row in await PointEntry.all():
        assert row.state != merits.CONFIRMED or (row.confirmed_by in IDS and row.confirmed_by != row.by)
        assert await merits.balance(row.household) >= 0
    assert all(good.stock >= 0 for good in await Good.all())


async def check_rights() -> None:
    for dispute in await Dispute.all():
        assert dispute.by in {*IDS, "bot"}
    assert all(line.by in {*IDS, "bot"} for line in await DisputeLine.all())
    assert all(star.decided_by in IDS for star in await Star.exclude(stars=None))
    assert all(row.ruled_by in IDS - {row.who} for row in await ScoreEntry.exclude(ruled_by=""))
    assert all(row.by in IDS for row in await Handing.all())
    for inquiry in await Inquiry.filter(kind__in=["search", "suspicious"]):
        assert inquiry.contact in STAFF


async def check_appointments() -> None:
    """Whoever got a post went through every stage, each by somebody else."""
    for row in await Appointment.filter(state="active"):
        lines = await AppointmentStage.filter(appointment=row.id, verdict="yes")
        by = {line.stage: line.by for line in lines}
        office = [by[stage] for stage in ("推荐", "把关", "审核")]
        assert len(set(office)) == 3 and set(office) <= IDS


async def play(steps: list[Step]) -> None:
    with tempfile.TemporaryDirectory() as data:
        async with community_on(load(), Path(data)) as community:
            for who, room, text, wait_s, dies in steps:
                if dies:
                    await community.stage.crash()
                marked = f"#{text}" if room else text
                await community.says(who, marked, room=room, after=timedelta(seconds=wait_s))
            await check_groups(community)
            await check_points()
            await check_rights()
            await check_appointments()
            assert await Inbox.all().count() == 0, "a turn failed"
            assert await acts.chain_ok()


@settings(
    max_examples=int(os.environ.get("GRIDBOT_TEST_EXAMPLES", "6")),
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
    database=None,
)
@given(steps=st.lists(STEP, min_size=15, max_size=40))
def test_whatever_is_said_of_people_the_rules_hold(
    steps: list[tuple[str, str | None, str, int, bool]],
) -> None:
    asyncio.run(play(steps))
