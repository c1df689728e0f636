"""What a resident asks, by the words of rules/said/asks.toml: how it stands, who it is, is it real."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import cache, lru_cache

from gridbot.nlp import wordlists
from gridbot.nlp.rules import SAID
from gridbot.nlp.wordlists import Words

_SIGNS = "👌👍🙏"
_FILE = SAID / "asks.toml"


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
    return _nothing_else(what).fullmatch(rest) is not None


@cache
def _nothing_else(what: Ask) -> re.Pattern[str]:
    words = sorted(_words()[what], key=len, reverse=True)
    return re.compile(f"(?:{'|'.join(map(re.escape, words))})+")


def is_word(text: str, what: Ask) -> bool:
    """Whether a text is one of the words of this kind and nothing besides."""
    return text.strip(" 。！!~～") in _words()[what]


def pack() -> tuple[Words, ...]:
    """All kinds of questions, for the check of the rules."""
    return wordlists.pack(_FILE, Ask, {Ask.NOD: lambda text: only(text, Ask.NOD)})


@lru_cache(maxsize=1)
def _words() -> Mapping[StrEnum, tuple[str, ...]]:
    return wordlists.load(_FILE, Ask)
