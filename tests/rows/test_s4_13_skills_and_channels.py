"""S4-13 义务服务、短信平台: a register of skills; one notice goes out by WeChat, SMS and telephone lists."""

from __future__ import annotations

import asyncio
from pathlib import Path

from click.testing import CliRunner

from gridbot.cli import cli
from tests.scene import Scene

HOUSEHOLDS = """
    id,node,address,building,unit,room,head,classes,phone,since
    h1,g1,3号楼1单元101,3,1,101,王大妈,普通,13800000101,
    h2,g1,3号楼2单元502,3,2,502,陈师傅,独居老人;无手机老人,0943-1234567,
    h3,g1,3号楼2单元601,3,2,601,林小姐,普通,13800000601,
    h4,g1,5号楼1单元101,5,1,101,何叔,普通,,
    h5,g1,5号楼1单元201,5,1,201,罗姐,困难,13800000201,
"""
RESIDENTS = """
    contact,household,name,head,birth,classes,phone
    wang,h1,王大妈,yes,,,
    ,h2,陈师傅,yes,,,
    ,h3,林小姐,yes,,,
    ,h4,何叔,yes,,,
    ,h5,罗姐,yes,,,
"""


async def test_a_skill_is_registered_by_its_owner_found_by_staff_and_taken_back(scene: Scene) -> None:
    scene.private("08:50", "wang", "登记特长 理发 周末有空")
    scene.private("09:00", "li", "找资源 理发")
    scene.private("09:01", "li", "对接 1 给行动不便的老人理发")
    scene.private("09:05", "wang", "1")
    scene.private("09:10", "wang", "登记特长 取消")
    scene.private("09:20", "li", "找资源 理发")
    played = await scene.play()
    assert any("只有工作人员能查到" in text for text in played.to("wang"))
    assert any("1. 理发 周末有空 王大妈" in text for text in played.to("li"))
    assert any("愿意提供" in text for text in played.to("li"))
    assert "没有登记「理发」" in played.to("li")[-1]
    assert played.in_group("r1") == []


def test_a_notice_reaches_each_household_by_its_own_channel(scene: Scene, tmp_path: Path) -> None:
    scene.people(households=HOUSEHOLDS, residents=RESIDENTS)
    scene.private("09:00", "qian", "公告 第一网格 明天上午清洗水箱，停水两小时")
    scene.private("09:01", "qian", "确认")
    scene.private("09:30", "qian", "触达 1")
    scene.private("09:31", "li", "触达 1")
    data = tmp_path / "data"
    data.mkdir()
    played = asyncio.run(scene.play(url=f"sqlite://{data / 'gridbot.db'}"))
    counts, calls = played.to("qian")[-2:]
    assert "微信 1 户，短信 2 户，电话 1 户，上门 1 户" in counts
    assert "陈师傅 0943-1234567" in calls and "何叔" in calls and "林小姐" not in calls
    assert any("需要网格工作人员" in text for text in played.to("li"))
    assert not any("138" in text or "陈师傅" in text for text in played.in_group("r1"))
    words = ["outreach", "1", "--channel", "sms", "--data", str(data)]
    listed = CliRunner().invoke(cli, words)
    assert listed.exit_code == 0, listed.output
    assert "13800000601,【社区网格办】" in listed.output and "13800000201" in listed.output
    assert "13800000101" not in listed.output


async def test_a_colleague_notes_what_a_neighbour_can_do_and_an_offer_is_told_how(scene: Scene) -> None:
    scene.private("08:50", "wang", "我会修水电，可以义务帮忙")
    scene.private("09:00", "li", "登记特长 陈师傅 理发 周末")
    scene.private("09:01", "li", "特长 理发")
    scene.private("09:02", "li", "谁会 理发")
    played = await scene.play()
    assert "登记特长" in played.to("wang")[0]
    assert all("1. 理发 周末 陈师傅" in text for text in played.to("li")[-2:])
