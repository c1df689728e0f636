"""What residents say of a result without the word for it, and of those who work for the office."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scene import Played, Scene


async def played(tmp_path: Path, words: str) -> Played:
    scene = Scene(tmp_path)
    scene.private("09:00", "wang", "单元门关不上")
    scene.private("09:01", "li", "1")
    scene.private("09:20", "li", "办结 1 闭门器调好了")
    scene.private("09:30", "wang", words)
    return await scene.play()


@pytest.mark.parametrize(
    ("words", "verdict"),
    [
        ("没修好！！还是关不上", "不满意"),
        ("不行 你们就是糊弄", "不满意"),
        ("就那样吧 过两天又坏", "基本满意"),
        ("还行吧 就是慢了点", "基本满意"),
        ("谢谢谢谢 小李真不错 又快又好", "满意"),
        ("可以可以", "满意"),
    ],
)
async def test_plain_words_are_a_verdict(tmp_path: Path, words: str, verdict: str) -> None:
    after = await played(tmp_path, words)
    assert after.ticket()["satisfaction"] == verdict
    assert any(words in text for text in after.to("qian")) == (verdict == "不满意")
    assert not any(words in text for text in after.to("li"))


@pytest.mark.parametrize("words", ["谢谢", "门轴那里也看一下", "好的"])
async def test_other_words_are_none(tmp_path: Path, words: str) -> None:
    assert (await played(tmp_path, words)).ticket()["satisfaction"] is None


@pytest.mark.parametrize("words", ["那个李网态度也太差了", "你们那个网格员从来不来", "我要投诉他"])
async def test_a_grievance_goes_to_the_leader_and_not_to_whom_it_is_about(tmp_path: Path, words: str) -> None:
    scene = Scene(tmp_path)
    scene.private("09:00", "wang", words)
    after = await scene.play()
    assert any(words in text for text in after.to("qian"))
    assert after.to("li") == []
    assert "不转给本人" in after.to("wang")[0]
