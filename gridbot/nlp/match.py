"""Which rules hold in a text: the tables for laying their patterns, made from the rules once."""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from functools import reduce
from operator import or_

from gridbot.nlp import swift
from gridbot.nlp.laying import Laid, Match, Sight, Tables, Tie
from gridbot.nlp.pattern import Join, Pattern, Step
from gridbot.nlp.rules import Rule

__all__ = ["Match", "Matcher", "Sight", "anchor"]

_NO_WORDS: frozenset[str] = frozenset()


class Matcher:
    """All rules. Each pattern is a bit; which may hold is told by the words seen, for all at once.

    The bits stand in two rows, one for each of the two most telling steps: a word has the bit of a pattern
    in the row of the step that it is a word of. A pattern may hold that is seen in both rows.
    """

    def __init__(
        self,
        rules: Sequence[Rule],
        masks: Set[str] = _NO_WORDS,
        bounded: Set[str] = _NO_WORDS,
        mark: Callable[[Rule], int] = lambda _: 0,
    ) -> None:
        """Words in `bounded` are seen only where jieba sees a boundary, none inside a word of `masks`.

        `mark`: bits of a rule, by which it is told what may hold before it is known what does.
        """
        self._numbers: dict[tuple[str, ...], int] = {}
        said = [(number, pattern) for number, rule in enumerate(rules) for pattern in rule.say]
        laid = [Laid(number, self._ties(pattern)) for number, pattern in said]
        rows, alone = self._rows([pattern for _, pattern in said])
        unless = {
            number: [self._ties(pattern) for pattern in rule.unless]
            for number, rule in enumerate(rules)
            if rule.unless
        }
        marks = [mark(rules[number]) for number, _ in said]
        sets = list(self._numbers)
        layer = swift.Layer(Tables(rules, sets, laid, rows, alone, unless, marks, masks, bounded))
        self.sight: Callable[[str], Sight] = layer.sight
        """The words of rules in a text, and the marks of those that may hold there."""
        self.find: Callable[[Sight], list[Match]] = layer.find
        """Every rule that holds, once, by its longest-worded match; in order of the text."""

    def matches(self, text: str) -> list[Match]:
        """Every rule that holds in `text`."""
        return self.find(self.sight(text))

    def _ties(self, pattern: Pattern) -> tuple[Tie, ...]:
        return tuple(
            [
                Tie(self._number(step), step.gap, step.join is Join.TIGHT, step.join is Join.FREE)
                for step in pattern.steps
            ]
        )

    def _number(self, step: Step) -> int:
        return self._numbers.setdefault(step.words, len(self._numbers))

    def _rows(self, patterns: Sequence[Pattern]) -> tuple[dict[str, tuple[int, int]], int]:
        """The bits of each word in both rows, and those of patterns of one step."""
        first, second, alone = [0] * len(self._numbers), [0] * len(self._numbers), 0
        for bit, pattern in enumerate(patterns):
            steps = sorted(pattern.steps, key=_telling, reverse=True)
            first[self._number(steps[0])] |= 1 << bit
            if len(steps) == 1:
                alone |= 1 << bit
            else:
                second[self._number(steps[1])] |= 1 << bit
        holding: dict[str, list[int]] = {}
        for words, number in self._numbers.items():
            for word in words:
                holding.setdefault(word, []).append(number)
        return {
            word: (
                reduce(or_, [first[number] for number in sets]),
                reduce(or_, [second[number] for number in sets]),
            )
            for word, sets in holding.items()
        }, alone


def anchor(pattern: Pattern) -> Step:
    """The step by which a pattern is looked up: the one with the most telling words."""
    steps = pattern.steps
    return steps[0] if len(steps) == 1 else max(steps, key=_telling)


def _telling(step: Step) -> tuple[float, int]:
    return min(map(len, step.words)) - len(step.words) / 40, -len(step.words)
