"""Somebody shows a group a number that it need not see: he alone is warned."""

from __future__ import annotations

from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.nlp import Urgency
from gridbot.nlp.slots.quantity import mask_identity


def warned(turn: Turn) -> list[Say]:
    """Somebody showed a group an identity, card or telephone number: a word to him alone."""
    reading = turn.reading
    if "identity" not in reading.flags or turn.person.is_staff:
        return []
    if turn.private:
        shown = mask_identity(turn.heard.text) != turn.heard.text and reading.command is None
        return [turn.whisper("privacy.identity")] if shown and reading.urgency != Urgency.EMERGENCY else []
    if turn.group is None or not turn.group.residents:
        return []
    if reading.contact and (reading.flags & {"advert", "notice"} or not reading.contact.startswith("1")):
        return []  # a shop's or an office's number is there to be read
    return [turn.whisper("privacy.numbers")]
