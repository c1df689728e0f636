"""People as others may read of them: 张*, 138****8888."""

from __future__ import annotations

from gridbot.nlp.slots import quantity


def name(full: str) -> str:
    """The surname and a star for each further character."""
    return full[:1] + "*" * (len(full) - 1)


def phone(number: str) -> str:
    """The number with its middle starred; a short one stays."""
    return quantity.mask(number)


def words(text: str, longest: int = 200) -> str:
    """Words that leave the chat they were said in: numbers masked, not endless."""
    masked = quantity.mask(text)
    return masked if len(masked) <= longest else masked[:longest] + "…"
