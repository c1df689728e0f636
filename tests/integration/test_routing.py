"""Vacancies, leaves, circles of deputies, undoing: where a matter goes when something is missing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scene import Scene

LAMP = "8号楼门口路灯坏了，晚上漆黑一片"
VACANT = """
    id,name,role,node,phone,contact,deputy_of,employment,hours,departments
    s1,李网,网格员,g1,13800000001,li,,专职,,
    s4,孙书记,社区书记,sq,13800000004,sun,,专职,,
    s5,周主任,街道主任,jd,13800000005,zhou,,专职,,
"""
CIRCLE = """
    id,name,role,node,phone,contact,deputy_of,employment,hours,departments
    s1,李网,网格员,g1,13800000001,li,s2,专职,,
    s2,赵副,网格员,g1,13800000002,zhao,s1,兼职,,
    s3,钱长,网格长,g1,13800000003,qian,,专职,,
    s4,孙书记,社区书记,sq,13800000004,sun,,专职,,
"""


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    return Scene(tmp_path)


async def test_what_nobody_is_posted_for_goes_to_the_next_one_up_who_reads_so(scene: Scene) -> None:
    scene.people(staff=VACANT)
    scene.private("09:00", "luo", LAMP)
    played = await scene.play(until="2026-03-02 18:30")
    ticket = played.ticket()
    assert ticket["assignee"] == "s4" and "（第二网格空缺，顺延）" in ticket["history"][0]["note"]
    digest = next(text for text in played.to("sun") if "日报" in text)
    assert "岗位空缺转来的事件：#1" in digest


async def test_deputies_who_name_each_other_and_are_both_away_leave_it_to_the_leader(scene: Scene) -> None:
    scene.people(staff=CIRCLE)
    scene.private("09:00", "li", "请假 今天下午 赵副")
    scene.private("09:01", "zhao", "请假 今天下午 李网")
    scene.private("14:00", "wang", "3号楼门口路灯坏了")
    played = await scene.play(until="2026-03-02 15:00")
    assert played.ticket()["assignee"] == "s3"


async def test_calls_joints_and_leaves_can_be_taken_back_within_five_minutes(scene: Scene) -> None:
    scene.private("09:00", "wang", "3号楼门口路灯坏了")
    scene.private("09:01", "li", "接单 1")
    scene.private("09:10", "li", "吹哨 1 物业")
    scene.private("09:12", "li", "撤销")
    scene.private("09:20", "li", "联办 1 牵头 青石物业 协办 孙书记")
    scene.private("09:22", "li", "撤销")
    scene.private("09:30", "li", "交接 1 钱长 缺车")
    scene.private("09:31", "li", "撤销")
    played = await scene.play(until="2026-03-04 18:00")
    ticket = played.ticket()
    assert ticket["parties"] == [] and ticket["departments"] == [] and ticket["lead"] is None
    assert ticket["assignee"] == "s1" and ticket["state"] == "accepted" and ticket["scale"] == "small"
    assert any("更正" in text for text in played.to("wuye"))
    assert not any("请贵单位尽快到场" in text for text in played.to("wuye"))


async def test_merging_and_splitting_can_be_taken_back(scene: Scene) -> None:
    scene.private("09:00", "wang", "3号楼门口路灯坏了")
    scene.private("09:02", "he", "5号楼1单元门口路灯坏了，垃圾也没人收")
    scene.private("09:10", "li", "合并 1 2")
    scene.private("09:12", "li", "撤销")
    scene.private("09:20", "li", "拆分 1 楼道灯不亮")
    scene.private("09:22", "li", "撤销")
    played = await scene.play(until="2026-03-02 10:00")
    states = {ticket["no"]: ticket["state"] for ticket in played.report["tickets"]}
    assert states[1] == states[2] == "open" and played.ticket(1)["supporters"] == []
    assert states[max(states)] == "withdrawn" and played.report["audit"]["chain_ok"]


async def test_a_return_needs_a_reason_and_is_counted(scene: Scene) -> None:
    scene.private("09:00", "wang", "3号楼门口路灯坏了")
    scene.private("09:05", "li", "退回 1")
    scene.private("09:06", "li", "退回 1 不是我的网格")
    scene.private("09:10", "qian", "转派 1 李网 就是你的")
    scene.private("09:15", "li", "退回 1 真不是")
    played = await scene.play(until="2026-03-02 10:00")
    assert any("请写明原因" in text for text in played.to("li"))
    assert played.ticket()["returns"] == 2


async def test_a_supervised_matter_is_told_to_its_holder_and_stands_in_the_history(scene: Scene) -> None:
    scene.private("09:00", "wang", "3号楼门口路灯坏了")
    scene.private("09:05", "li", "接单 1")
    scene.private("10:00", "zhou", "督办 1 今天必须亮")
    scene.private("10:05", "wang", "督办 1")
    played = await scene.play(until="2026-03-02 11:00")
    assert any("今天必须亮" in text for text in played.to("li"))
    lines = [(line["what"], line["by"]) for line in played.ticket()["history"]]
    assert lines.count(("supervise", "s5")) == 1 and ("supervise", "wang") not in lines


async def test_who_reported_a_neighbour_is_read_by_no_department_and_no_neighbour(scene: Scene) -> None:
    scene.private("09:00", "chen", "3号楼2单元601天天半夜装修电钻，吵死人了，别说是我说的")
    scene.private("09:05", "li", "接单 1")
    scene.private("09:10", "li", "吹哨 1 物业")
    scene.private("10:00", "li", "办结 1 已上门劝导，停止夜间施工")
    played = await scene.play(until="2026-03-02 11:00")
    for who in ("wuye", "lin", "wang", "he"):
        assert not any("陈师傅" in text or "502" in text for text in played.to(who))
    assert played.in_group("r1") == []
