"""Which rules hold in a text: patterns laid over the words a scan has seen."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import reduce
from itertools import repeat
from operator import or_
from typing import NamedTuple

from gridbot.nlp.pattern import Join, Pattern, Step
from gridbot.nlp.rules import Rule
from gridbot.nlp.scan import Hit, Seen

_MOST_HITS, _MOST_PARTIAL = 24, 32  # bound the work on absurd texts
_NEVER = 1 << 30  # behind the end of every text

_NEGATION = re.compile(r"(?:没有?|并?未|不是|并非|不会|不|别)(?:再|人|什么|啥|怎么|在|被)?$")
_NO_NEGATION = re.compile(
    r"(?:是不是|有没有|有没|能不能?|要不是?|会不会?|可不可?以?|差不|好不|还不是?|可不是?|不得不|动不动|"
    r"莫不是|怕不是|岂不是|该不是|不会是|该不会|受不|对不|管不|睡不|用不|什么都没|不要不)$"
)
_DENYING = frozenset("没未不别非")  # one of them is in every negation
_MAY_DENY = re.compile("[没未不别非]")
_NOT_THE_THING = re.compile(r"(?<![是可要还莫怕岂该])(?:并)?不是(?:因为|说|我家?|我们家?|咱们?)?$")


class Match(NamedTuple):
    """A rule that holds, and the words it saw, in order of the text."""

    rule: Rule
    hits: tuple[Hit, ...]

    @property
    def start(self) -> int:
        return self.hits[0][1]

    @property
    def end(self) -> int:
        return max([end for _, _, end, _ in self.hits])

    @property
    def clauses(self) -> set[int]:
        return {clause for _, _, _, clause in self.hits}

    @property
    def words(self) -> tuple[str, ...]:
        words = []
        for hit in self.hits:
            words.append(hit[0])
        return tuple(words)


class _Tie(NamedTuple):
    """How a step hangs on the one before: characters between at most, in one clause?, in any order?"""

    gap: int
    tight: bool
    free: bool


class Laid(NamedTuple):
    """A pattern with its steps as numbers of word sets."""

    rule: Rule
    first: int
    others: tuple[tuple[_Tie, int], ...]


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


_NOTHING: tuple[frozenset[str], Sequence[Laid]] = frozenset(), ()


class Matcher:
    """All rules. Each pattern is a bit; which may hold is told by the words seen, for all at once.

    The bits stand in two rows, one for each of the two most telling steps: a word has the bit of a pattern
    in the row of the step that it is a word of. A pattern may hold that is seen in both rows.
    """

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._numbers: dict[tuple[str, ...], int] = {}
        self._sets: list[frozenset[str]] = []
        said = [(rule, pattern) for rule in rules for pattern in rule.say]
        self._laid = [self._lay_out(rule, pattern) for rule, pattern in said]
        self._width = len(said)
        self._bits, self._always = self._rows([pattern for _, pattern in said])
        self._unless = {
            rule.id: (
                frozenset([word for pattern in rule.unless for word in anchor(pattern).words]),
                [self._lay_out(rule, pattern) for pattern in rule.unless],
            )
            for rule in rules
            if rule.unless
        }
        self.words = frozenset().union(*self._sets)

    def bits(self, holds: Callable[[Rule], bool]) -> int:
        """The bits of the patterns of all rules for which `holds`."""
        return sum([1 << bit for bit, laid in enumerate(self._laid) if holds(laid.rule)])

    def _lay_out(self, rule: Rule, pattern: Pattern) -> Laid:
        first, *others = pattern.steps
        tied = [
            (_Tie(step.gap, step.join is Join.TIGHT, step.join is Join.FREE), self._number(step))
            for step in others
        ]
        return Laid(rule, self._number(first), tuple(tied))

    def _number(self, step: Step) -> int:
        number = self._numbers.get(step.words)
        if number is None:
            number = self._numbers[step.words] = len(self._numbers)
            self._sets.append(frozenset(step.words))
        return number

    def _rows(self, patterns: Sequence[Pattern]) -> tuple[dict[str, int], int]:
        """The bits of each word, and those of patterns of one step in the second row."""
        of_set, always = [0] * len(self._sets), 0
        for bit, pattern in enumerate(patterns):
            steps = sorted(pattern.steps, key=_telling, reverse=True)
            of_set[self._number(steps[0])] |= 1 << bit
            if len(steps) == 1:
                always |= 1 << (self._width + bit)
            else:
                of_set[self._number(steps[1])] |= 1 << (self._width + bit)
        holding: dict[str, list[int]] = {}
        for number, words in enumerate(self._sets):
            for word in words:
                holding.setdefault(word, []).append(number)
        same = {
            sets: reduce(or_, [of_set[number] for number in sets])
            for sets in set(map(tuple, holding.values()))
        }
        return {word: same[tuple(sets)] for word, sets in holding.items()}, always

    def among(self, words: Iterable[str]) -> int:
        """The patterns that may hold where these words are seen, as bits."""
        rows = reduce(or_, map(self._bits.get, words, repeat(0)), self._always)
        return rows & (rows >> self._width)

    def find(self, seen: Seen, patterns: int | None = None) -> list[Match]:
        """Every rule that holds, once, by its longest-worded match; in order of the text.

        `patterns` are the bits of those that may hold, where they are known; more of them do no harm.
        """
        patterns = self.among(seen.words) if patterns is None else patterns
        if not patterns:
            return []
        hits = _Hits(self._sets, seen)
        best: dict[str, tuple[int, Rule, tuple[Hit, ...]]] = {}
        for bit in _ones(patterns):
            laid = self._laid[bit]
            ways = _lay(laid, hits, hits.denied)
            if ways:
                rule, way = laid.rule, ways[0] if len(ways) == 1 else max(ways, key=_weight)
                weight, known = _weight(way), best.get(rule.id)
                if known is None or weight > known[0]:
                    best[rule.id] = weight, rule, way
        held = [
            Match(rule, _ordered(way))
            for _, rule, way in best.values()
            if not self._is_lifted(rule, way, hits)
        ]
        return sorted(held, key=_place) if len(held) > 1 else held

    def _is_lifted(self, rule: Rule, way: tuple[Hit, ...], hits: _Hits) -> bool:
        """Whether one of the rule's `unless` holds near the match: in its clauses or beside them."""
        words, unless = self._unless.get(rule.id, _NOTHING)
        if words.isdisjoint(hits.seen.words):
            return False
        clauses = [hit[3] for hit in way]
        low, high = min(clauses) - 1, max(clauses) + 1
        for laid in unless:
            for other in _lay(laid, hits, _NEVER):
                for _, _, _, clause in other:
                    if low <= clause <= high:
                        return True
        return False


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


