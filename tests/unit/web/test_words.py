"""The pages have a word for everything rows can hold."""

from __future__ import annotations

from gridbot.models.cases.casework import MOVES
from gridbot.nlp import Urgency
from gridbot.web.words import MOVE_ZH, URGENCY_ZH


def test_every_move_of_a_ticket_has_a_chinese_word() -> None:
    assert not set(MOVES) - set(MOVE_ZH)


def test_every_urgency_has_one_too() -> None:
    assert set(URGENCY_ZH) == {urgency.value for urgency in Urgency}
