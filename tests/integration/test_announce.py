"""Announcements: preview, confirmation, sending at their time, receipts, chasing the silent."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from gridbot.models.duties import AckRow, Announcement
from gridbot.schedules import timetable
from tests.conftest import Community, texts

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
