"""One overlapping pass over a text for the words of all rules."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from gridbot.nlp import segment

_MOST = 48  # occurrences of one word that are looked at; more say nothing new
_CLAUSE_END = re.compile(r"[,。!?;、\n~…]+|(?<=[^\x00-\x7f]) +|(?<=\S) +(?=[^\x00-\x7f])|\.{2,}")


class Hit(NamedTuple):
    """A word seen from `start` to `end` (exclusive), in clause number `clause`."""

    word: str
    start: int
    end: int
    clause: int


class Seen:
    """The words seen in one text."""

    __slots__ = ("hits", "starts", "text")

    def __init__(self, text: str, hits: dict[str, list[Hit]], starts: list[int]) -> None:
        self.text, self.hits, self.starts = text, hits, starts

    def clause_at(self, position: int) -> int:
        """The number of the clause that holds this character."""
        return bisect_right(self.starts, position) - 1

    def clause_span(self, clause: int) -> tuple[int, int]:
        """Start and end of a clause; its closing sign belongs to it."""
        after = self.starts[clause + 1] if clause + 1 < len(self.starts) else len(self.text)
        return self.starts[clause], after


class Scanner:
    """Finds words; those in `bounded` only where jieba sees a boundary, none inside a word of `masks`."""

    def __init__(self, words: Iterable[str], masks: Iterable[str] = (), bounded: Iterable[str] = ()) -> None:
        masking, cutting = frozenset(masks), frozenset(bounded)
        self._words = sorted(masking.union(words))
        self._masks = frozenset(index for index, word in enumerate(self._words) if word in masking)
        self._bounded = frozenset(index for index, word in enumerate(self._words) if word in cutting)
        self._automaton = AhoCorasick(self._words, store_patterns=False)

    def any(self, text: str) -> bool:
        """Whether a word is seen at all: the quick look that lets chatter pass."""
        return bool(self._automaton.find_matches_as_indexes(text))

    def scan(self, text: str) -> Seen:
        """Every word of the rules in `text`, with where."""
        found = self._automaton.find_matches_as_indexes(text, overlapping=True)
        starts = clause_starts(text)
        hits: dict[str, list[Hit]] = {}
        masks, bounded, words = self._masks, self._bounded, self._words
        many = len(starts) > 1
        masked = [(start, end) for index, start, end in found if index in masks][:_MOST]
        for index, start, end in found:
            word = words[index]
            kept = hits.get(word)
            if kept is None:
                kept = hits[word] = []
            if len(kept) >= _MOST or (masked and _is_inside(start, end, masked)):
                continue
            if index in bounded and segment.cuts(text, start, end):
                continue
            kept.append(Hit(word, start, end, bisect_right(starts, start) - 1 if many else 0))
        return Seen(text, {word: kept for word, kept in hits.items() if kept}, starts)


def _is_inside(start: int, end: int, spans: Iterable[tuple[int, int]]) -> bool:
    """Whether one of the spans holds start to end and more."""
    return any(low <= start and end <= high and end - start < high - low for low, high in spans)


def clause_starts(text: str) -> list[int]:
    """Where clauses begin; the first is 0."""
    return [0, *(end.end() for end in _CLAUSE_END.finditer(text) if end.end() < len(text))]
