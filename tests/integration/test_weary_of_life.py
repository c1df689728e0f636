"""Somebody says in a group that life is not worth it: a worker is asked, the group hears nothing."""

from __future__ import annotations

from pathlib import Path

from tests.scene import Scene


async def test_the_worker_is_asked_in_private_and_the_group_hears_nothing(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    scene.says("10:00", "wang", "哎 活着真没意思")
    played = await scene.play(until="2026-03-02 10:20")
    assert any("活着真没意思" in text for text in played.to("li"))
    assert played.in_group("r1") == []


async def test_the_same_words_as_a_joke_are_let_pass(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    scene.says("10:00", "wang", "没有空调活着真没意思 哈哈哈")
    played = await scene.play(until="2026-03-02 10:20")
    assert played.to("li") == [] and played.in_group("r1") == []
