"""Which rules hold in a text: patterns laid over the words a scan has seen."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from gridbot.nlp.pattern import Pattern, Step
from gridbot.nlp.rules import Rule
from gridbot.nlp.scan import Hit, Seen

_MOST_PARTIAL = 32  # half-laid patterns kept at once: bounds the work on absurd texts

_NEGATION = re.compile(r"(?:没有?|并?未|不是|并非|不会|不|别)(?:再|人|什么|啥|怎么|在|被)?$")
_NO_NEGATION = re.compile(
    r"(?:是不是|有没有|有没|能不能?|要不是?|会不会?|可不可?以?|差不|好不|还不是?|可不是?|不得不|动不动|"
    r"莫不是|怕不是|岂不是|该不是|不会是|该不会|受不|对不|管不|睡不|用不|什么都没|不要不)$"
)
_NOT_THE_THING = re.compile(r"(?<![是可要还莫怕岂该])(?:并)?不是(?:因为|说|我家?|我们家?|咱们?)?$")


@dataclass(frozen=True, slots=True)
class Match:
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


class Matcher:
    """All rules, indexed by the word without which a pattern cannot hold."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._by_anchor: dict[str, list[tuple[int, Rule, Pattern]]] = {}
        number = 0
        for rule in rules:
            for pattern in rule.say:
                for word in set(anchor(pattern).words):
                    self._by_anchor.setdefault(word, []).append((number, rule, pattern))
                number += 1
        self.anchors = frozenset(self._by_anchor)
        self.words = frozenset(
            word
            for rule in rules
            for pattern in (*rule.say, *rule.unless)
            for step in pattern.steps
            for word in step.words
        )

    def find(self, seen: Seen) -> list[Match]:
        """Every rule that holds, once, by its longest-worded match; in order of the text."""
        tried: set[int] = set()
        best: dict[str, Match] = {}
        for word in seen.hits:
            for number, rule, pattern in self._by_anchor.get(word, ()):
                if number in tried:
                    continue
                tried.add(number)
                for hits in lay(pattern, seen):
                    match = Match(rule, tuple(sorted(hits, key=lambda hit: hit.start)))
                    known = best.get(rule.id)
                    if known is None or _weight(match) > _weight(known):
                        best[rule.id] = match
        held = [match for match in best.values() if not _lifted(match, seen)]
        return sorted(held, key=lambda match: (match.start, match.rule.id))


def anchor(pattern: Pattern) -> Step:
    """The step by which a pattern is looked up: the one with the most telling words."""
    return max(pattern.steps, key=_telling)


def _telling(step: Step) -> tuple[float, int]:
    return min(len(word) for word in step.words) - len(step.words) / 40, -len(step.words)


def _weight(match: Match) -> int:
    return sum(len(hit.word) for hit in match.hits)


def lay(pattern: Pattern, seen: Seen, *, negatable: bool = True) -> list[tuple[Hit, ...]]:
    """Every way (up to a bound) the steps lie over the text, negated ones left out."""
    laid: list[tuple[Hit, ...]] = []
    last = len(pattern.steps) - 1
    for index, step in enumerate(pattern.steps):
        hits = list(_hits(step, seen))
        if negatable and index == last:
            hits = [hit for hit in hits if not is_negated(hit, seen)]
        if not hits:
            return []
        if index == 0:
            first = [hit for hit in hits if last == 0 or not _disowned(hit, seen)]
            laid = [(hit,) for hit in first[:_MOST_PARTIAL]]
        else:
            laid = [(*way, hit) for way in laid for hit in hits if _fits(step, way, hit)][:_MOST_PARTIAL]
        if not laid:
            return []
    return laid


def _hits(step: Step, seen: Seen) -> Iterator[Hit]:
    for word in step.words:
        yield from seen.hits.get(word, ())


def _fits(step: Step, way: tuple[Hit, ...], hit: Hit) -> bool:
    _, across, any_order = step.join.value
    gap = step.gap
    before = way[-1]
    if hit.start >= before.end:
        return hit.start - before.end <= gap and (across or hit.clause == before.clause)
    if not any_order or any(hit.start < other.end and other.start < hit.end for other in way):
        return False
    return before.start - hit.end <= gap


def is_negated(hit: Hit, seen: Seen) -> bool:
    """没 before 停水, 不 before 漏水; the choice 热不热 counts too; 是不是停水 does not."""
    text, word = seen.text, hit.word
    if word[0] in "不没" and len(word) > 1 and hit.start > 0 and text[hit.start - 1] == word[1]:
        return True
    low = max(seen.starts[hit.clause], hit.start - 6)
    before = text[low : hit.start]
    if not before or _NO_NEGATION.search(before):
        return False
    return _NEGATION.search(before) is not None


def _disowned(hit: Hit, seen: Seen) -> bool:
    before = seen.text[max(seen.starts[hit.clause], hit.start - 6) : hit.start]
    return bool(before) and _NOT_THE_THING.search(before) is not None


def _lifted(match: Match, seen: Seen) -> bool:
    """Whether one of the rule's `unless` holds near the match: in its clauses or beside them."""
    if not match.rule.unless:
        return False
    clauses = {hit.clause for hit in match.hits}
    low, high = min(clauses) - 1, max(clauses) + 1
    return any(
        any(low <= hit.clause <= high for hit in way)
        for pattern in match.rule.unless
        for way in lay(pattern, seen, negatable=False)
    )


def words_of(patterns: Iterable[Pattern]) -> frozenset[str]:
    """Every word that patterns look for."""
    return frozenset(word for pattern in patterns for step in pattern.steps for word in step.words)
