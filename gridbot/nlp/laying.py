"""Patterns laid over the words of a text: which rules hold. In Python; its twin is `native.Layer`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence, Set
from functools import reduce
from itertools import repeat
from operator import or_
from typing import NamedTuple

from gridbot.nlp.rules import Rule
from gridbot.nlp.scan import Hit, Scanner, Seen

_MOST_HITS, _MOST_PARTIAL = 24, 32  # bound the work on absurd texts
_NEVER = 1 << 30  # behind the end of every text

_NEGATION = tuple(
    denial + word
    for denial in ("没", "没有", "未", "并未", "不是", "并非", "不会", "不", "别")
    for word in ("", "再", "人", "什么", "啥", "怎么", "在", "被")
)
_NO_NEGATION = (
    *("是不是", "有没有", "有没", "能不", "能不能", "要不", "要不是", "会不", "会不会"),
    *("可不", "可不可", "可不以", "可不可以", "可不是", "差不", "好不", "还不", "还不是"),
    *("不得不", "动不动", "莫不是", "怕不是", "岂不是", "该不是", "不会是", "该不会"),
    *("受不", "对不", "管不", "睡不", "用不", "什么都没", "不要不"),
    *("识别", "特别", "区别", "级别", "性别", "个别", "分别"),
)
_MAY_DENY = re.compile("[没未不别非]")
_NOT_THE_THING = re.compile(r"(?<![是可要还莫怕岂该])(?:并)?不是(?:因为|说|我家?|我们家?|咱们?)?$")


class Match(NamedTuple):
    """A rule that holds, and what it saw, in order of the text."""

    rule: Rule
    hits: tuple[Hit, ...]
    words: tuple[str, ...]
    length: int
    """Of all words together, in characters."""

    @property
    def start(self) -> int:
        return self.hits[0][1]

    @property
    def end(self) -> int:
        return max([end for _, _, end, _ in self.hits])

    @property
    def clauses(self) -> set[int]:
        return {clause for _, _, _, clause in self.hits}


class Tie(NamedTuple):
    """A step: one of a set of words; how it hangs on the one before, which the first step does not."""

    words: int
    """The number of the set."""
    gap: int
    """Characters between, at most."""
    tight: bool
    """In one clause?"""
    free: bool
    """In any order?"""


class Laid(NamedTuple):
    """A pattern: the number of its rule, and its steps."""

    rule: int
    steps: tuple[Tie, ...]


class Tables(NamedTuple):
    """What a layer is made from."""

    rules: Sequence[Rule]
    sets: Sequence[Iterable[str]]
    """The words of each set that a step names."""
    laid: Sequence[Laid]
    """Every pattern; its place is its bit."""
    rows: Mapping[str, tuple[int, int]]
    """The bits of a word's patterns: of whose most telling step it is a word, and of whose next."""
    alone: int
    """The bits of patterns of one step."""
    unless: Mapping[int, Sequence[tuple[Tie, ...]]]
    """What lifts a rule, by its number."""
    marks: Sequence[int]
    """Of every pattern, as bits."""
    masks: Set[str]
    bounded: Set[str]


class Sight(Seen):
    """The words of rules in one text, and which patterns may hold there."""

    __slots__ = ("marks", "patterns")

    def __init__(self, text: str, found: Iterable[str], patterns: Sequence[int], marks: int) -> None:
        super().__init__(text, found)
        self.patterns, self.marks = patterns, marks


class _Hits(dict[int, Sequence[Hit]]):
    """The hits of each set of words, in order of the scan, gathered when first asked for."""

    __slots__ = ("denied", "disowned", "seen", "sets")

    def __init__(self, sets: Sequence[frozenset[str]], seen: Seen) -> None:
        self.sets, self.seen = sets, seen
        denial = _MAY_DENY.search(seen.text)
        self.denied = denial.start() if denial else _NEVER
        """Where what may be denied begins."""
        self.disowned = denial is not None and "不是" in seen.text

    def __missing__(self, number: int) -> Sequence[Hit]:
        found = self.seen.hits(self.sets[number])
        if len(found) > _MOST_HITS:
            found = found[:_MOST_HITS]
        self[number] = found
        return found


