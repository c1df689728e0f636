"""One spelling for one text."""

from __future__ import annotations

import pytest

from gridbot.nlp.dialect import plain
from gridbot.nlp.normalize import fold


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("３號樓　電梯壞咗！", "3号楼 电梯坏咗!"),
        ("电\u200d梯\u202e坏了", "电梯坏了"),
        ("a\ud800b", "ab"),
        ("  一  二 \n\n 三 ", "一 二\n三"),
        ("1️⃣ ℃", "1 °C"),
        ("", ""),
    ],
)
def test_a_text_is_written_one_way(written: str, folded: str) -> None:
    assert fold(written) == folded


def test_southern_signs_become_standard_ones_of_the_same_length() -> None:
    text = fold("門口水管爆咗 冇人嚟整")
    assert plain(text) == "门口水管爆了 没人来整"
    assert len(plain(text)) == len(text)
