"""S1-09 枯树案: found, somebody stays on the spot, the power company comes, it is gone, looked at again."""

from __future__ import annotations

import pytest

from tests.scene import Scene

BODIES = """
    id,name,categories,node,contact,hours
    gongdian,供电所,utilities_outage,jd,gongdian,
"""


@pytest.fixture
def tree(scene: Scene) -> Scene:
    scene.people(departments=BODIES)
    scene.private("16:00", "li", "5号楼东边枯树快倒了压着电线")
    scene.private("16:05", "li", "值守 1 到 18:00")
    return scene


async def test_from_found_to_looked_at_again(tree: Scene) -> None:
    tree.private("16:10", "li", "吹哨 1 供电所")
    tree.private("17:00", "gongdian", "报到 1")
    tree.private("17:30", "gongdian", "办结 1 枯树已砍，线路已复位")
    tree.private("2026-03-03 10:00", "qian", "1")
    played = await tree.play(until="2026-03-03 12:00")
    ticket = played.ticket()
    assert (ticket["sub"], ticket["stage"], ticket["state"]) == ("tree_wire", "复核", "closed")
    whats = [line["what"] for line in ticket["history"]]
    order = ["open", "watch", "whistle", "check_in", "resolve", "recheck"]
    assert [what for what in whats if what in order] == order
    assert any("枯树电线" in text and "协同处置" in text for text in played.to("gongdian"))
    check = next(row for row in played.said if "复核" in row["text"] and row.get("to") == "qian")
    assert check["at"] == "2026-03-03T09:30:00+08:00" and "枯树已砍" in check["text"]
    assert any("已复核" in text for text in played.to("li"))
    assert not any("值守时间到了" in text for text in played.to("li"))
    assert played.in_group("r1") == []


async def test_the_watch_asks_at_its_end_and_can_be_kept_longer_or_handed_over(tree: Scene) -> None:
    tree.private("18:03", "li", "1")
    tree.private("19:05", "li", "3")
    played = await tree.play(until="2026-03-02 20:00")
    asked = [row["at"][11:16] for row in played.said if "值守时间到了" in row["text"]]
    assert asked == ["18:00", "19:03"]
    assert played.ticket()["assignee"] == "s3"
    assert any("问题交接单 #1-1" in text for text in played.to("qian"))


async def test_a_watcher_who_does_not_answer_is_looked_for(tree: Scene) -> None:
    played = await tree.play(until="2026-03-02 19:00")
    told = [row["at"][11:16] for row in played.said if row.get("to") == "qian" and "没有回复" in row["text"]]
    assert told == ["18:15"]


async def test_a_hazard_that_is_still_there_is_work_again(tree: Scene) -> None:
    tree.private("17:30", "li", "办结 1 临时支住了枯树")
    tree.private("2026-03-03 10:00", "qian", "2")
    played = await tree.play(until="2026-03-03 12:00")
    assert (played.ticket()["state"], played.ticket()["stage"]) == ("accepted", "发现")
    assert any("复核时隐患还在" in text for text in played.to("li"))


async def test_a_body_that_is_called_twice_has_one_part_and_one_call(tree: Scene) -> None:
    tree.private("16:10", "li", "吹哨 1 供电所")
    tree.private("16:12", "li", "吹哨 1 供电")
    tree.private("16:20", "gongdian", "报到 1")
    tree.private("16:25", "qian", "联办 1 牵头 供电所")
    tree.private("17:30", "gongdian", "办结 1 枯树已砍，线路已复位")
    played = await tree.play(until="2026-03-02 20:00")
    ticket = played.ticket()
    assert [(part["who"], part["role"], part["state"]) for part in ticket["parties"]] == [
        ("gongdian", "lead", "done")
    ]
    assert ticket["state"] == "resolved"
    assert sum("（协办）" in text for text in played.to("gongdian")) == 1
    assert any("供电所已在参与办理" in text for text in played.to("li"))
    assert not any("尽快到场" in text for text in played.to("gongdian"))


async def test_the_leader_reads_of_every_hazard_at_once_and_of_nothing_else(scene: Scene) -> None:
    scene.says("09:00", "he", "5号楼东边枯树快倒了压着电线")
    scene.says("10:00", "wang", "3号楼门口垃圾堆成山了没人收")
    scene.says("22:30", "chen", "3号楼2单元楼道堆了好多纸箱 过不去人")
    played = await scene.play(until="2026-03-03 07:00")
    told = [row for row in played.said if row.get("to") == "qian" and "【安全隐患" in row["text"]]
    assert [(row["about"]["ticket"], row["at"][11:16]) for row in told] == [(1, "09:00")]
    assert "枯树电线" in told[0]["text"] and "李网办理" in told[0]["text"]
