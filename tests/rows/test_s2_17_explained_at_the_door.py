"""S2-17 入户时边处理纠纷边宣传政策: a visit keeps what was explained, from the announcements in force."""

from __future__ import annotations

from tests.scene import Scene


async def test_the_announcements_in_force_are_ticked_with_numbers(scene: Scene) -> None:
    scene.private("09:00", "qian", "公告 第一网格 周六上午义诊，地点社区广场")
    scene.private("09:01", "qian", "确认")
    scene.private("09:05", "qian", "公告 第一网格 反诈提醒：不要转账给陌生人")
    scene.private("09:06", "qian", "确认")
    scene.private("14:00", "li", "走访 3-2-601 调解了楼上楼下的争吵")
    scene.private("14:01", "li", "1")
    scene.private("14:05", "li", "走访记录 3-2-601")
    played = await scene.play()
    asked = next(text for text in played.to("li") if "讲过哪些" in text)
    assert "1. 反诈提醒" in asked and "2. 周六上午义诊" in asked
    assert any(text.startswith("已记：讲了 反诈提醒") for text in played.to("li"))
    assert "讲了 反诈提醒" in played.to("li")[-1]
    assert played.rows("visits", household="h3", mode="上门")[0]["told"][0].startswith("反诈提醒")


async def test_nothing_is_asked_where_nothing_is_in_force_and_silence_is_no_tick(scene: Scene) -> None:
    scene.private("09:00", "li", "走访 3-2-601 正常")
    scene.private("09:30", "qian", "公告 第一网格 周六上午义诊，地点社区广场")
    scene.private("09:31", "qian", "确认")
    scene.private("10:00", "li", "走访 3-1-101 正常")
    played = await scene.play(until="2026-03-02 12:00")
    assert "讲过哪些" not in played.to("li")[0]
    assert all(row["told"] == [] for row in played.rows("visits", mode="上门"))
