"""A worker answers a resident in the group itself: nobody is chased for what everybody has read there."""

from __future__ import annotations

from pathlib import Path

from tests.scene import Scene


async def test_a_quoted_answer_is_the_first_reply_and_takes_it_on(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    report = scene.says("09:00", "chen", "2单元单元门关不上了 风大哐哐响")
    scene.says("09:05", "li", "好的陈师傅 我下午带人来修闭门器", quote=report)
    played = await scene.play(until="2026-03-02 12:30")
    assert played.ticket()["first_reply_at"] == "2026-03-02T09:05:00+08:00"
    assert played.ticket()["state"] == "accepted" and played.ticket()["promised_at"]
    assert not any("尽快回复" in text for text in played.to("li"))
    assert not played.to("zhao") and not any("催办" in text for text in played.to("chen"))
    assert len(played.in_group("r1")) == 1  # only the answer at intake


async def test_mended_said_to_the_report_asks_the_worker_whether_that_closes_it(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    report = scene.says("09:00", "chen", "2单元单元门关不上了 风大哐哐响")
    scene.says("10:00", "li", "修好了 您看看", quote=report)
    scene.private("10:01", "li", "1")
    played = await scene.play()
    assert any("就用这句话办结吗" in text for text in played.to("li"))
    assert not any("有居民说" in text for text in played.to("li"))
    assert played.ticket()["state"] == "resolved"


async def test_a_colleague_of_another_grid_answers_for_nobody(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    report = scene.says("09:00", "chen", "2单元单元门关不上了 风大哐哐响")
    scene.says("09:05", "wu", "这个得换闭门器", quote=report)
    played = await scene.play(until="2026-03-02 09:10")
    assert played.ticket()["first_reply_at"] is None and not played.to("wu")
