"""What a resident asks, by the words of rules/asks.toml: how it stands, who it is, whether it is real."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

_WORDS = Path(__file__).parent.parent / "rules" / "asks.toml"


class Ask(StrEnum):
    """The kinds of questions; the values are the keys of the file."""

    PROGRESS = "progress"
    WHO = "who"
    REAL = "real"
    MAY = "may"
    HOW = "how"
    ANY = "any"
    NEARBY = "nearby"
    STILL = "still"


def asks(text: str, what: Ask) -> bool:
    """Whether one of the words of this kind of question stands in the text."""
    return any(word in text for word in _words()[what])


@lru_cache(maxsize=1)
def _words() -> Mapping[Ask, tuple[str, ...]]:
    known = tomllib.loads(_WORDS.read_text(encoding="utf-8"))["asks"]
    return {what: tuple(known[what]) for what in Ask}
