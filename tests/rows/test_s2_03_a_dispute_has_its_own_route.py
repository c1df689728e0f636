"""S2-03 矛盾纠纷: 楼长, 单元长, community, mediator, whatever the tree says; there within 30 minutes."""

from __future__ import annotations

import pytest

from tests.scene import Scene

NODES = """
    code,parent,name,level,kind,profile
    jd,,新安街道,街道,,xinan
    sq,jd,新安社区,社区,,
    pian,sq,东片,片,,
    b3,pian,3号楼,楼,小区型,
    u1,b3,3号楼1单元,单元,小区型,
"""
STAFF = """
    id,name,role,node,phone,contact
    top,周总,总网格长,jd,13800000001,zhou
    sh,孙书记,社区书记,sq,13800000002,sun
    pz,片长老吴,片长,pian,13800000003,wu
    lz,楼长老刘,楼长,b3,13800000004,liu
    dy,单元长小李,单元长,u1,13800000005,li
    tj,马调解,调解员,sq,13800000006,ma
"""
HOMES = """
    id,node,address,building,unit,room,head,classes
    h1,u1,3号楼1单元101,3,1,101,王大妈,普通
    h2,u1,3号楼1单元201,3,1,201,何叔,普通
"""
QUARREL = "楼上何叔家天天半夜剁肉吵架，我家孩子睡不了，两家都快打起来了"


@pytest.fixture
def xinan(scene: Scene) -> Scene:
    scene.people(
        nodes=NODES, staff=STAFF, households=HOMES,
        residents="contact,household,name\nwang,h1,王大妈\nhe,h2,何叔",
        rooms="room,node,audience,listen\nr1,u1,residents,keywords",
        departments="id,name,categories,node,contact",
        places="node,name,aliases,kind",
    )  # fmt: skip
    return scene


async def test_a_quarrel_goes_from_the_stairwell_to_the_mediator_who_is_there_in_time(xinan: Scene) -> None:
    xinan.private("09:00", "wang", QUARREL)
    xinan.private("09:03", "liu", "接单 1")
    xinan.private("09:05", "liu", "上报 1 两家都在气头上")
    xinan.private("09:08", "li", "上报 1 劝不动")
    xinan.private("09:10", "sun", "上报 1 请调解员上门")  # he is on his way already
    xinan.private("09:32", "ma", "到场 1")
    played = await xinan.play(until="2026-03-02 11:00")
    ticket = played.ticket()
    assert ticket["category"] == "dispute" and ticket["route"] == "dispute"
    assert "3号楼1单元" in played.to("liu")[0] or "#1" in played.to("liu")[0]
    assert [row["to"] for row in played.about(1) if "转来" in row["text"]] == ["li", "ma"]
    assert any("09:38" in text and "到场" in text for text in played.to("ma"))
    known, asked = played.to("sun")[:2]
    assert known == "【知悉 #1】邻里纠纷，3-1-101，已请马调解到场（09:38前）。要换人请回：转派 1 姓名"
    assert asked == "#1 已请马调解，09:38前到场。要换人请回：转派 1 姓名"
    assert ticket["arrived_at"] == "2026-03-02T09:32:00+08:00" and ticket["assignee"] == "tj"
    assert any("用时 24 分钟" in text for text in played.to("ma"))
    notes = " ".join(line["note"] for line in ticket["history"])
    assert "按「矛盾纠纷」路线（楼长→单元长→社区→调解员）先交楼长" in notes and "转调解员" in notes
    assert any("已请调解员，09:38前到场" in text for text in played.to("wang"))
    assert played.in_group("r1") == []


async def test_a_mediator_who_does_not_come_is_reminded_and_his_leader_told(xinan: Scene) -> None:
    xinan.private("10:00", "sun", "代报 3-1-101 楼上楼下吵架要打起来了，请调解员")
    xinan.private("10:01", "sun", "转派 1 楼长老刘")
    xinan.private("10:02", "liu", "上报 1 管不了")
    xinan.private("10:04", "li", "上报 1 管不了")
    played = await xinan.play(until="2026-03-02 11:30")
    late = [row for row in played.about(1) if "应于 10:34 前到场" in row["text"]]
    assert [row["to"] for row in late] == ["ma"] and late[0]["at"] == "2026-03-02T10:34:00+08:00"
    assert any("未在时限内到场" in text for text in played.to("sun"))


async def test_who_finds_the_quarrel_himself_passes_it_to_the_next_step(xinan: Scene) -> None:
    xinan.private("09:00", "liu", "1单元两家邻居因为漏水打起来了，劝不住")
    played = await xinan.play(until="2026-03-02 09:30")
    assert played.ticket()["assignee"] == "dy" and any("#1" in text for text in played.to("li"))


async def test_a_word_of_a_quarrel_in_the_group_is_answered_neutrally(xinan: Scene) -> None:
    xinan.says("09:00", "wang", "#报事 " + QUARREL)
    xinan.private("09:05", "li", "接单 1")
    played = await xinan.play(until="2026-03-02 10:00")
    assert played.in_group("r1") == ["收到，已私信您。"]
    assert any("#1" in text for text in played.to("wang"))


async def test_called_directly_he_has_the_same_half_hour_whoever_was_there_before(xinan: Scene) -> None:
    xinan.private("09:00", "wang", QUARREL)
    xinan.private("09:10", "liu", "到场 1")
    xinan.private("09:20", "sun", "转派 1 马调解 两家动了手")
    xinan.private("09:40", "ma", "到场 1")
    played = await xinan.play(until="2026-03-02 11:00")
    assert any("请于 09:50 前到现场" in text for text in played.to("ma"))
    assert any("已请调解员，09:50前到场" in text for text in played.to("wang"))
    assert played.ticket()["arrived_at"] == "2026-03-02T09:40:00+08:00"
    assert not any("未在时限内到场" in text for text in played.to("sun"))
