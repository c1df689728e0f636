"""A text on the scales: what its pieces weigh. In Python; its twins are `native.Scales` and `native.Look`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import repeat
from math import exp
from typing import NamedTuple

from gridbot.nlp import features
from gridbot.nlp.lanes import Lanes
from gridbot.nlp.scan import Lookout


class Weights(NamedTuple):
    """All weights, in thousandths. Pieces have one or two characters; those of the beginning are marked."""

    report: Mapping[str, int]
    """What a piece says for "reports something"."""
    alarm: Mapping[str, int]
    """What it says of danger."""
    rows: Mapping[str, Sequence[tuple[int, int]]]
    """What pieces and signs add to the lanes, as pairs of lane and weight."""
    start: Sequence[int]
    """What each lane begins with."""
    bias: int
    """What every text begins with for "reports something"."""


class Look:
    """One text as the weights see it."""

    __slots__ = ("_found", "_scales", "pieces", "sum")

    def __init__(self, scales: Scales, found: Sequence[str]) -> None:
        self._scales, self._found = scales, found
        self.pieces = set(found)
        """The pieces that weigh."""
        self.sum = scales.report(self.pieces)
        """What they say for "reports something", in thousandths, every piece once."""

    @property
    def rough(self) -> int:
        """The same, and what is repeated counts again."""
        return self._scales.report(self._found)

    @property
    def alarm(self) -> int:
        """What they say of danger, in thousandths."""
        return self._scales.alarm(self.pieces)


class Scales:
    """The weights of pieces, ready for texts."""

    def __init__(self, weights: Weights) -> None:
        self._report, self._alarm, self._bias = weights.report, weights.alarm, weights.bias
        mark = features.BEGUN
        self._lookout = Lookout(piece for piece in weights.report if not _is_marked(piece))
        self._begun = {piece.removeprefix(mark): piece for piece in weights.report if _is_marked(piece)}
        self._opening = Lookout(self._begun)
        self._lanes = Lanes(len(weights.start))
        self._start = self._packed(enumerate(weights.start))
        self._rows = {name: self._packed(row) for name, row in weights.rows.items()}

    def look(self, text: str) -> Look:
        """The pieces of a plain text without its greeting, numbers alike and its ends marked, summed up."""
        dressed = features.marked(text)
        begun = self._opening.seen(dressed[: features.BEGINNING])
        return Look(self, self._lookout.seen(dressed) + [self._begun[piece] for piece in begun])

    def report(self, pieces: Collection[str]) -> int:
        """What pieces say for "reports something", in thousandths."""
        return self._bias + sum(map(self._report.__getitem__, pieces))

    def alarm(self, pieces: Collection[str]) -> int:
        """What pieces say of danger, in thousandths."""
        return sum(map(self._alarm.get, pieces, repeat(0)))

    def judge(self, look: Look, extra: Mapping[str, float], fine: int, step: float) -> tuple[int, int, float]:
        """The first lane's total, which of the others is the greatest, and what all others are beside it.

        Totals are in parts of a thousandth, `fine` to one; `extra`: how much the rows of signs count.
        The last is the sum of ``exp(step * (one - greatest))``.
        """
        total = sum(map(self._rows.get, look.pieces, repeat(0)), self._start) * fine
        for name, value in extra.items():
            total += self._rows.get(name, 0) * round(value * fine)
        first, *sums = self._lanes.unpack(self._lanes.start + total)
        best = max(sums)
        return first, sums.index(best), sum([exp(step * (one - best)) for one in sums])

    def weights_of(self, piece: str) -> Sequence[int]:
        """What a piece adds to each lane, in thousandths."""
        return self._lanes.unpack(self._lanes.start + self._rows.get(piece, 0))

    def _packed(self, row: Iterable[tuple[int, int]]) -> int:
        return sum([self._lanes.at(lane, weight) for lane, weight in row])


def total(weights: Mapping[str, float], values: Mapping[str, float]) -> float:
    """What values weigh together, each times its weight; those without one count nothing."""
    found = 0.0
    for name, value in values.items():
        weight = weights.get(name)
        if weight is not None:
            found += weight * value
    return found


def _is_marked(piece: str) -> bool:
    return len(piece) > len(features.BEGUN)
