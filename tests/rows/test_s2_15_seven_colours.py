"""S2-15 七彩志愿: seven teams, sign-up, a roster, hours that become points."""

from __future__ import annotations

from tests.scene import Scene


async def test_from_signing_up_to_points(scene: Scene) -> None:
    scene.private("09:00", "wang", "志愿队")
    scene.private("09:01", "wang", "报名 绿队")
    scene.private("10:00", "li", "志愿活动 绿队 3月4日9点 大扫除")
    scene.private("10:10", "wang", "报名 大扫除")
    scene.private("10:11", "chen", "报名 1")
    scene.private("10:12", "chen", "报名 1")
    scene.private("10:20", "li", "报名名单 1")
    scene.private("2026-03-04 12:00", "li", "工时 1 3小时")
    scene.private("2026-03-04 12:10", "qian", "确认")
    played = await scene.play()
    teams = played.to("wang")[0]
    assert teams.count("队：") >= 7 and "绿队" in teams
    assert any("报名成功" in text for text in played.to("wang"))
    assert "已经报过" in " ".join(played.to("chen"))
    assert any("2 人" in text and "王大妈" in text for text in played.to("li"))
    assert any("提醒" in text and "大扫除" in text for text in played.to("wang"))
    assert [(row["household"], row["balance"]) for row in played.report["points"]] == [("h1", 2), ("h2", 2)]
    assert any("您家得 2 分" in text for text in played.to("chen"))
    assert played.in_group("r1") == []


async def test_hours_are_counted_once_and_not_before_it_took_place(scene: Scene) -> None:
    scene.private("10:00", "li", "志愿活动 绿队 3月4日9点 大扫除")
    scene.private("10:10", "wang", "报名 1")
    scene.private("10:20", "li", "工时 1 2小时")
    scene.private("2026-03-04 12:00", "li", "工时 1 2小时")
    scene.private("2026-03-04 12:01", "li", "工时 1 2小时")
    scene.private("2026-03-04 12:02", "wang", "报名名单 1")
    played = await scene.play()
    said = " ".join(played.to("li"))
    assert "还没开始" in said and "已经记过了" in said
    assert len(played.rows("points", household="h1")[0]["entries"]) == 1
    assert "王大妈" not in played.to("wang")[-1]


async def test_what_a_notice_asks_people_to_come_to_is_an_activity(scene: Scene) -> None:
    scene.private("09:00", "sun", "公告 青石社区 本周六上午9点扫雪，愿意来的请报名")
    scene.private("09:01", "sun", "确认")
    scene.says("10:00", "wang", "报名 扫雪", "r1")
    scene.private("10:01", "chen", "报名")
    scene.private("10:02", "sun", "报名名单")
    played = await scene.play(until="2026-03-02 11:00")
    assert played.report["tickets"] == []
    for contact in ("wang", "chen"):
        assert played.to(contact)[-1] == "报名成功：扫雪（周六09:00）。谢谢您！"
    assert "2 人" in played.to("sun")[-1] and "王大妈" in played.to("sun")[-1]
