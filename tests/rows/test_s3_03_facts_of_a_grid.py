"""S3-03 第26网格: 35户113人，在家72: households, people, at home, away, in care: in numbers."""

from __future__ import annotations

from tests.scene import Scene


async def test_the_numbers_follow_who_goes_away_and_who_comes_back(scene: Scene) -> None:
    scene.private("09:00", "li", "格情")
    scene.private("09:10", "li", "外出 3-2-601 林小姐")
    scene.private("09:11", "li", "外出 3-1-101")
    scene.private("09:20", "li", "格情")
    scene.private("09:30", "li", "返乡 3-1-101")
    scene.private("09:40", "qian", "格情 第一网格")
    played = await scene.play()
    facts = [text for who in ("li", "qian") for text in played.to(who) if "【格情】" in text]
    assert "4 户" in facts[0] and "在家 4 人，外出 0 人" in facts[0]
    assert "在家 2 人，外出 2 人" in facts[1]
    assert "在家 3 人，外出 1 人，返乡 1 人" in facts[2]
    assert "林" not in "".join(facts) and "重点 1" in facts[2]


async def test_another_grid_and_a_resident_get_no_numbers(scene: Scene) -> None:
    scene.private("09:00", "wu", "格情 第一网格")
    scene.private("09:05", "wang", "#格情")
    scene.says("09:10", "li", "#外出 3-1-101", "w1")
    played = await scene.play()
    assert not any("【格情】" in row["text"] for row in played.said)
    assert played.in_group("w1") == []


async def test_a_leader_asks_for_it_in_his_own_words(scene: Scene) -> None:
    scene.private("09:00", "qian", "第一网格有多少户")
    scene.private("09:01", "sun", "格情")
    scene.says("09:02", "li", "有多少人", room="r1")
    played = await scene.play()
    assert "【格情】第一网格" in played.to("qian")[-1] and "网格员：李网" in played.to("qian")[-1]
    assert "社区书记：孙书记" in played.to("sun")[-1]
    assert played.to("li") == []


VILLAGE = """
    id,node,address,building,unit,room,head,classes
    h1,g1,刘村1号,,,1,王大山,普通
    h2,g1,刘村2号,2,,,李满仓,独居老人
    h12,g1,刘村12号,12,,,赵四,普通
"""
VILLAGERS = """
    contact,household,name,head,classes
    wang,h1,王大山,yes,
    li4,h2,李满仓,yes,
    zhao4,h12,赵四,yes,
    ,h12,赵小四,no,外出
"""


async def test_in_a_village_a_house_is_found_by_its_number_or_by_who_lives_there(scene: Scene) -> None:
    scene.people(households=VILLAGE, residents=VILLAGERS)
    scene.private("09:00", "li", "格情")
    scene.private("09:01", "li", "李满仓 外出")
    scene.private("09:02", "li", "赵小四 返乡")
    scene.private("09:03", "li", "外出 刘村1号 王大山")
    scene.private("09:04", "li", "格情")
    scene.private("09:10", "li", "走访 2号 正常")
    scene.private("09:11", "li", "代报 12号 屋顶漏雨了")
    scene.private("09:12", "li", "报备 外来租住 12号 3人")
    scene.private("09:13", "li", "报备 返乡 李满仓 3月2日回来")
    scene.private("09:14", "li", "格情")
    played = await scene.play()
    assert played.ticket()["place"] == "刘村12号" and played.ticket()["reporters"] == ["zhao4"]
    lodgers, home = played.report["filings"]
    assert (lodgers["household"], lodgers["day"]) == ("h12", None) and home["day"] == "2026-03-02"
    assert "在家 3 人，外出 1 人，返乡 2 人" in played.to("li")[-1]
    facts = [text for text in played.to("li") if "【格情】" in text]
    assert "在家 3 人，外出 1 人，返乡 0 人；重点 1" in facts[0]
    assert "在家 2 人，外出 2 人，返乡 1 人" in facts[1]
    assert [row["household"] for row in played.rows("visits", outcome="正常")] == ["h2"]
