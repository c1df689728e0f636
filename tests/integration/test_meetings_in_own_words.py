"""A leader calls, moves and calls off a meeting in words of his own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scene import Scene


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    return Scene(tmp_path)


async def test_a_meeting_is_called_moved_and_called_off_and_everybody_invited_hears_of_it(
    scene: Scene,
) -> None:
    scene.private("09:00", "sun", "定个会 后天上午9点 社区会议室")
    scene.private("09:01", "sun", "会改到下午3点")
    scene.private("09:02", "sun", "会改到302会议室")
    scene.private("09:03", "qian", "会推迟半小时")
    scene.private("09:04", "sun", "会推迟半小时")
    played = await scene.play(until="2026-03-04 18:00")
    assert played.to("sun")[:2] == [
        "#1 民情分析会定在后天09:00，已通知 4 人，会前 2 小时把议程发给大家。",
        "#1 已改到后天15:00，地点：社区会议室，已通知 4 人。",
    ]
    assert "是孙书记定的" in played.to("qian")[3]
    assert "改到后天15:30，地点：302会议室" in played.to("li")[3]
    agendas = [row["at"][5:16] for row in played.said if "议程" in row["text"] and row.get("to") == "li"]
    assert agendas == ["03-04T13:30"]
    assert [row["at"][11:16] for row in played.said if "开完了吗" in row["text"]] == ["17:30"]


async def test_what_is_called_off_has_no_agenda(scene: Scene) -> None:
    scene.private("09:00", "sun", "明天下午3点开个会，社区会议室")
    scene.private("09:01", "sun", "明天的会不开了")
    scene.private("09:02", "sun", "会改到4点")
    played = await scene.play(until="2026-03-03 18:00")
    assert played.to("li")[1] == "【民情分析会取消 #1】原定明天15:00的会不开了。"
    assert "您没有定好、还没开的会。" in played.to("sun")
    assert not any("议程】" in text or "开完了吗" in text for text in played.to("sun"))
