"""Announcements: preview, confirmation, sending at their time, receipts, chasing the silent."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from python_calamine import CalamineWorkbook

from gridbot.config import Settings
from gridbot.errors import BadInput
from gridbot.models.duty.duties import AckRow, Announcement
from gridbot.org.proof import prove
from gridbot.replay.stage import staged
from gridbot.schedules import timetable
from tests.conftest import Community, community_on, texts

ZONE = ZoneInfo("Asia/Shanghai")


def at(day: int, hour: int = 9, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=ZONE)


async def announced(community: Community, text: str) -> None:
    await community.says("qian", text)
    await community.says("qian", "确认")
    await community.waits(timedelta(seconds=5))


async def test_an_announcement_is_previewed_then_confirmed_then_sent(community: Community) -> None:
    said = await community.says("qian", "公告 回执 今天下午停水，请储水。")
    assert [out.say.to.contact for out in said] == ["qian"]
    assert "1 个群，4 户" in said[0].say.text and "要回执" in said[0].say.text
    assert community.in_group("r1") == []
    await community.says("qian", "确认")
    await community.waits(timedelta(seconds=5))
    posts = community.in_group("r1")
    assert len(posts) == 1
    assert "今天下午停水，请储水。" in posts[0] and "请回复“收到”" in posts[0]
    assert community.in_group("r2") == []
    row = await Announcement.get(no=1)
    assert (row.state, row.audience, row.sent) == ("sent", ["g1"], ["r1"])


async def test_receipts_are_counted_by_household_and_in_silence(community: Community) -> None:
    await announced(community, "公告 回执 今天下午停水，请储水。")
    assert await community.says("wang", "收到", room="r1") == []
    assert await community.says("wang", "收到", room="r1") == []
    assert await community.says("chen", "1", room="r1") == []
    assert await community.says("lin", "+1", room="r1") == []
    assert sorted([row.household for row in await AckRow.all()]) == ["h1", "h2", "h3"]


async def test_the_silent_are_chased_in_private_only(community: Community) -> None:
    await announced(community, "公告 回执 今天下午停水，请储水。")
    await community.says("wang", "收到", room="r1")
    before = len(community.in_group("r1"))
    said = await community.says("qian", "催")
    assert "共 4 户，收到 1 户，未回 3 户" in said[0].say.text
    assert {out.say.to.contact for out in said[1:]} == {"chen", "lin", "he"}
    assert len(community.in_group("r1")) == before
    assert await community.says("chen", "收到") != []
    said = await community.says("qian", "催 1")
    assert "收到 2 户" in said[0].say.text
    assert len(said) == 1, "nobody is reminded twice a day"


async def test_receipts_are_counted_only_where_they_were_asked_for(community: Community) -> None:
    await announced(community, "公告 周六大扫除")
    assert "收到" not in community.in_group("r1")[-1]
    await community.says("wang", "收到", room="r1")
    assert await AckRow.all().count() == 0


async def test_an_announcement_waits_for_its_time(community: Community) -> None:
    await community.says("qian", "公告 本网格 明早8点 今天下午停水")
    said = await community.says("qian", "确认")
    assert "明天08:00" in texts(said)[0]
    await community.until(at(3, 7, 59))
    assert community.in_group("r1") == []
    await community.until(at(3, 8, 1))
    assert len(community.in_group("r1")) == 1


async def test_at_night_it_waits_for_the_morning_unless_urgent(community: Community) -> None:
    await community.until(at(2, 22, 0))
    await announced(community, "公告 明天停电")
    assert community.in_group("r1") == []
    await community.until(at(3, 7, 31))
    assert len(community.in_group("r1")) == 1
    await community.until(at(3, 22, 0))
    await announced(community, "公告 紧急 煤气泄漏，请开窗")
    assert len(community.in_group("r1")) == 2


async def test_only_a_leader_of_the_node_may_announce(community: Community) -> None:
    assert "已记录" in texts(await community.says("li", "公告 今天停水"))[0]
    assert "已记录" in texts(await community.says("qian", "公告 全社区 今天停水"))[0]
    assert await Announcement.all().count() == 0


async def test_an_announcement_to_a_building_names_it(community: Community) -> None:
    said = await community.says("qian", "公告 3号楼 回执 电梯检修")
    assert "1 个群，3 户" in said[0].say.text
    await community.says("qian", "确认")
    await community.waits(timedelta(seconds=5))
    assert "3号楼的邻居" in community.in_group("r1")[0]
    await community.says("he", "收到", room="r1")
    said = await community.says("qian", "催")
    assert "共 3 户，收到 0 户" in said[0].say.text


async def test_it_is_sent_once_whatever_happens(community: Community) -> None:
    await community.says("sun", "公告 全社区 今天停水")
    await community.says("sun", "确认")
    app = community.stage.app
    await timetable.plant(app.world, community.stage.now)
    await community.waits(timedelta(hours=1))
    await community.says("sun", "确认")
    await community.waits(timedelta(hours=1))
    assert len(community.in_group("r1")) == 1
    assert len(community.in_group("r2")) == 1


async def test_it_can_be_taken_back_before_it_is_sent(community: Community) -> None:
    await community.says("qian", "公告 明早8点 今天下午停水")
    await community.says("qian", "确认")
    await community.waits(timedelta(hours=2))
    assert "已取消" in texts(await community.says("qian", "撤销 1"))[0]
    await community.until(at(3, 9))
    assert community.in_group("r1") == []
    await announced(community, "公告 周六大扫除")
    assert "不能撤销" in texts(await community.says("qian", "撤销 2"))[0]


async def test_within_five_minutes_the_bare_word_takes_it_back(community: Community) -> None:
    await community.says("qian", "公告 明早8点 今天下午停水")
    await community.says("qian", "确认")
    await community.says("qian", "撤销")
    await community.until(at(3, 9))
    assert community.in_group("r1") == []


async def test_what_people_say_in_the_group_is_no_command(community: Community) -> None:
    assert await community.says("wang", "确认", room="r1") == []
    assert await community.says("wang", "收到", room="r1") == []
    assert await community.says("li", "通知：明天上午抄水表", room="r1") == []


async def test_a_quote_of_the_announcement_is_a_receipt(community: Community) -> None:
    await announced(community, "公告 回执 今天下午停水")
    posted = next(n for n, out in enumerate(community.stage.sent, 1) if out.say.to.room == "r1")
    await community.says("he", "知道了", room="r1", quote=f"out-{posted}")
    assert [row.household for row in await AckRow.all()] == ["h4"]


async def test_plus_one_means_what_was_reported_last(community: Community) -> None:
    await announced(community, "公告 回执 今天下午停水")
    await community.says("wang", "报事 3号楼2单元电梯坏了", room="r1")
    await community.says("lin", "+1", room="r1")
    assert await AckRow.all().count() == 0
    await community.says("lin", "收到", room="r1")
    assert await AckRow.all().count() == 1


async def test_a_group_that_has_had_its_six_gets_it_in_the_morning(community: Community) -> None:
    for number in range(6):
        await announced(community, f"公告 第{number}件事")
    assert len(community.in_group("r1")) == 6
    await announced(community, "公告 第七件事")
    assert len(community.in_group("r1")) == 6
    assert any("稍后自动发送" in text for text in community.to("qian"))
    await community.until(at(3, 7, 31))
    assert len(community.in_group("r1")) == 7


async def test_a_crash_between_confirming_and_sending_loses_and_doubles_nothing(
    tmp_path: Path, settings: Settings
) -> None:
    async with community_on(settings, tmp_path) as community:
        await community.says("qian", "公告 明早8点 今天下午停水")
        await community.says("qian", "确认")
    async with staged(settings, tmp_path, at=at(3, 9)) as stage:
        await timetable.plant(stage.app.world, stage.now)
        for _ in range(2):
            await stage.app.tick()
            await stage.settle()
        assert [out.say.key for out in stage.sent if out.say.to.room == "r1"] == ["announce.post"]


async def test_after_an_outage_the_author_decides_whether_it_is_still_sent(community: Community) -> None:
    await community.says("qian", "公告 本网格 明早8点 上午停水")
    await community.says("qian", "确认")
    community.stage.clock.set(at(3, 15))
    await community.stage.app.tick()
    await community.stage.settle()
    assert community.in_group("r1") == []
    assert "没有按时发出" in community.to("qian")[-1]
    await community.says("qian", "确认 1")
    await community.waits(timedelta(seconds=5))
    assert len(community.in_group("r1")) == 1


async def test_who_has_had_it_is_proved_by_a_workbook(community: Community, tmp_path: Path) -> None:
    await community.says("sun", "公告 青石社区 回执 明天停水")
    await community.says("sun", "确认")
    await community.waits(timedelta(seconds=5))
    await community.says("wang", "收到", room="r1")
    world, file = community.stage.app.world, tmp_path / "proof.xlsx"
    assert await prove(world, 1, file) == (1, 5)
    rows = CalamineWorkbook.from_path(file).get_sheet_by_name("回执").to_python()
    assert rows[1][:3] == ["第一网格", "3-1-101", "王大妈"] and rows[1][4] == "已回执"
    assert [row[4] for row in rows[2:]] == ["未回执"] * 4
    with pytest.raises(BadInput, match="#7"):
        await prove(world, 7, file)