class Layer:
    """Lays all patterns. Which may hold is told by the words seen, for all at once."""

    def __init__(self, tables: Tables) -> None:
        self._rules, self._laid, self._width = tables.rules, tables.laid, len(tables.laid)
        self._sets = [frozenset(words) for words in tables.sets]
        self._bits = {word: one | two << self._width for word, (one, two) in tables.rows.items()}
        self._alone, self._marks = tables.alone << self._width, tables.marks
        self._unless = {
            rule: (frozenset().union(*[self._sets[tie.words] for steps in ways for tie in steps]), ways)
            for rule, ways in tables.unless.items()
        }
        words: frozenset[str] = frozenset().union(*self._sets)
        self._scanner = Scanner(words, tables.masks, tables.bounded)

    def sight(self, text: str) -> Sight:
        """What is seen in `text`."""
        found = self._scanner.words(text)
        rows = reduce(or_, map(self._bits.get, found, repeat(0)), self._alone)
        patterns = _ones(rows & (rows >> self._width))
        return Sight(text, found, patterns, reduce(or_, [self._marks[bit] for bit in patterns], 0))

    def find(self, sight: Sight) -> list[Match]:
        """Every rule that holds, once, by its longest-worded match; in order of the text."""
        if not sight.patterns:
            return []
        self._scanner.sift(sight)
        hits = _Hits(self._sets, sight)
        best: dict[int, tuple[int, tuple[Hit, ...]]] = {}
        for bit in sight.patterns:
            rule, steps = self._laid[bit]
            ways = _lay(steps, hits, hits.denied)
            if ways:
                way = ways[0] if len(ways) == 1 else max(ways, key=_weight)
                weight, known = _weight(way), best.get(rule)
                if known is None or weight > known[0]:
                    best[rule] = weight, way
        held = [
            self._match(rule, way, weight)
            for rule, (weight, way) in best.items()
            if not self._is_lifted(rule, way, hits)
        ]
        return sorted(held, key=_place) if len(held) > 1 else held

    def _match(self, rule: int, way: tuple[Hit, ...], weight: int) -> Match:
        hits = _ordered(way)
        return Match(self._rules[rule], hits, tuple([word for word, _, _, _ in hits]), weight)

    def _is_lifted(self, rule: int, way: tuple[Hit, ...], hits: _Hits) -> bool:
        """Whether one of the rule's `unless` holds near the match: in its clauses or beside them."""
        words, unless = self._unless.get(rule, _NOTHING)
        if words.isdisjoint(hits.seen.words):
            return False
        clauses = [hit[3] for hit in way]
        low, high = min(clauses) - 1, max(clauses) + 1
        for steps in unless:
            for other in _lay(steps, hits, _NEVER):
                for _, _, _, clause in other:
                    if low <= clause <= high:
                        return True
        return False


_NOTHING: tuple[frozenset[str], Sequence[tuple[Tie, ...]]] = frozenset(), ()


def _ones(bits: int) -> list[int]:
    """Which bits are set, from the lowest."""
    found = []
    while bits:
        one = bits.bit_length() - 1
        found.append(one)
        bits ^= 1 << one
    found.reverse()
    return found


def _ordered(way: tuple[Hit, ...]) -> tuple[Hit, ...]:
    return way if len(way) == 1 else tuple(sorted(way, key=_start))


def _weight(way: tuple[Hit, ...]) -> int:
    return len(way[0][0]) if len(way) == 1 else sum([len(hit[0]) for hit in way])


def _start(hit: Hit) -> int:
    return hit[1]


def _place(match: Match) -> tuple[int, str]:
    return match.hits[0][1], match.rule.id


def _lay(steps: tuple[Tie, ...], hits: _Hits, denied: int) -> Sequence[tuple[Hit, ...]]:
    """Every way (up to a bound) the steps lie over the text, without those negated from `denied` on."""
    first = hits[steps[0].words]
    if not first:
        return ()
    if len(steps) > 1 and hits.disowned and denied != _NEVER:
        first = [hit for hit in first if not is_disowned(hit, hits.seen)]
    ways: list[tuple[Hit, ...]] = [(hit,) for hit in first]
    for tie in steps[1:]:
        ways = _extended(ways, tie, hits[tie.words])
        if not ways:
            return ways
    if denied == _NEVER:
        return ways
    return [way for way in ways if way[-1][1] < denied or not is_negated(way[-1], hits.seen)]


def _extended(ways: Sequence[tuple[Hit, ...]], tie: Tie, some: Sequence[Hit]) -> list[tuple[Hit, ...]]:
    """Each way with each of the hits that fits behind it (or, where order is free, before it)."""
    _, gap, tight, free = tie
    longer = []
    for way in ways:
        _, before, until, beside = way[-1]
        for hit in some:
            _, start, end, clause = hit
            if start >= until:
                fits = start - until <= gap and (clause == beside or not tight)
            else:
                fits = free and before - end <= gap and not _overlaps(way, start, end)
            if fits:
                longer.append((*way, hit))
    return longer if len(longer) <= _MOST_PARTIAL else longer[:_MOST_PARTIAL]


def _overlaps(way: Iterable[Hit], start: int, end: int) -> bool:
    return any(start < after and first < end for _, first, after, _ in way)


def is_negated(hit: Hit, seen: Seen) -> bool:
    """没 before 停水, 不 before 漏水; the choice 热不热 counts too; 是不是停水 does not."""
    word, start, _, clause = hit
    text = seen.text
    if word[0] in "不没" and len(word) > 1 and start > 0 and text[start - 1] == word[1]:
        return True
    before = text[max(seen.starts[clause], start - 6) : start]
    return denies(before)


def denies(before: str) -> bool:
    """Whether what stands before a word denies it."""
    return before.endswith(_NEGATION) and not before.endswith(_NO_NEGATION)


def is_disowned(hit: Hit, seen: Seen) -> bool:
    """不是 before the thing: 不是电梯坏了."""
    _, start, _, clause = hit
    before = seen.text[max(seen.starts[clause], start - 6) : start]
    return "不是" in before and _NOT_THE_THING.search(before) is not None
