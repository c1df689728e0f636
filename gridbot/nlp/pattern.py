"""The small language of `say` and `unless`, compiled to steps over a scan.

``垃圾{heap}``      a word and one word of the list `heap`, at most 6 characters apart, in one clause;
                  where one of the two is a single character they must touch
``电梯 {stopped}``  a blank: up to 20 characters apart, clauses do not matter, order does
``{lift} & {cry}``  an ampersand: up to 60 characters apart, in any order
``(a|{b})c`` ``[又|也]``  alternatives; what is in square brackets (outside round ones) may be missing

``(好吗|咋样)$``     a dollar sign is the end of the message

A pattern never backtracks over text: it looks at the places where the scan saw its words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum


class Join(Enum):
    """How a step is tied to the one before: characters between at most, across clauses?, in any order?"""

    TIGHT = (6, False, False)
    LOOSE = (20, True, False)
    FREE = (60, True, True)


@dataclass(frozen=True, slots=True)
class Step:
    """One of `words` must be seen."""

    words: tuple[str, ...]
    join: Join = Join.TIGHT
    gap: int = 0  # characters between it and the step before, at most


@dataclass(frozen=True, slots=True)
class Pattern:
    """Steps in order of writing; there is at least one."""

    text: str
    steps: tuple[Step, ...]


class PatternFault(ValueError):
    """A pattern that cannot be compiled; the message says what to write instead."""


_TOKEN = re.compile(r"\s*&\s*|\s+|\{[^{}]*\}|\[[^\[\]]*\]|\([^()]*\)|[^\s&{}\[\]()]+|.")
_STRAY = re.compile(r"[{}\[\]()]|^[?*+]")


def compile_pattern(text: str, lists: Mapping[str, Sequence[str]]) -> Pattern:
    """Compile one pattern; raises `PatternFault`."""
    steps: list[Step] = []
    join, skipped = Join.TIGHT, 0
    for token in _TOKEN.findall(text.strip()):
        if token.strip() in ("", "&"):
            join = Join.FREE if "&" in token else Join.LOOSE
            continue
        words = _words(token, lists, text)
        if words is None:  # optional
            skipped += max(map(len, token[1:-1].split("|")))
            continue
        steps.append(Step(words, join, _gap(join, steps, words, skipped)))
        join, skipped = Join.TIGHT, 0
    if not steps:
        raise PatternFault(f"“{text}”没有必须出现的词，请在方括号外写一个")
    return Pattern(text, tuple(steps))


def _gap(join: Join, before: Sequence[Step], words: tuple[str, ...], skipped: int) -> int:
    particle = _is_particle(words) or (bool(before) and _is_particle(before[-1].words))
    return skipped if join is Join.TIGHT and particle else join.value[0]


def _is_particle(words: tuple[str, ...]) -> bool:
    return all(len(word) == 1 for word in words)


def _words(token: str, lists: Mapping[str, Sequence[str]], text: str) -> tuple[str, ...] | None:
    if token.startswith("[") and token.endswith("]"):
        return None
    if token.startswith("{") and token.endswith("}"):
        return expand(token[1:-1], lists)
    grouped = token.startswith("(") and token.endswith(")")
    if not grouped and _STRAY.search(token):
        raise PatternFault(f"“{text}”里的“{token}”看不懂，括号要成对，? * + 不是记号，可有可无的写成 [甲|乙]")
    inner = token[1:-1] if grouped else token
    words = tuple(word for part in inner.split("|") if part for word in _opened(part, lists))
    if not words:
        raise PatternFault(f"“{text}”里的 | 旁边没有词")
    return words


def _opened(part: str, lists: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    return expand(part[1:-1], lists) if part.startswith("{") and part.endswith("}") else (part,)


def expand(
    name: str, lists: Mapping[str, Sequence[str]], seen: frozenset[str] = frozenset()
) -> tuple[str, ...]:
    """The words of a list, lists within it opened; raises `PatternFault` for an unknown or circular one."""
    if name not in lists:
        raise PatternFault(f"没有 {{{name}}} 这个词表，请在 [lists] 下面加上")
    if name in seen:
        raise PatternFault(f"词表 {{{name}}} 里又有它自己")
    words: dict[str, None] = {}
    for word in lists[name]:
        if word.startswith("{") and word.endswith("}"):
            words.update(dict.fromkeys(expand(word[1:-1], lists, seen | {name})))
        else:
            words[word] = None
    return tuple(words)
