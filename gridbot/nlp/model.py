"""Learnt weights: how likely a text reports something, what it is about, whether it cannot wait.

The file is made by ``tools/learn_weights.py`` from labelled messages. All three are linear: a sum of
weights, so that every decision can be traced to the pieces of text that carried it.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import repeat
from operator import add
from pathlib import Path
from typing import NamedTuple

from gridbot.nlp import features
from gridbot.nlp.weigh import sigmoid

WEIGHTS = Path(__file__).with_name("weights.json")


class Look(NamedTuple):
    """One text as the weights see it: its pieces, and their sum for "reports something"."""

    pieces: set[str]
    sum: float


class Model:
    """Weights of pieces and signs."""

    def __init__(self, table: Mapping[str, object]) -> None:
        pieces: dict[str, list[float]] = table["pieces"]  # type: ignore[assignment]
        labels: dict[str, dict[str, float]] = table["labels"]  # type: ignore[assignment]
        self._report = {piece: weights[0] for piece, weights in pieces.items() if weights[0]}
        self._alarm = {piece: weights[1] for piece, weights in pieces.items() if weights[1]}
        self._signs: dict[str, list[float]] = table["signs"]  # type: ignore[assignment]
        self._bias: dict[str, float] = table["bias"]  # type: ignore[assignment]
        self._calibration: dict[str, float] = table["calibration"]  # type: ignore[assignment]
        self._labels = list(labels)
        names = dict.fromkeys(name for weights in labels.values() for name in weights)
        self._by_name = {name: tuple(weights.get(name, 0.0) for weights in labels.values()) for name in names}
        self._start = tuple(self._bias.get(label, 0.0) for label in labels)

    @classmethod
    def load(cls, file: Path = WEIGHTS) -> Model:
        """The shipped weights; read once."""
        return _shipped() if file == WEIGHTS else cls(json.loads(file.read_text(encoding="utf-8")))

    def weight(self, word: str) -> float:
        """What the pieces of a word add to the sum."""
        return self._heard(features.pieces(word))

    def glance(self, plain: str) -> float:
        """Nearly the sum of `look` and much faster: repeated pieces count again, both ends do not."""
        return self._bias["report"] + self._heard(plain) + self._heard(map(add, plain, plain[1:]))

    def look(self, plain: str) -> Look:
        """The pieces of a plain text and what they add up to."""
        pieces = features.pieces(features.dressed(plain))
        return Look(pieces, self._bias["report"] + self._heard(pieces))

    def _heard(self, pieces: Iterable[str]) -> float:
        return sum(map(self._report.get, pieces, repeat(0.0)))

    def report(self, look: Look, signs: Mapping[str, float]) -> float:
        """The logit that something is reported or asked for, not yet calibrated."""
        return look.sum + self._sum(signs, 0)

    def probability(self, z: float) -> float:
        """The calibrated probability of a logit of `report`."""
        return sigmoid(self._calibration["slope"] * z + self._calibration["shift"])

    def alarm(self, look: Look, signs: Mapping[str, float]) -> float:
        """The probability that it cannot wait."""
        weight = self._alarm
        heard = sum([weight[piece] for piece in look.pieces if piece in weight])
        return sigmoid(self._bias["alarm"] + heard + self._sum(signs, 1))

    def categories(self, look: Look, power: dict[str, float]) -> list[tuple[str, float]]:
        """``kind.category`` with its probability, likeliest first."""
        known = self._by_name
        rows = [self._start, *[known[piece] for piece in look.pieces if piece in known]]
        for name, value in features.labels(power).items():
            if name in known:
                rows.append(tuple(weight * value for weight in known[name]))
        sums = list(map(sum, zip(*rows, strict=True)))
        warmth, most = self._calibration.get("label_slope", 1.0), max(sums)
        shares = [math.exp(warmth * (value - most)) for value in sums]
        total = math.fsum(shares)
        ranked = sorted(zip([-share / total for share in shares], self._labels, strict=True))
        return [(label, -share) for share, label in ranked]

    def telling(self, look: Look, label: str, most: int = 5) -> tuple[str, ...]:
        """The pieces of two characters that spoke loudest for a report of this category."""
        index = self._labels.index(label)
        loud = {piece: self._loudness(piece, index) for piece in look.pieces if len(piece) == 2}
        order = sorted((piece for piece in loud if loud[piece] > 0), key=lambda piece: (-loud[piece], piece))
        return tuple(piece.strip("^$ ") for piece in order[:most])

    def _loudness(self, piece: str, index: int) -> float:
        named = self._by_name.get(piece)
        return self._report.get(piece, 0.0) + (named[index] if named else 0.0)

    def _sum(self, signs: Mapping[str, float], which: int) -> float:
        return sum(self._signs[name][which] * value for name, value in signs.items() if name in self._signs)


@lru_cache(maxsize=1)
def _shipped() -> Model:
    return Model(json.loads(WEIGHTS.read_text(encoding="utf-8")))
