"""S3-04 每天到每家每户转一圈: a light note, optional, once a day is plenty, and never a duty."""

from __future__ import annotations

from tests.scene import Scene


async def test_a_light_note_once_a_day(scene: Scene) -> None:
    scene.private("09:00", "li", "#转 无事")
    scene.private("15:00", "li", "转 无事")
    scene.private("2026-03-03 09:00", "li", "转一圈 没事")
    played = await scene.play()
    said = [text for text in played.to("li") if "记" in text and "今日" not in text]
    assert said == ["已记，辛苦了。", "今天已经记过了。", "已记，辛苦了。"]


async def test_nobody_is_reminded_of_it_and_ordinary_words_are_no_note(scene: Scene) -> None:
    scene.says("09:00", "li", "转发一下停水通知")
    scene.says("09:10", "li", "转给物业了", "w1")
    played = await scene.play(until="2026-03-03 20:00")
    assert played.in_group("w1") == [] and not any("转" in text for text in played.to("li"))
    assert played.report["duties"] == [] or not any(row["name"] == "转" for row in played.report["duties"])


async def test_it_may_be_said_as_people_say_it(scene: Scene) -> None:
    scene.private("09:00", "li", "转一圈了，没啥事")
    played = await scene.play()
    assert len(played.to("li")) == 1 and "已记" in played.to("li")[0] and "没听明白" not in played.to("li")[0]
