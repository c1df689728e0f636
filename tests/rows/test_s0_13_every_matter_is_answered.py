"""S0-13 事事有着落，件件有回音: nothing is closed before the resident was answered in words."""

from __future__ import annotations

from tests.scene import Scene


async def test_a_bare_done_is_sent_back_once_and_the_answer_reaches_the_resident(scene: Scene) -> None:
    scene.says("09:00", "wang", "3号楼2单元电梯又停了 老人下不去楼")
    scene.private("09:05", "li", "1")
    scene.private("09:30", "li", "办结 1 已处理")
    scene.private("09:40", "li", "办结 1 维保换了继电器，电梯已恢复")
    played = await scene.play()
    ticket = played.ticket()
    assert ticket["resolved_at"] == "2026-03-02T09:40:00+08:00"
    assert any("维保换了继电器" in text for text in played.to("wang"))


async def test_silence_closes_as_unrated_and_is_no_satisfaction(scene: Scene) -> None:
    scene.says("09:00", "wang", "3号楼2单元电梯又停了 老人下不去楼")
    scene.private("09:05", "li", "1")
    scene.private("09:40", "li", "办结 1 维保换了继电器，电梯已恢复")
    played = await scene.play(until="2026-03-06 09:00")
    ticket = played.ticket()
    assert (ticket["state"], ticket["satisfaction"]) == ("closed", "未评价")


async def test_no_words_at_all_never_close_it_and_empty_ones_are_sent_back_once(scene: Scene) -> None:
    scene.private("09:00", "wang", "3号楼门口的路灯坏了")
    scene.private("09:01", "li", "1")
    for minute in (10, 11):
        scene.private(f"09:{minute}", "li", "办结 1")
    scene.private("09:20", "li", "办结 1 已处理")
    scene.private("09:30", "li", "已处理")
    played = await scene.play(until="2026-03-02 09:40")
    assert sum("请加一句怎么处理的" in text for text in played.to("li")) == 3
    assert played.ticket()["resolved_at"] == "2026-03-02T09:30:00+08:00"


async def test_what_could_not_be_sent_closes_nothing_until_somebody_has_told_the_resident(
    scene: Scene,
) -> None:
    scene.private("09:00", "wang", "3号楼门口的路灯坏了")
    scene.private("09:01", "li", "1")
    scene.happens("09:19", "send", fails=2, retryable=False)
    scene.private("09:20", "li", "办结 1 换了灯泡")
    played = await scene.play(until="2026-03-05 14:00")
    assert played.ticket()["state"] == "resolved"
    asked = [row["at"][5:16] for row in played.said if "没能送到居民" in row["text"]]
    assert asked == ["03-02T09:50", "03-05T09:20"]
    scene.private("2026-03-05 15:00", "li", "已联系 1 电话里说了")
    scene.private("2026-03-05 15:01", "sun", "月报")
    played = await scene.play(until="2026-03-06 10:00")
    assert any("回音率 100%：受理 1 件，已答复 1 件" in text for text in played.to("sun"))
    assert (played.ticket()["state"], played.ticket()["closed_at"][:10]) == ("closed", "2026-03-06")
