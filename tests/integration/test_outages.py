"""A planned outage answers who asks, until it ends; a fault is still a ticket."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from gridbot.models.cases.tickets import Ticket
from tests.conftest import Community, texts
from tests.scene import Scene

ZONE = ZoneInfo("Asia/Shanghai")
NOTICE = "停水通知：因管网检修，3月2日9:00至17:00第一网格停水，请提前储水。青石自来水公司"


async def test_a_pasted_notice_answers_without_a_ticket_once_to_the_group(community: Community) -> None:
    planned = texts(await community.says("li", NOTICE))
    assert "已登记停水：第一网格" in planned[0]
    group = texts(await community.says("wang", "停水了吗", room="r1"))
    assert group == ["计划内停水，预计17:00恢复，请您谅解。"]
    again = await community.says("he", "家里没水了 咋回事", room="r1")
    assert [out.say.to.contact for out in again] == ["he"] and "青石自来水公司" in again[0].say.text
    private = texts(await community.says("chen", "今天停水吗？"))
    assert "17:00" in private[0]
    assert await Ticket.all().count() == 0


async def test_after_the_end_elsewhere_or_of_another_kind_it_is_a_report(community: Community) -> None:
    await community.says("li", NOTICE)
    await community.says("he", "家里停电了 一点电都没有", room="r1")
    assert await Ticket.all().count() == 1
    await community.says("luo", "8号楼停水了 一滴水都没有")
    assert await Ticket.all().count() == 2
    late = datetime(2026, 3, 2, 17, 30, tzinfo=ZONE)
    await community.says("wang", "还是停水 一滴水都没有", room="r1", at=late)
    assert await Ticket.all().count() == 3


async def test_an_early_end_or_an_undo_takes_it_back(community: Community) -> None:
    await community.says("li", NOTICE)
    assert "1条" in texts(await community.says("li", "恢复供水"))[0]
    await community.says("wang", "我家停水了 一点水都没有")
    assert await Ticket.all().count() == 1
    await community.says("li", NOTICE)
    await community.says("li", "撤销", after=timedelta(minutes=1))
    assert "没有收到停供通知" in texts(await community.says("chen", "今天停水吗？"))[0]


async def test_a_notice_without_hours_and_a_resident_plan_nothing(community: Community) -> None:
    assert "从几点到几点" in texts(await community.says("li", "停水通知 第一网格管网检修"))[0]
    await community.says("wang", NOTICE)
    assert "没有收到停供通知" in texts(await community.says("chen", "今天停水吗？"))[0]


async def test_an_announcement_of_an_outage_answers_who_asks_too(community: Community) -> None:
    await community.says("qian", "公告 第一网格 今天10:00至16:00清洗水箱停水")
    await community.says("qian", "确认")
    await community.says("wang", "停水了吗", room="r1")
    assert community.in_group("r1")[-1] == "计划10:00开始停水，请提前做好准备。"
    assert await Ticket.all().count() == 0


async def test_a_notice_of_several_buildings_or_grids_is_for_each_of_them(community: Community) -> None:
    two = "停水通知：因管道检修，3月2日9:00至17:00，第一网格3号楼、5号楼停水，请提前储水"
    assert "第一网格3号楼、5号楼" in texts(await community.says("li", two))[0]
    assert "17:00" in texts(await community.says("he", "停水了吗"))[0]  # lives in 5
    assert "17:00" in texts(await community.says("wang", "停水了吗"))[0]  # lives in 3
    assert await Ticket.all().count() == 0
    both = "停电通知：3月2日9:00至18:00，第一网格、第二网格停电检修"
    assert "第一网格、第二网格" in texts(await community.says("sun", both))[0]
    assert "18:00" in texts(await community.says("luo", "停电了吗"))[0]
    assert "18:00" in texts(await community.says("chen", "停电了吗"))[0]


async def test_whoever_asks_of_tomorrow_gets_the_plan_or_hears_that_there_is_none(
    community: Community,
) -> None:
    planned = texts(await community.says("li", "停电通知 明天8:00到12:00 3号楼检修停电"))
    assert "恢复供电" in planned[0] and "恢复供水" not in planned[0]
    assert "计划明天08:00开始停电" in texts(await community.says("wang", "明天几点停电"))[0]
    assert "没有收到停供通知" in texts(await community.says("he", "明天会停电吗"))[0]  # lives in 5
    assert texts(await community.says("he", "明天会停电吗", room="r1")) == []
    assert await Ticket.all().count() == 0


async def test_a_dead_line_is_not_answered_with_the_water_that_is_planned(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    scene.private("09:00", "li", "停水通知 3号楼 明天上午9点到11点停水")
    scene.says("09:30", "wang", "网断了 上不了网课")
    scene.says("09:40", "chen", "我家没水了 一滴都没有")
    played = await scene.play()
    assert not any("计划" in text for text in played.in_group("r1"))
    assert {ticket["category"] for ticket in played.report["tickets"]} == {"utilities_outage"}
    assert len(played.report["tickets"]) == 2
