"""S4-06 民情日志: written in one line, or drafted from the day's facts and accepted with one word."""

from __future__ import annotations

from tests.scene import Scene

NODES = """
    code,parent,name,level,kind,profile,declared_units,area
    jd,,青石街道,街道,,tianshui-urban,,
    sq,jd,青石社区,社区,,,,
    g1,sq,第一网格,网格,小区型,,,
    g2,sq,第二网格,网格,小区型,,,
"""


async def test_the_draft_of_the_day_is_accepted_with_one_word(scene: Scene) -> None:
    scene.people(nodes=NODES)
    scene.says("09:00", "wang", "3号楼2单元电梯又停了")
    scene.private("09:10", "li", "接单 1")
    scene.private("11:00", "li", "办结 1 维保换了继电器，电梯已恢复")
    scene.private("15:00", "li", "走访 3-2-502 正常")
    scene.private("17:40", "li", "好")
    played = await scene.play(until="2026-03-02 18:30")
    draft = next(text for text in played.to("li") if "日志草稿" in text)
    assert "办结 电梯 #1；走访 1 户" in draft
    assert played.to("li")[-1] == "已记入今天的日志。"
    assert played.report["diaries"] == [
        {"worker": "s1", "day": "2026-03-02", "text": "办结 电梯 #1；走访 1 户", "accepted": True}
    ]
    assert not any("日志草稿" in text for text in played.to("wu"))  # nothing happened there


async def test_own_words_are_kept_for_the_month_and_for_nobody_elses_group(scene: Scene) -> None:
    scene.private("10:00", "li", "日志 调解了3号楼两家的纠纷")
    scene.private("2026-03-03 10:00", "li", "日志 本月")
    scene.private("2026-03-03 10:01", "wang", "日志 我来写一条")
    played = await scene.play()
    assert "3月2日 调解了3号楼两家的纠纷" in played.to("li")[-1]
    assert [row["worker"] for row in played.report["diaries"]] == ["s1"]
    assert played.in_group("r1") == []


async def test_who_works_in_the_evening_is_offered_the_draft_when_his_hours_end(scene: Scene) -> None:
    scene.people(
        nodes=NODES,
        staff="""
            id,name,role,node,phone,contact,deputy_of,hours
            s1,李网,网格员,g1,13800000001,li,,
            s2,赵副,协管员,g1,13800000002,zhao,s1,14:00-20:30
        """,
    )
    scene.says("18:30", "wang", "3号楼2单元电梯又停了")
    scene.private("18:40", "zhao", "接单 1")
    played = await scene.play(until="2026-03-02 21:00")
    (row,) = [row for row in played.said if "日志草稿" in row["text"]]
    assert (row["to"], row["at"][11:16]) == ("zhao", "20:30") and "接单 电梯 #1" in row["text"]
