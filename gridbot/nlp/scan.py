"""One overlapping pass over a text for the words of all rules."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence

from ahocorasick_rs import AhoCorasick

from gridbot.nlp import segment

_MOST = 48  # occurrences of one word that are looked at; more say nothing new
_CLAUSE_END = re.compile(r"[,。!?;、\n~…]+|(?<=[^\x00-\x7f]) +|(?<=\S) +(?=[^\x00-\x7f])|\.{2,}")
_MAY_END = re.compile(r"[,。!?;、\n~… .]")  # one of them is in every end of a clause
_DENYING = re.compile("[没未不别非]")  # one of them is in every negation

Hit = tuple[str, int, int, int]
"""A word seen: the word, where it starts, where it ends (exclusive), the number of its clause."""


class Seen:
    """The words seen in one text, each with its hits in order; whether anything may be denied."""

    __slots__ = ("denies", "hits", "starts", "text")

    def __init__(self, text: str, hits: Mapping[str, Sequence[Hit]], starts: Sequence[int]) -> None:
        self.text, self.hits, self.starts = text, hits, starts
        self.denies = _DENYING.search(text) is not None

    def clause_span(self, clause: int) -> tuple[int, int]:
        """Start and end of a clause; its closing sign belongs to it."""
        after = self.starts[clause + 1] if clause + 1 < len(self.starts) else len(self.text)
        return self.starts[clause], after


class Lookout:
    """Tells which of many words stand in a text, not where: half the price of a `Scanner`."""

    def __init__(self, words: Iterable[str]) -> None:
        self._find = AhoCorasick(sorted(words), store_patterns=True).find_matches_as_strings

    def seen(self, text: str) -> list[str]:
        """Every word in `text`, as often as it stands there."""
        return self._find(text, True)

    def any(self, text: str) -> bool:
        """Whether a word is seen at all."""
        return bool(self._find(text))


class Scanner:
    """Finds words; those in `bounded` only where jieba sees a boundary, none inside a word of `masks`."""

    def __init__(self, words: Iterable[str], masks: Iterable[str] = (), bounded: Iterable[str] = ()) -> None:
        masking, cutting = frozenset(masks), frozenset(bounded)
        self._words = sorted(masking.union(words))
        self._masks = frozenset(index for index, word in enumerate(self._words) if word in masking)
        self._bounded = frozenset(index for index, word in enumerate(self._words) if word in cutting)
        self._find = AhoCorasick(self._words, store_patterns=False).find_matches_as_indexes

    def scan(self, text: str) -> Seen:
        """Every word of the rules in `text`, with where."""
        found = self._find(text, True)
        words, masks, bounded = self._words, self._masks, self._bounded
        starts = clause_starts(text)
        many = len(starts) > 1
        masked = [(start, end) for index, start, end in found if index in masks][:_MOST]
        hits: dict[str, list[Hit]] = {}
        for index, start, end in found:
            if masked and _is_inside(start, end, masked):
                continue
            if index in bounded and segment.cuts(text, start, end):
                continue
            word = words[index]
            hit = (word, start, end, bisect_right(starts, start) - 1 if many else 0)
            kept = hits.get(word)
            if kept is None:
                hits[word] = [hit]
            elif len(kept) < _MOST:
                kept.append(hit)
        return Seen(text, hits, starts)


def _is_inside(start: int, end: int, spans: Iterable[tuple[int, int]]) -> bool:
    """Whether one of the spans holds start to end and more."""
    return any(low <= start and end <= high and end - start < high - low for low, high in spans)


def clause_starts(text: str) -> list[int]:
    """Where clauses begin; the first is 0."""
    if not _MAY_END.search(text):
        return [0]
    return [0, *(end.end() for end in _CLAUSE_END.finditer(text) if end.end() < len(text))]
