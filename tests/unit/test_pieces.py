"""Words of a minute ago: kept for the next ones, and for nothing else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from gridbot.pieces import LONGEST, MOST, WITHIN, Pieces

NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)
HE, SHE = ("r1", "a"), ("r1", "b")


def test_the_next_words_are_read_with_those_before() -> None:
    pieces = Pieces()
    pieces.keep(HE, NOW, "我婆婆")
    assert pieces.with_(HE, NOW + timedelta(seconds=9), "躺地上叫不醒") == "我婆婆 躺地上叫不醒"
    assert pieces.with_(SHE, NOW + timedelta(seconds=9), "躺地上叫不醒") == ""


def test_they_add_up() -> None:
    pieces = Pieces()
    for second, text in enumerate(("那个", "咱们单元电梯")):
        pieces.keep(HE, NOW + timedelta(seconds=second), text)
    assert pieces.with_(HE, NOW + timedelta(seconds=3), "又卡住了") == "那个 咱们单元电梯 又卡住了"


def test_after_a_minute_or_a_long_message_nothing_is_known() -> None:
    pieces = Pieces()
    pieces.keep(HE, NOW, "我婆婆")
    assert pieces.with_(HE, NOW + WITHIN + timedelta(seconds=1), "叫不醒") == ""
    assert pieces.with_(HE, NOW, "长" * (LONGEST + 1)) == ""
    pieces.keep(HE, NOW, "长" * (LONGEST + 1))
    assert pieces.with_(HE, NOW, "叫不醒") == ""


def test_what_has_been_understood_is_gone() -> None:
    pieces = Pieces()
    pieces.keep(HE, NOW, "我婆婆")
    pieces.settle(HE)
    assert pieces.with_(HE, NOW, "叫不醒") == ""


def test_it_never_grows_beyond_measure() -> None:
    pieces = Pieces()
    for second in range(20):
        pieces.keep(HE, NOW + timedelta(seconds=second), "哈" * 10)
        assert len(pieces.with_(HE, NOW + timedelta(seconds=second), "啊")) <= MOST
