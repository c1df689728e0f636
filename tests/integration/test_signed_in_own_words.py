"""A head signs the month's report in words of his own; where nothing waits for him it is talk."""

from __future__ import annotations

from pathlib import Path

from tests.scene import Scene


async def test_a_head_signs_in_his_own_words_once_there_is_something_to_sign(tmp_path: Path) -> None:
    scene = Scene(tmp_path, day="2026-03-12")
    scene.private("09:00", "sun", "没问题 签了")
    scene.private("2026-03-23 10:00", "sun", "没问题 签了")
    played = await scene.play()
    signed = [text for text in played.to("sun") if "已签字上报" in text]
    assert len(signed) == 1 and signed[0] == played.to("sun")[-1]
