"""A leader stops his digests, asks who is busy; a colleague asks for quiet at night."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scene import Scene


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    return Scene(tmp_path)


async def test_a_leader_who_wants_no_daily_digest_gets_none_until_he_asks_again(scene: Scene) -> None:
    scene.says("09:00", "wang", "3号楼2单元路灯不亮了")
    scene.private("09:30", "qian", "以后日报别发了")
    scene.private("09:31", "qian", "日报")
    scene.private("2026-03-03 09:00", "qian", "日报还是发给我吧")
    played = await scene.play(until="2026-03-03 19:00")
    told = [(row["at"][5:13], row["text"]) for row in played.said if row.get("to") == "qian"]
    digests = [at for at, text in told if text.startswith("【日报】")]
    assert digests == ["03-02T09", "03-03T18"]
    assert any("日报不再发给您" in text for _, text in told)
    assert [text for text in played.to("sun") if text.startswith("【日报】")]


async def test_who_has_how_much_is_told_to_whoever_oversees_it(scene: Scene) -> None:
    scene.says("09:00", "wang", "3号楼2单元路灯不亮了")
    scene.says("09:05", "he", "5号楼1单元门口下水道堵了")
    scene.private("09:10", "qian", "谁手上压着活")
    scene.private("2026-03-06 18:00", "sun", "现在谁手里活最多")
    scene.private("2026-03-06 18:01", "wang", "谁手上压着活")
    played = await scene.play()
    assert any("· 李网 2 件" in text for text in played.to("qian"))
    assert any("超期" in text and "件" in text for text in played.to("sun") if "【在手统计】" in text)
    assert not any("【在手统计】" in text for text in played.to("wang"))


async def test_whoever_wants_quiet_at_night_hears_that_he_has_it(scene: Scene) -> None:
    scene.private("09:00", "li", "晚上10点后别发")
    scene.private("09:05", "li", "日报别发了")
    played = await scene.play()
    assert "21:30到次日07:30" in played.to("li")[0]
    assert played.to("li")[1] == "您没有日报，不会发给您。"
