"""Which rules hold in a text: patterns laid over the words a scan has seen."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from gridbot.nlp.pattern import Join, Pattern, Step
from gridbot.nlp.rules import Rule
from gridbot.nlp.scan import Hit, Seen

_MOST_HITS, _MOST_PARTIAL = 24, 32  # bound the work on absurd texts

_NEGATION = re.compile(r"(?:没有?|并?未|不是|并非|不会|不|别)(?:再|人|什么|啥|怎么|在|被)?$")
_NO_NEGATION = re.compile(
    r"(?:是不是|有没有|有没|能不能?|要不是?|会不会?|可不可?以?|差不|好不|还不是?|可不是?|不得不|动不动|"
    r"莫不是|怕不是|岂不是|该不是|不会是|该不会|受不|对不|管不|睡不|用不|什么都没|不要不)$"
)
_DENYING = frozenset("没未不别非")  # one of them is in every negation
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
        return tuple([word for word, _, _, _ in self.hits])


class _Tie(NamedTuple):
    """How a step hangs on the one before: characters between at most, in one clause?, in any order?"""

    gap: int
    tight: bool
    free: bool


class Laid(NamedTuple):
    """A pattern with its steps as numbers of word sets; `order` is its place among all patterns."""

    rule: Rule
    sets: tuple[int, ...]
    ties: tuple[_Tie, ...]
    others: tuple[frozenset[str], ...]  # the sets of words beside the one it is looked up by
    order: int


class Chance(NamedTuple):
    """The patterns all of whose words are seen in a text: what may hold, before anything is laid."""

    seen: Seen
    words: frozenset[str]
    patterns: Sequence[Laid]


class _Hits(dict[int, list[Hit]]):
    """The hits of each set of words, in order of the scan, gathered when first asked for."""

    def __init__(self, sets: Sequence[frozenset[str]], seen: Seen) -> None:
        self._sets, self._seen = sets, seen

    def __missing__(self, number: int) -> list[Hit]:
        words, hits = self._sets[number], self._seen.hits
        found = [hit for word in hits if word in words for hit in hits[word]]
        del found[_MOST_HITS:]
        self[number] = found
        return found


class Matcher:
    """All rules, indexed by the words without which a pattern cannot hold."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._numbers: dict[tuple[str, ...], int] = {}
        self._sets: list[frozenset[str]] = []
        self._opened: dict[str, list[tuple[frozenset[str], Laid]]] = {}
        """By a word of the step a pattern is looked up by: one more set it needs, and the pattern."""
        self._unless: dict[str, list[Laid]] = {}
        self._count = 0
        for rule in rules:
            for pattern in rule.say:
                laid = self._laid(rule, pattern)
                first = self._sets[self._number(anchor(pattern))]
                for word in first:
                    self._opened.setdefault(word, []).append((min(laid.others, key=len, default=first), laid))
            self._unless[rule.id] = [self._laid(rule, pattern) for pattern in rule.unless]
        self.words = frozenset().union(*self._sets)
        self.anchors = frozenset(self._opened)

    def _laid(self, rule: Rule, pattern: Pattern) -> Laid:
        self._count += 1
        first = anchor(pattern)
        return Laid(
            rule,
            tuple(self._number(step) for step in pattern.steps),
            tuple(_Tie(step.gap, step.join is Join.TIGHT, step.join is Join.FREE) for step in pattern.steps),
            tuple(self._sets[self._number(step)] for step in pattern.steps if step is not first),
            self._count,
        )

    def _number(self, step: Step) -> int:
        number = self._numbers.get(step.words)
        if number is None:
            number = self._numbers[step.words] = len(self._numbers)
            self._sets.append(frozenset(step.words))
        return number

    def chance(self, seen: Seen) -> Chance:
        """What may hold, by the words alone."""
        words, opened = frozenset(seen.hits), self._opened
        likely = [
            laid
            for word in words
            if word in opened
            for needed, laid in opened[word]
            if not needed.isdisjoint(words)
        ]
        patterns = {
            laid.order: laid for laid in likely if len(laid.sets) < 3 or _are_seen(laid.others, words)
        }
        return Chance(seen, words, [patterns[order] for order in sorted(patterns)])

    def find(self, seen: Seen) -> list[Match]:
        """Every rule that holds, once, by its longest-worded match; in order of the text."""
        return self.settle(self.chance(seen))

    def settle(self, chance: Chance) -> list[Match]:
        """`find` from what may hold."""
        seen = chance.seen
        if not chance.patterns:
            return []
        hits = _Hits(self._sets, seen)
        best: dict[str, tuple[int, Rule, tuple[Hit, ...]]] = {}
        for laid in chance.patterns:
            if ways := _lay(laid, hits, seen):
                rule, way = laid.rule, ways[0] if len(ways) == 1 else max(ways, key=_weight)
                weight = _weight(way)
                if rule.id not in best or weight > best[rule.id][0]:
                    best[rule.id] = weight, rule, way
        matches = [Match(rule, _ordered(way)) for _, rule, way in best.values()]
        held = [match for match in matches if not self._lifted(match, hits, chance)]
        return sorted(held, key=_place) if len(held) > 1 else held

    def _lifted(self, match: Match, hits: _Hits, chance: Chance) -> bool:
        """Whether one of the rule's `unless` holds near the match: in its clauses or beside them."""
        words, known = chance.words, self._sets
        unless = [
            laid
            for laid in self._unless[match.rule.id]
            if _are_seen(laid.others, words) and not words.isdisjoint(known[laid.sets[0]])
        ]
        if not unless:
            return False
        clauses = match.clauses
        low, high = min(clauses) - 1, max(clauses) + 1
        return any(
            any(low <= clause <= high for _, _, _, clause in way)
            for laid in unless
            for way in _lay(laid, hits, chance.seen, negatable=False)
        )


def _are_seen(sets: Sequence[frozenset[str]], words: frozenset[str]) -> bool:
    """Whether each of the sets has a word among `words`."""
    for one in sets:  # noqa: SIM110 - the hottest loop of reading
        if one.isdisjoint(words):
            return False
    return True


def _ordered(way: tuple[Hit, ...]) -> tuple[Hit, ...]:
    return way if len(way) == 1 else tuple(sorted(way, key=_start))


def _weight(way: tuple[Hit, ...]) -> int:
    return sum([len(hit[0]) for hit in way])


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


def _lay(laid: Laid, hits: _Hits, seen: Seen, *, negatable: bool = True) -> Sequence[tuple[Hit, ...]]:
    """Every way (up to a bound) the steps lie over the text, negated ones left out."""
    negatable = negatable and seen.denies
    first, *others = laid.sets
    ways: list[tuple[Hit, ...]] = [(hit,) for hit in hits[first]]
    if not (others or negatable):
        return ways
    if negatable and others:
        ways = [way for way in ways if not _disowned(way[0], seen)]
    for index, number in enumerate(others, 1):
        tie, some = laid.ties[index], hits[number]
        ways = [(*way, hit) for way in ways for hit in some if _fits(tie, way, hit)][:_MOST_PARTIAL]
        if not ways:
            return ()
    if negatable:
        ways = [way for way in ways if not is_negated(way[-1], seen)]
    return ways


def _fits(tie: _Tie, way: tuple[Hit, ...], hit: Hit) -> bool:
    gap, tight, free = tie
    _, start, end, clause = hit
    _, before, until, beside = way[-1]
    if start >= until:
        return start - until <= gap and (clause == beside or not tight)
    if not free or any(start < after and first < end for _, first, after, _ in way):
        return False
    return before - end <= gap


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
