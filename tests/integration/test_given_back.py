"""A leader answers the colleague who gave a matter back to him; the resident hears nothing of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scene import Scene


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    """A matter of which the worker says that it is none of his."""
    scene = Scene(tmp_path)
    scene.says("09:00", "wang", "3号楼2单元楼道灯坏了")
    scene.private("09:05", "li", "退回 1 物业的事，物业说没经费")
    return scene


@pytest.mark.parametrize("words", ["你先去看看再说 是不是灯泡的事", "社区有灯泡你去领两个", "你再问问物业"])
async def test_the_colleague_gets_it_back_with_the_words(scene: Scene, words: str) -> None:
    scene.private("09:10", "qian", words)
    scene.private("09:11", "qian", "1")
    played = await scene.play()
    assert played.to("qian")[-2].startswith("楼道灯，3号楼2单元是李网转来的。要把这句话告诉李网吗？")
    assert played.to("li")[-1].startswith(f"【转来 #1】楼道灯\n钱长：{words}")
    assert played.ticket()["assignee"] == "s1"
    assert not any(words in text for text in played.to("wang"))


async def test_the_words_alone_may_be_told_or_nothing(scene: Scene) -> None:
    scene.private("09:10", "qian", "你先去看看再说")
    scene.private("09:11", "qian", "2")
    scene.private("09:12", "qian", "你再问问物业")
    scene.private("09:13", "qian", "3")
    played = await scene.play()
    assert played.to("li")[-1] == "#1 钱长：你先去看看再说"
    assert played.ticket()["assignee"] == "s3"


async def test_what_the_leader_gives_back_goes_to_whoever_gave_it_to_him(scene: Scene) -> None:
    scene.private("09:10", "qian", "退回 1 你去一趟")
    played = await scene.play()
    assert played.ticket()["assignee"] == "s1"
    assert "钱长：你去一趟" in played.to("li")[-1]
