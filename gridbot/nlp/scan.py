"""One overlapping pass over a text for the words of all rules."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import reduce
from itertools import repeat
from operator import or_

from ahocorasick_rs import AhoCorasick

from gridbot.nlp import segment

_MOST = 48  # occurrences of masks that are looked at; more say nothing new
_CLAUSE_END = re.compile(r"[,。!?;、\n~…]+|(?<=[^\x00-\x7f]) +|(?<=\S) +(?=[^\x00-\x7f])|\.{2,}")
_MAY_END = re.compile(r"[,。!?;、\n~… .]")  # one of them is in every end of a clause

Hit = tuple[str, int, int, int]
"""A word seen: the word, where it starts, where it ends (exclusive), the number of its clause."""


class _Hits(dict[str, list[Hit]]):
    """Where each word stands, looked for when it is first asked for."""

    __slots__ = ("starts", "text")

    def __init__(self, text: str, starts: Sequence[int]) -> None:
        self.text, self.starts = text, starts

    def __missing__(self, word: str) -> list[Hit]:
        text, size = self.text, len(word)
        at = text.find(word)
        hits = self[word] = []
        while at >= 0:
            clause = bisect_right(self.starts, at) - 1 if len(self.starts) > 1 else 0
            hits.append((word, at, at + size, clause))
            at = text.find(word, at + 1)
        return hits


class Seen:
    """The words seen in one text; where each stands is looked for when it is asked for."""

    __slots__ = ("_hits", "_order", "starts", "text", "words")

    def __init__(self, text: str, found: Iterable[str]) -> None:
        self.text, self._order = text, list(dict.fromkeys(found))  # in order of their ends
        self.words = set(self._order)
        self.starts = clause_starts(text)
        self._hits = _Hits(text, self.starts)

    def hits(self, words: Collection[str]) -> list[Hit]:
        """Where the words stand: those of one after those of another, in order of first sight."""
        hits = self._hits
        return [hit for word in self._order if word in words for hit in hits[word]]

    def hits_of(self, word: str) -> list[Hit]:
        """Where one word stands."""
        return self._hits[word]

    def keep(self, word: str, is_meant: Callable[[Hit], bool]) -> None:
        """Leave out where a word is not meant; where it never is, the word itself."""
        found = self.hits_of(word)
        meant = self._hits[word] = [hit for hit in found if is_meant(hit)]
        if not meant:
            self.words.discard(word)
            self._order.remove(word)
        elif meant[0] is not found[0]:
            self._order.sort(key=self._first_sight)

    def clause_span(self, clause: int) -> tuple[int, int]:
        """Start and end of a clause; its closing sign belongs to it."""
        after = self.starts[clause + 1] if clause + 1 < len(self.starts) else len(self.text)
        return self.starts[clause], after

    def _first_sight(self, word: str) -> tuple[int, int]:
        _, start, end, _ = self.hits_of(word)[0]
        return end, start


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


class Tally:
    """What the words in a text weigh together, and their bits. Its twin is `native.Tally`."""

    def __init__(self, weights: Mapping[str, int], bits: Mapping[str, int]) -> None:
        """`weights` and `bits` of words; one that is only in the one counts nothing in the other."""
        self._weights, self._bits = weights, bits
        self._seen = Lookout({*weights, *bits}).seen

    def of(self, text: str) -> tuple[int, int]:
        """The sum of the weights of all words in `text`, each as often as it stands there, and their bits."""
        seen = self._seen(text)
        return sum(map(self._weights.get, seen, repeat(0))), reduce(
            or_, map(self._bits.get, seen, repeat(0)), 0
        )


class Scanner:
    """Finds words; those in `bounded` only where jieba sees a boundary, none inside a word of `masks`."""

    def __init__(self, words: Iterable[str], masks: Iterable[str] = (), bounded: Iterable[str] = ()) -> None:
        self._masks, self._bounded = frozenset(masks), frozenset(bounded)
        every = sorted(self._masks.union(words))
        self._find = AhoCorasick(every, store_patterns=True).find_matches_as_strings
        lying = Lookout(every)
        masked = {word for mask in self._masks for word in lying.seen(mask) if word != mask}
        self._doubtful = self._bounded | masked  # words that are not meant everywhere
        self._telling = self._bounded | self._masks  # words beside which some are not

    def words(self, text: str) -> list[str]:
        """Every word of the rules in `text`, meant or not, as often as it stands there."""
        return self._find(text, True)

    def sift(self, seen: Seen) -> None:
        """Leave out the words that are not meant."""
        if self._telling.isdisjoint(seen.words):
            return
        masks = self._masks.intersection(seen.words)
        masked = sorted([(end, start) for _, start, end, _ in seen.hits(masks)])[:_MOST]
        for word in self._doubtful.intersection(seen.words):
            if masked or word in self._bounded:
                seen.keep(word, lambda hit: self._is_meant(hit, seen.text, masked))

    def _is_meant(self, hit: Hit, text: str, masked: Sequence[tuple[int, int]]) -> bool:
        word, start, end, _ = hit
        if masked and _is_inside(start, end, masked):
            return False
        return word not in self._bounded or not segment.cuts(text, start, end)


def _is_inside(start: int, end: int, spans: Iterable[tuple[int, int]]) -> bool:
    """Whether one of the spans (end, start) holds start to end and more."""
    return any(low <= start and end <= high and end - start < high - low for high, low in spans)


def clause_starts(text: str) -> list[int]:
    """Where clauses begin; the first is 0."""
    if not _MAY_END.search(text):
        return [0]
    return [0, *(end.end() for end in _CLAUSE_END.finditer(text) if end.end() < len(text))]
