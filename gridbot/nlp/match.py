"""Which rules hold in a text: patterns laid over the words a scan has seen."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from operator import attrgetter
from typing import NamedTuple

from gridbot.nlp.pattern import Join, Pattern, Step
from gridbot.nlp.rules import Rule
from gridbot.nlp.scan import Hit, Seen

_start = attrgetter("start")
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
        return self.hits[0].start

    @property
    def end(self) -> int:
        return max(hit.end for hit in self.hits)

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(hit.word for hit in self.hits)


class _Laid(NamedTuple):
    """A pattern with its steps as numbers of word sets."""

    rule: Rule
    pattern: Pattern
    sets: tuple[int, ...]


class _Hits(dict[int, list[Hit]]):
    """The hits of each set of words, in order of the scan, gathered when first asked for."""

    def __init__(self, sets: Sequence[frozenset[str]], seen: Seen) -> None:
        self._sets, self._seen = sets, seen.hits

    def __missing__(self, number: int) -> list[Hit]:
        words, seen = self._sets[number], self._seen
        if len(words) == 1:
            (word,) = words
            found = seen.get(word, [])
        else:
            found = [hit for word in seen if word in words for hit in seen[word]]
        self[number] = found
        return found


class Matcher:
    """All rules, indexed by the set of words without which a pattern cannot hold."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._numbers: dict[tuple[str, ...], int] = {}
        self._sets: list[frozenset[str]] = []
        self._of_word: dict[str, list[int]] = {}
        self._by_anchor: dict[int, list[_Laid]] = {}
        self._unless: dict[str, list[_Laid]] = {}
        self.anchors: set[str] = set()
        for rule in rules:
            for pattern in rule.say:
                first = anchor(pattern)
                self.anchors.update(first.words)
                self._by_anchor.setdefault(self._number(first), []).append(self._laid(rule, pattern))
            self._unless[rule.id] = [self._laid(rule, pattern) for pattern in rule.unless]
        self._opens = {
            word: [number for number in numbers if number in self._by_anchor]
            for word, numbers in self._of_word.items()
        }
        self.words = frozenset(self._of_word)

    def _laid(self, rule: Rule, pattern: Pattern) -> _Laid:
        return _Laid(rule, pattern, tuple(self._number(step) for step in pattern.steps))

    def _number(self, step: Step) -> int:
        number = self._numbers.get(step.words)
        if number is None:
            number = self._numbers[step.words] = len(self._numbers)
            self._sets.append(frozenset(step.words))
            for word in self._sets[number]:
                self._of_word.setdefault(word, []).append(number)
        return number

    def find(self, seen: Seen) -> list[Match]:
        """Every rule that holds, once, by its longest-worded match; in order of the text."""
        hits = _Hits(self._sets, seen)
        here = frozenset(_numbers(self._of_word, seen))
        best: dict[str, tuple[int, Rule, tuple[Hit, ...]]] = {}
        for number in dict.fromkeys(_numbers(self._opens, seen)):
            for laid in self._by_anchor[number]:
                if not here.issuperset(laid.sets):
                    continue
                rule = laid.rule
                for way in _lay(laid, hits, seen):
                    weight = sum([len(hit.word) for hit in way])
                    if rule.id not in best or weight > best[rule.id][0]:
                        best[rule.id] = weight, rule, way
        matches = [Match(rule, tuple(sorted(way, key=_start))) for _, rule, way in best.values()]
        held = [match for match in matches if not self._lifted(match, hits, here, seen)]
        return sorted(held, key=lambda match: (match.start, match.rule.id))

    def _lifted(self, match: Match, hits: _Hits, here: frozenset[int], seen: Seen) -> bool:
        """Whether one of the rule's `unless` holds near the match: in its clauses or beside them."""
        if not self._unless[match.rule.id]:
            return False
        clauses = {hit.clause for hit in match.hits}
        low, high = min(clauses) - 1, max(clauses) + 1
        return any(
            any(low <= hit.clause <= high for hit in way)
            for laid in self._unless[match.rule.id]
            if here.issuperset(laid.sets)
            for way in _lay(laid, hits, seen, negatable=False)
        )


def _numbers(of_word: Mapping[str, Sequence[int]], seen: Seen) -> Iterable[int]:
    """The numbers of all words seen, in order of the scan."""
    return chain.from_iterable([of_word[word] for word in seen.hits if word in of_word])


def anchor(pattern: Pattern) -> Step:
    """The step by which a pattern is looked up: the one with the most telling words."""
    return max(pattern.steps, key=_telling)


def _telling(step: Step) -> tuple[float, int]:
    return min(len(word) for word in step.words) - len(step.words) / 40, -len(step.words)


def _lay(laid: _Laid, hits: _Hits, seen: Seen, *, negatable: bool = True) -> Sequence[tuple[Hit, ...]]:
    """Every way (up to a bound) the steps lie over the text, negated ones left out."""
    ways: list[tuple[Hit, ...]] = [()]
    last = len(laid.sets) - 1
    for index, (number, step) in enumerate(zip(laid.sets, laid.pattern.steps, strict=True)):
        some = hits[number][:_MOST_HITS]
        ways = [(*way, hit) for way in ways for hit in some if not way or _fits(step, way, hit)]
        if negatable and index == last:
            ways = [way for way in ways if not is_negated(way[-1], seen)]
        elif negatable and index == 0:
            ways = [way for way in ways if not _disowned(way[0], seen)]
        del ways[_MOST_PARTIAL:]
        if not ways:
            return ()
    return ways


def _fits(step: Step, way: tuple[Hit, ...], hit: Hit) -> bool:
    gap, before = step.gap, way[-1]
    if hit.start >= before.end:
        return hit.start - before.end <= gap and (step.join is not Join.TIGHT or hit.clause == before.clause)
    if step.join is not Join.FREE or any(hit.start < other.end and other.start < hit.end for other in way):
        return False
    return before.start - hit.end <= gap


def is_negated(hit: Hit, seen: Seen) -> bool:
    """没 before 停水, 不 before 漏水; the choice 热不热 counts too; 是不是停水 does not."""
    text, word = seen.text, hit.word
    if word[0] in "不没" and len(word) > 1 and hit.start > 0 and text[hit.start - 1] == word[1]:
        return True
    low = max(seen.starts[hit.clause], hit.start - 6)
    before = text[low : hit.start]
    if _DENYING.isdisjoint(before) or _NO_NEGATION.search(before):
        return False
    return _NEGATION.search(before) is not None


def _disowned(hit: Hit, seen: Seen) -> bool:
    before = seen.text[max(seen.starts[hit.clause], hit.start - 6) : hit.start]
    return "不是" in before and _NOT_THE_THING.search(before) is not None
