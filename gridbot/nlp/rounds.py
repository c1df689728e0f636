"""What a worker tells of his round without a command, by the words of rules/said/rounds.toml."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache

from gridbot.nlp import wordlists
from gridbot.nlp.rules import SAID
from gridbot.nlp.wordlists import Words

_FILE = SAID / "rounds.toml"


class Round(StrEnum):
    """What is told; the values are the keys of the file."""

    NOBODY = "nobody"
    UNWELL = "unwell"
    GOOD = "good"
    BEEN_THERE = "been_there"
    WENT = "went"
    AT_THE_DOOR = "at_the_door"
    NOT_YET = "not_yet"
    SEEN = "seen"
    OLD = "old"
    TITLE = "title"
    CANNOT = "cannot"
    COMING = "coming"
    HERE = "here"
    NOTHING = "nothing"


def tells(text: str, *what: Round) -> bool:
    """Whether a word of one of these lists stands in the text."""
    return any(word in text for one in what for word in words(one))


def words(what: Round) -> tuple[str, ...]:
    """The words of a list in their order."""
    return _words()[what]


def pack() -> tuple[Words, ...]:
    """All lists, for the check of the rules."""
    return wordlists.pack(_FILE, Round, {Round.NOTHING: lambda text: text in words(Round.NOTHING)})


@lru_cache(maxsize=1)
def _words() -> Mapping[StrEnum, tuple[str, ...]]:
    return wordlists.load(_FILE, Round)
