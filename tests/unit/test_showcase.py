"""What the demo community does otherwise than an office."""

from __future__ import annotations

from gridbot import showcase
from gridbot.config import Settings


def test_the_demo_answers_at_night_too() -> None:
    conduct = showcase.awake(Settings()).conduct
    assert (conduct.quiet_from, conduct.quiet_until) == ("23:59", "00:00")


def test_quiet_hours_that_were_asked_for_hold_in_the_demo() -> None:
    named = Settings.model_validate({"conduct": {"quiet_from": "20:00"}})
    assert showcase.awake(named) is named
