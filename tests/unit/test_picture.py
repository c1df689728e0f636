"""The words beside a picture's charts fit its width."""

from __future__ import annotations

from gridbot.digests.picture import wrapped


def test_a_line_ends_between_words_and_never_within_a_number() -> None:
    kinds = "公共设施 32/32/32、环境卫生 13/13/13、安全隐患 10/10/10、动物与养犬 8/8/8"
    text = f"各类（网格内/不出社区/办结）：{kinds}"
    lines = wrapped(text, 34)
    assert "".join(lines) == text and len(lines) == 3
    assert lines[-1] == "8/8/8"


def test_a_number_longer_than_a_line_is_broken_all_the_same() -> None:
    assert all(lines for lines in wrapped("1" * 100, 34)) and "".join(wrapped("1" * 100, 34)) == "1" * 100
