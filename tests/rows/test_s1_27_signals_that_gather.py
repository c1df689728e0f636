"""S1-27 聚集苗头预警: three similar signals in one building within two hours, one warning to the leader."""

from __future__ import annotations

from tests.scene import Scene

HOMES = """
    id,node,address,building,unit,room,head,classes
    h1,g1,3号楼1单元101,3,1,101,王大妈,普通
    h2,g1,3号楼2单元502,3,2,502,陈师傅,普通
    h3,g1,3号楼2单元601,3,2,601,林小姐,普通
    h4,g1,3号楼1单元301,3,1,301,何叔,普通
"""
PEOPLE = """
    contact,household,name
    wang,h1,王大妈
    chen,h2,陈师傅
    lin,h3,林小姐
    he,h4,何叔
"""


async def test_three_households_about_one_thing_raise_one_matter_once(scene: Scene) -> None:
    scene.people(households=HOMES, residents=PEOPLE)
    scene.says("09:00", "wang", "3号楼停水了，一滴都没有")
    scene.says("09:10", "chen", "3号楼我家也没水了")
    scene.says("09:20", "lin", "3号楼停水，我家也是")
    scene.says("09:30", "he", "3号楼我家也没水")
    played = await scene.play(until="2026-03-02 10:00")
    warned = [row for row in played.said if row.get("to") == "qian" and "聚集预警" in row["text"]]
    assert len(warned) == 1 and "已有 3 户反映" in warned[0]["text"] and "#1" in warned[0]["text"]
    assert len(played.report["tickets"]) == 1
    assert not any("预警" in text for text in played.in_group("r1"))


async def test_signals_in_several_matters_get_a_number_of_their_own(scene: Scene) -> None:
    scene.people(households=HOMES, residents=PEOPLE)
    scene.private("09:00", "wang", "3号楼有陌生人挨家敲门")
    scene.private("09:30", "chen", "有个陌生人在3号楼挨家敲门推销")
    scene.private("10:00", "lin", "3号楼来了个可疑的陌生人，到处敲门")
    played = await scene.play(until="2026-03-02 10:30")
    warning = played.ticket(4)
    assert (
        warning["category"] == "public_security"
        and warning["assignee"] == "s3"
        and warning["reporters"] == []
    )
    card = next(text for text in played.to("qian") if "聚集预警 #4" in text)
    assert "#1、#2、#3" in card and "3 户" in card
    assert not any(name in card for name in ("王大妈", "陈师傅", "林小姐", "502"))


async def test_two_are_no_crowd_and_neither_are_three_in_different_places(scene: Scene) -> None:
    scene.people(households=HOMES, residents=PEOPLE)
    scene.private("09:00", "wang", "3号楼有陌生人挨家敲门")
    scene.private("09:30", "chen", "有个陌生人在3号楼挨家敲门推销")
    scene.private("10:00", "lin", "5号楼来了个可疑的陌生人，到处敲门")
    scene.private("13:00", "he", "3号楼来了个可疑的陌生人，到处敲门")
    played = await scene.play(until="2026-03-02 13:30")
    assert not any("聚集预警" in text for text in played.to("qian"))
