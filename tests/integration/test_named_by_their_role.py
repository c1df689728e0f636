"""Residents read of whoever has their matter what he is called there, not always 网格员."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scene import Scene

NODES = """
    code,parent,name,level,kind,profile,declared_units,area
    jd,,青石街道,街道,,xinan,,
    sq,jd,青石社区,社区,,,,
    g1,sq,3号楼,楼栋,小区型,,,
    g2,sq,8号楼,楼栋,小区型,,,
"""
STAFF = """
    id,name,role,node,phone,contact,deputy_of,employment,hours,departments
    s1,李楼,楼长,g1,13800000001,li,,专职,,
    s4,孙书记,社区书记,sq,13800000004,sun,,专职,,
    s5,周主任,街道主任,jd,13800000005,zhou,,专职,,
"""


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    scene = Scene(tmp_path)
    scene.people(nodes=NODES, staff=STAFF)
    return scene


async def test_the_reporter_reads_that_the_one_on_his_stairs_has_taken_it(scene: Scene) -> None:
    scene.says("09:00", "wang", "3号楼2单元电梯又停了")
    scene.private("09:05", "li", "接单 1")
    scene.private("09:10", "li", "到场 1")
    scene.private("09:20", "li", "办结 1 换了控制板，可以用了")
    scene.private("09:30", "wang", "不满意")
    played = await scene.play()
    assert "您反映的 #1 楼长已接手" in played.to("wang")[0]
    assert "已请社区书记复核 #1" in played.to("wang")[-1]


async def test_an_emergency_says_who_has_heard_of_it(scene: Scene) -> None:
    scene.says("09:00", "wang", "3号楼着火了 快救人")
    played = await scene.play()
    assert played.in_group("r1") == ["请先拨打 119！社区书记已收到（#1）。"]


async def test_a_department_that_comes_is_not_called_a_worker(scene: Scene) -> None:
    departments = """
        id,name,categories,node,contact,hours,person,phone
        d1,电梯公司,public_facility,sq,dian,,,
    """
    scene.people(departments=departments)
    scene.says("09:00", "wang", "3号楼2单元电梯又停了")
    scene.private("09:05", "li", "吹哨 1 电梯公司")
    scene.private("09:30", "dian", "报到 1")
    played = await scene.play()
    assert not any("网格员" in text for text in played.to("wang"))


async def test_whoever_takes_over_and_whoever_is_relieved_read_which_matter_it_is(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    scene.says("08:40", "wang", "3号楼2单元电梯又停了")
    scene.private("09:50", "zhao", "接单 1")
    scene.private("10:00", "zhao", "转派 1 钱长 要联系厂家")
    played = await scene.play()
    (over,) = [text for text in played.to("zhao") if "请您接手" in text]
    assert "#1（电梯，3号楼2单元）李网尚未回复" in over and "\n原话：3号楼2单元电梯又停了\n" in over
    assert "#1（电梯，3号楼2单元）还没有回复，已请赵副接手。" in played.to("li")
    assert "3号楼2单元电梯又停了" in played.to("qian")[-1]


async def test_the_clock_calls_an_emergency_by_its_danger(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    scene.says("08:40", "wang", "我家老头子摔倒起不来了 快来人帮忙抬一下")
    scene.private("08:45", "li", "1")
    played = await scene.play(until="2026-03-03 08:30")
    assert played.report["tickets"][0]["urgency"] == "emergency"
    due = [text for text in played.to("li") + played.to("qian") if "到期" in text]
    assert due and all(text.startswith("#1（有人需要急救") for text in due)
    (morning,) = [text for text in played.to("zhou") if "该办结的事件" in text]
    (evening,) = [text for text in played.to("zhou") if "【日报】" in text]
    assert "#1 有人需要急救" in morning and "#1 有人需要急救" in evening


async def test_what_a_colleague_passed_on_goes_back_to_him(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    scene.says("08:40", "wang", "3号楼2单元电梯又停了")
    scene.private("08:50", "li", "转派 1 钱长 要联系厂家")
    scene.private("09:00", "qian", "退回 1 先看看是不是跳闸")
    played = await scene.play()
    assert played.report["tickets"][0]["assignee"] == "s1"
    assert "钱长：先看看是不是跳闸" in played.to("li")[-1] and not played.to("sun")
