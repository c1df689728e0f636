"""What a resident asks, by the words of rules/said/asks.toml: how it stands, who it is, is it real."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from gridbot.nlp.rules import SAID

_SIGNS = "👌👍🙏"
_WORDS = SAID / "asks.toml"


class Ask(StrEnum):
    """The kinds of questions; the values are the keys of the file."""

    PROGRESS = "progress"
    REPORTED = "reported"
    WHEN = "when"
    WHO = "who"
    REAL = "real"
    MAY = "may"
    HOW = "how"
    ANY = "any"
    NEARBY = "nearby"
    STILL = "still"
    PAPERS = "papers"
    NEEDS = "needs"
    OFFER = "offer"
    FILE = "file"
    FOLLOW = "follow"
    NOD = "nod"
    PLUS = "plus"
    THAT = "that"
    BRING = "bring"
    OPEN = "open"
    LONG = "long"
    SELF = "self"
    WRONG = "wrong"
    NEVER_MIND = "never_mind"
    BAD = "bad"
    FAIR = "fair"
    GOOD = "good"
    BUT = "but"
    GRIEVANCE = "grievance"
    OF_STAFF = "of_staff"


def asks(text: str, what: Ask) -> bool:
    """Whether one of the words of this kind of question stands in the text."""
    return any(word in text for word in _words()[what])


def only(text: str, what: Ask) -> bool:
    """Whether a text consists of words of this kind, whatever stands between them."""
    rest = "".join(sign for sign in text if sign.isalnum() or sign in _SIGNS).casefold()
    words = sorted(_words()[what], key=len, reverse=True)
    while rest:
        word = next((word for word in words if rest.startswith(word)), None)
        if word is None:
            return False
        rest = rest.removeprefix(word)
    return any(word in text.casefold() for word in words)


def is_word(text: str, what: Ask) -> bool:
    """Whether a text is one of the words of this kind and nothing besides."""
    return text.strip(" 。！!~～") in _words()[what]


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one kind of question as they stand in the file, with what they have to be read from."""

    id: str
    words: tuple[str, ...]
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]
    line: int
    file: Path = _WORDS

    def hold(self, text: str) -> bool:
        """Whether one of the words stands in a text; a nod consists of nothing else."""
        if self.id == f"asks.{Ask.NOD}":
            return only(text, Ask.NOD)
        return any(word in text for word in self.words)


def pack() -> tuple[Words, ...]:
    """All kinds of questions, for the check of the rules."""
    written = _WORDS.read_text(encoding="utf-8")
    known, lines = tomllib.loads(written), written.splitlines()

    def told(table: str, what: Ask) -> tuple[str, ...]:
        return tuple(known.get(table, {}).get(what, ()))

    return tuple(
        Words(
            f"asks.{what}", told("asks", what), told("examples", what), told("counterexamples", what),
            max(n for n, line in enumerate(lines, 1) if line.startswith(f"{what} =")),
        )
        for what in Ask
    )  # fmt: skip


@lru_cache(maxsize=1)
def _words() -> Mapping[Ask, tuple[str, ...]]:
    known = tomllib.loads(_WORDS.read_text(encoding="utf-8"))["asks"]
    return {what: tuple(known[what]) for what in Ask}
