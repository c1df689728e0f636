"""The table of lawful moves: what it allows, and that history tells the state."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from gridbot.models.cases.casework import ENDED, LIVE, MOVES, STATE_ZH, State, rebuilt_state
from gridbot.models.cases.tickets import History

AT = datetime(2026, 3, 2, tzinfo=UTC)


def line(what: str, was: str, now: str) -> History:
    return History(ticket=1, at=AT, what=what, by="s1", was=was, now=now)


def test_every_state_has_a_name_for_people() -> None:
    assert set(STATE_ZH) == set(State)


@pytest.mark.parametrize("move", MOVES)
def test_no_move_leaves_an_ended_ticket_but_a_late_verdict_and_a_review(move: str) -> None:
    left = [state for state in ENDED if state in MOVES[move]]
    assert not left or left == [State.CLOSED]
    assert not left or MOVES[move][State.CLOSED] is State.CLOSED or move == "reopen"


def test_only_worked_tickets_are_resolved() -> None:
    assert set(MOVES["resolve"]) == set(LIVE)


def test_nothing_becomes_a_candidate_again() -> None:
    assert all(State.CANDIDATE not in steps.values() for steps in MOVES.values())


def test_closing_goes_through_resolving() -> None:
    before = {was for steps in MOVES.values() for was, now in steps.items() if now is State.CLOSED}
    assert before == {State.RESOLVED, State.CLOSED}


def test_history_rebuilds_the_state() -> None:
    told = [
        line("open", "", "open"),
        line("accept", "open", "accepted"),
        line("resolve", "accepted", "resolved"),
    ]
    assert rebuilt_state(told) is State.RESOLVED
    told.append(line("undo", "resolved", "accepted"))
    assert rebuilt_state(told) is State.ACCEPTED
    assert rebuilt_state([]) is None


def test_a_history_with_an_unlawful_line_is_noticed() -> None:
    told = [line("open", "", "open"), line("verdict", "open", "closed")]
    with pytest.raises(KeyError):
        rebuilt_state(told)