def anchor(pattern: Pattern) -> Step:
    """The step by which a pattern is looked up: the one with the most telling words."""
    steps = pattern.steps
    return steps[0] if len(steps) == 1 else max(steps, key=_telling)


def _telling(step: Step) -> tuple[float, int]:
    return min(map(len, step.words)) - len(step.words) / 40, -len(step.words)


def _lay(laid: Laid, hits: _Hits, denied: int) -> Sequence[tuple[Hit, ...]]:
    """Every way (up to a bound) the steps lie over the text, without those negated from `denied` on."""
    _, number, others = laid
    first = hits[number]
    if not first:
        return ()
    if others and hits.disowned and denied != _NEVER:
        first = [hit for hit in first if not _disowned(hit, hits.seen)]
    ways: list[tuple[Hit, ...]] = [(hit,) for hit in first]
    for tie, number in others:
        ways = _extended(ways, tie, hits[number])
        if not ways:
            return ways
    if denied == _NEVER:
        return ways
    return [way for way in ways if way[-1][1] < denied or not is_negated(way[-1], hits.seen)]


def _extended(ways: Sequence[tuple[Hit, ...]], tie: _Tie, some: Sequence[Hit]) -> list[tuple[Hit, ...]]:
    """Each way with each of the hits that fits behind it (or, where order is free, before it)."""
    gap, tight, free = tie
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
    if _DENYING.isdisjoint(before) or _NO_NEGATION.search(before):
        return False
    return _NEGATION.search(before) is not None


def _disowned(hit: Hit, seen: Seen) -> bool:
    _, start, _, clause = hit
    before = seen.text[max(seen.starts[clause], start - 6) : start]
    return "不是" in before and _NOT_THE_THING.search(before) is not None
