"""S1-25 一扇门、一条龙: one number for one matter through all levels; the resident never tells it twice."""

from __future__ import annotations

from tests.scene import Scene

LAMP = "3号楼门口路灯坏了，晚上漆黑一片"


async def test_the_number_and_the_words_go_all_the_way(scene: Scene) -> None:
    scene.private("09:00", "wang", LAMP)
    scene.private("09:05", "li", "接单 1")
    scene.private("09:10", "li", "上报 1 要换灯杆")
    scene.private("09:20", "sun", "上报 1 社区没有经费")
    scene.private("09:30", "zhou", "转派 1 青石物业")
    scene.private("09:40", "wuye", "报到 1")
    scene.private("09:45", "wang", "进度")
    scene.private("10:30", "wuye", "办结 1 换了灯杆")
    scene.private("10:40", "wang", "满意")
    played = await scene.play(until="2026-03-02 11:00")
    assert [ticket["no"] for ticket in played.report["tickets"]] == [1]
    for who in ("li", "sun", "zhou", "wuye"):
        assert any("#1" in text and "漆黑一片" in text for text in played.to(who)), who
    assert all("#1" in text or "评价" in text for text in played.to("wang"))
    assert played.ticket()["state"] == "closed" and played.ticket()["satisfaction"] == "满意"


async def test_another_telling_of_the_same_matter_makes_no_second_number(scene: Scene) -> None:
    scene.says("09:00", "wang", "3号楼2单元电梯又停了 老人下不去楼")
    scene.private("09:30", "chen", "3号楼2单元电梯停了，我妈下不了楼")
    scene.private("09:40", "li", "上报 1 要换主板")
    scene.private("09:50", "chen", "进度")
    played = await scene.play(until="2026-03-02 10:00")
    assert len(played.report["tickets"]) == 1 and played.ticket()["supporters"] == ["chen"]
    assert any("#1" in text for text in played.to("chen"))
