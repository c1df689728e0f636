"""S1-27 聚集苗头预警: three similar signals in one building within two hours, one warning to the leader."""

from __future__ import annotations

from gridbot.config import load
from tests.scene import Scene

CAREFUL = load(conduct={"act_at": 1.0})  # the worker is asked about every report

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


def wonder(scene: Scene, *people: str) -> None:
    for number, contact in enumerate(people):
        scene.says(f"09:{number}0", contact, "3号楼楼道灯坏了")


async def test_what_nobody_has_judged_yet_is_a_signal_too(scene: Scene) -> None:
    scene.people(households=HOMES, residents=PEOPLE)
    wonder(scene, "wang", "chen", "chen", "lin")
    scene.private("09:40", "li", "1")
    played = await scene.play(until="2026-03-02 10:30", settings=CAREFUL)
    (card,) = [row for row in played.said if row.get("to") == "qian" and "聚集预警" in row["text"]]
    assert card["at"] == "2026-03-02T09:30:00+08:00"
    assert "3 户反映楼道灯：4 条待网格员确认" in card["text"]
    assert not any(name in card["text"] for name in ("王大妈", "陈师傅", "林小姐", "坏了"))
    assert not any("预警" in text for text in played.in_group("r1"))
    assert played.ticket(1)["assignee"] == "s3" and played.ticket(1)["reporters"] == []


async def test_a_candidate_that_became_a_matter_is_counted_once(scene: Scene) -> None:
    scene.people(households=HOMES, residents=PEOPLE)
    wonder(scene, "wang", "chen")
    scene.private("09:20", "li", "1")
    scene.private("09:25", "li", "1")
    two = await scene.play(until="2026-03-02 10:30", settings=CAREFUL)
    assert not any("聚集预警" in text for text in two.to("qian"))


async def test_a_matter_and_two_candidates_raise_the_matter(scene: Scene) -> None:
    scene.people(households=HOMES, residents=PEOPLE)
    wonder(scene, "wang", "chen")
    scene.private("09:30", "lin", "报事 3号楼楼道灯坏了，麻烦修一下")
    played = await scene.play(until="2026-03-02 10:30", settings=CAREFUL)
    (card,) = [text for text in played.to("qian") if "聚集预警" in text]
    assert "#1" in card and "已有 3 户反映" in card and "（2 条待网格员确认）" in card
    assert len(played.report["tickets"]) == 1


async def test_what_the_worker_dropped_is_no_signal(scene: Scene) -> None:
    scene.people(households=HOMES, residents=PEOPLE)
    wonder(scene, "wang")
    scene.private("09:05", "li", "2")
    scene.says("09:10", "chen", "3号楼楼道灯坏了")
    scene.says("09:30", "lin", "3号楼楼道灯坏了")
    played = await scene.play(until="2026-03-02 10:30", settings=CAREFUL)
    assert not any("聚集预警" in text for text in played.to("qian"))


async def test_in_a_hamlet_without_buildings_three_households_are_enough(scene: Scene) -> None:
    scene.people(
        nodes="""
            code,parent,name,level,kind,profile
            jd,,炎方乡,乡镇,,zhanyi
            sq,jd,卡居村,村,,
            g1,sq,卡居一组一格,网格,农村型,
            g2,sq,卡居一组二格,网格,农村型,
        """,
        households="""
            id,node,address,building,unit,room,head,classes
            h1,g1,卡居1号,,,1,王大妈,普通
            h2,g1,卡居2号,,,2,陈师傅,普通
            h3,g1,卡居3号,,,3,林小姐,普通
        """,
        residents=PEOPLE.replace("    he,h4,何叔\n", ""),
    )
    scene.says("09:00", "wang", "上山那条路垮了 三轮车过不去")
    scene.says("09:20", "chen", "上山的路塌了 背肥料都背不上去")
    scene.says("09:40", "lin", "山路塌方了 车子过不来")
    played = await scene.play(until="2026-03-02 10:00")
    warned = [row for row in played.said if row.get("to") == "qian" and "聚集预警" in row["text"]]
    assert len(warned) == 1 and "卡居一组一格" in warned[0]["text"] and "3 户" in warned[0]["text"]
