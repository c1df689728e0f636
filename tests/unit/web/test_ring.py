"""The last lines of a conversation."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from gridbot.transports.webchat import Line, Pictures, Ring, sniff

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)


def line(line_id: str, sender: str = "wang", minute: int = 0, text: str = "早") -> Line:
    return Line(line_id, sender, sender, text, NOON + timedelta(minutes=minute))


def test_only_the_newest_lines_are_kept() -> None:
    ring = Ring(3)
    for number in range(5):
        ring.add(line(str(number)))
    assert [one.id for one in ring.lines()] == ["2", "3", "4"]


def test_a_line_is_known_by_its_sender_and_its_id() -> None:
    ring = Ring(3)
    assert ring.add(line("1"))
    assert not ring.add(line("1"))
    assert ring.add(line("1", "chen"))


def test_what_is_read_back_stands_where_it_was_said_and_answers_follow_what_they_answer() -> None:
    ring = Ring(10)
    ring.add(line("a", minute=5))
    ring.add(line("b", minute=9))
    ring.merge([line("1", "bot", 5), line("2", "bot", 7), line("a", minute=5, text="anders")])
    assert [one.id for one in ring.lines()] == ["a", "1", "2", "b"]
    assert ring.known("wang", "a") == line("a", minute=5)


def test_what_was_taken_back_says_nothing_any_more() -> None:
    ring = Ring(3)
    ring.add(line("a"))
    ring.take_back(line("a"))
    (gone,) = ring.lines()
    assert gone.gone and gone.text == ""


def test_the_oldest_pictures_make_room_for_new_ones() -> None:
    pictures = Pictures(kept=10)
    first, second, third = (pictures.put(b"12345") for _ in range(3))
    assert pictures.get(first) is None
    assert pictures.get(second) == pictures.get(third) == b"12345"


def test_a_picture_is_known_by_its_first_bytes() -> None:
    assert sniff(b"\x89PNG\r\n\x1a\n....") == "image/png"
    assert sniff(b"RIFF....WEBPVP8 ") == "image/webp"
    assert sniff(b"<svg xmlns='http://www.w3.org/2000/svg'/>") is None
    assert sniff(b"") is None
