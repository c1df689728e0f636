"""Learnt weights: how likely a text reports something, what it is about, whether it cannot wait.

The file is made by ``tools/learn_weights.py`` from labelled messages. All three are linear: a sum of
weights, so that every decision can be traced to the pieces of text that carried it.
"""

from __future__ import annotations

import json
import math
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from itertools import repeat
from pathlib import Path
from typing import NamedTuple

from gridbot.nlp import features
from gridbot.nlp.lanes import Lanes, times
from gridbot.nlp.scan import Lookout
from gridbot.nlp.weigh import sigmoid

WEIGHTS = Path(__file__).with_name("weights.json")
_STEP = 1000  # weights of reporting are kept as whole thousandths: their sum is exact


class Look(NamedTuple):
    """One text as the weights see it: its pieces that weigh, and their sum for "reports something"."""

    pieces: set[str]
    sum: float


class Model:
    """Weights of pieces and signs."""

    def __init__(self, table: Mapping[str, object]) -> None:
        pieces: dict[str, list[float]] = table["pieces"]  # type: ignore[assignment]
        labels: dict[str, dict[str, float]] = table["labels"]  # type: ignore[assignment]
        self._signs: dict[str, list[float]] = table["signs"]  # type: ignore[assignment]
        self._bias: dict[str, float] = table["bias"]  # type: ignore[assignment]
        self._calibration: dict[str, float] = table["calibration"]  # type: ignore[assignment]
        self._labels = list(labels)
        names = {name for weights in labels.values() for name in weights}
        rows = {name: [weights.get(name, 0.0) for weights in labels.values()] for name in names}
        none = [0.0] * len(labels)
        self._lanes = Lanes(1 + len(labels))  # how much it cannot wait, then the labels
        weighed = {
            piece: [pieces.get(piece, [0.0, 0.0])[1], *rows.get(piece, none)] for piece in names | {*pieces}
        }
        self._rows = {piece: self._lanes.pack(row) for piece, row in weighed.items() if any(row)}
        self._start = self._lanes.pack([self._bias["alarm"], *(self._bias.get(one, 0.0) for one in labels)])
        known = {piece for piece in weighed if len(piece) <= 2}
        self._report = {piece: round(pieces.get(piece, [0.0])[0] * _STEP) for piece in known}
        self._lookout = Lookout(known)

    @classmethod
    def load(cls, file: Path = WEIGHTS) -> Model:
        """The shipped weights; read once."""
        return _shipped() if file == WEIGHTS else cls(json.loads(file.read_text(encoding="utf-8")))

    def weight(self, word: str) -> float:
        """What the pieces of a word add to the sum."""
        return sum(self._report.get(piece, 0) for piece in features.pieces(word)) / _STEP

    def look(self, plain: str) -> Look:
        """The pieces of a plain text and what they add up to."""
        return self.weigh(self.seen(plain))

    def seen(self, plain: str) -> list[str]:
        """The pieces of a plain text that weigh, as often as they stand there."""
        return self._lookout.seen(features.dressed(plain))

    def glance(self, seen: Collection[str]) -> float:
        """Nearly the sum of `weigh` and faster: what is repeated counts again."""
        return self._bias["report"] + sum(map(self._report.__getitem__, seen)) / _STEP

    def weigh(self, seen: Sequence[str]) -> Look:
        """`look` from what was `seen`."""
        pieces = set(seen)
        return Look(pieces, self.glance(pieces))

    def most(self, sign: str) -> float:
        """What a sign can add to the sum at most, a rule beside it or none; never below 0."""
        return max(0.0, self._signs.get(sign, (0.0,))[0])

    def report(self, look: Look, signs: Mapping[str, float]) -> float:
        """The logit that something is reported or asked for, not yet calibrated."""
        return look.sum + self._sum(signs, 0)

    def probability(self, z: float) -> float:
        """The calibrated probability of a logit of `report`."""
        return sigmoid(self._calibration["slope"] * z + self._calibration["shift"])

    def judge(
        self, look: Look, signs: Mapping[str, float], power: Mapping[str, float]
    ) -> tuple[float, str, float]:
        """The probability that it cannot wait; the likeliest ``kind.category`` and its probability."""
        total = sum(map(self._rows.get, look.pieces, repeat(0)), self._start) * times(1)
        for name, value in features.labels(power).items():
            if name in self._rows:
                total += self._rows[name] * times(value)
        alarm, *sums = self._lanes.unpack(total)
        warmth, most = self._calibration.get("label_slope", 1.0), max(sums)
        shares = sum([math.exp(warmth * (value - most)) for value in sums])
        return sigmoid(alarm + self._sum(signs, 1)), self._labels[sums.index(most)], 1 / shares

    def telling(self, look: Look, label: str, most: int = 5) -> tuple[str, ...]:
        """The pieces of two characters that spoke loudest for a report of this category."""
        lane = 1 + self._labels.index(label)
        loud = {piece: self._loudness(piece, lane) for piece in look.pieces if len(piece) == 2}
        order = sorted((piece for piece in loud if loud[piece] > 0), key=lambda piece: (-loud[piece], piece))
        return tuple(piece.strip("^$ ") for piece in order[:most])

    def _loudness(self, piece: str, lane: int) -> float:
        named = self._lanes.unpack(self._rows[piece] * times(1))[lane] if piece in self._rows else 0.0
        return round(self._report[piece] / _STEP + named, 6)

    def _sum(self, signs: Mapping[str, float], which: int) -> float:
        known = self._signs
        return sum([known[name][which] * value for name, value in signs.items() if name in known])


@lru_cache(maxsize=1)
def _shipped() -> Model:
    return Model(json.loads(WEIGHTS.read_text(encoding="utf-8")))
