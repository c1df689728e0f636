"""Learnt weights: how likely a text reports something, what it is about, whether it cannot wait.

The file is made by ``tools/learn_weights.py`` from labelled messages. All three are linear: a sum of
weights, so that every decision can be traced to the pieces of text that carried it.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from ahocorasick_rs import AhoCorasick

from gridbot.nlp import features
from gridbot.nlp.weigh import sigmoid

WEIGHTS = Path(__file__).with_name("weights.json")


@dataclass(frozen=True, slots=True)
class Look:
    """One text as the weights see it: the pieces that are known, and their sum for "reports something"."""

    pieces: frozenset[int]
    sum: float


class Model:
    """Weights of pieces and signs."""

    def __init__(self, table: Mapping[str, object]) -> None:
        pieces: dict[str, list[float]] = table["pieces"]  # type: ignore[assignment]
        labels: dict[str, dict[str, float]] = table["labels"]  # type: ignore[assignment]
        self._pieces = list(pieces)
        self._report = [weights[0] for weights in pieces.values()]
        self._alarm = [weights[1] for weights in pieces.values()]
        self._signs: dict[str, list[float]] = table["signs"]  # type: ignore[assignment]
        self._bias: dict[str, float] = table["bias"]  # type: ignore[assignment]
        self._calibration: dict[str, float] = table["calibration"]  # type: ignore[assignment]
        number = {piece: index for index, piece in enumerate(self._pieces)}
        self._labels = {
            label: (
                {number[name]: weight for name, weight in weights.items() if name in number},
                {name: weight for name, weight in weights.items() if name not in number},
            )
            for label, weights in labels.items()
        }
        self._automaton = AhoCorasick(self._pieces, store_patterns=False)

    @classmethod
    def load(cls, file: Path = WEIGHTS) -> Model:
        """The shipped weights; read once."""
        return _shipped() if file == WEIGHTS else cls(json.loads(file.read_text(encoding="utf-8")))

    def look(self, plain: str) -> Look:
        """The known pieces of a plain text and what they add up to."""
        found = self._automaton.find_matches_as_indexes(features.dressed(plain), overlapping=True)
        pieces = frozenset([match[0] for match in found])
        return Look(pieces, self._bias["report"] + sum(map(self._report.__getitem__, pieces)))

    def report(self, look: Look, signs: Mapping[str, float]) -> float:
        """The logit that something is reported or asked for, not yet calibrated."""
        return look.sum + self._sum(signs, 0)

    def probability(self, z: float) -> float:
        """The calibrated probability of a logit of `report`."""
        return sigmoid(self._calibration["slope"] * z + self._calibration["shift"])

    def alarm(self, look: Look, signs: Mapping[str, float]) -> float:
        """The probability that it cannot wait."""
        return sigmoid(
            self._bias["alarm"] + sum(map(self._alarm.__getitem__, look.pieces)) + self._sum(signs, 1)
        )

    def categories(self, look: Look, power: dict[str, float]) -> list[tuple[str, float]]:
        """``kind.category`` with its probability, likeliest first."""
        values = features.labels(power)
        sums = {
            label: self._bias.get(label, 0.0)
            + sum(weight for piece, weight in weights.items() if piece in look.pieces)
            + sum(named.get(name, 0.0) * value for name, value in values.items())
            for label, (weights, named) in self._labels.items()
        }
        warmth = self._calibration.get("label_slope", 1.0)
        most = max(sums.values())
        shares = {label: math.exp(warmth * (value - most)) for label, value in sums.items()}
        total = sum(shares.values())
        return sorted(
            ((label, share / total) for label, share in shares.items()), key=lambda one: (-one[1], one[0])
        )

    def telling(self, look: Look, label: str | None = None, most: int = 5) -> tuple[str, ...]:
        """The pieces of two characters that spoke loudest for a report, or for one category."""
        named = self._labels[label][0] if label in self._labels else {}
        weight = {piece: self._report[piece] + named.get(piece, 0.0) for piece in look.pieces}
        pairs = [piece for piece in weight if len(self._pieces[piece]) == 2 and weight[piece] > 0]
        loud = sorted(pairs, key=lambda piece: (-weight[piece], self._pieces[piece]))
        return tuple(self._pieces[piece].strip("^$") for piece in loud[:most])

    def _sum(self, signs: Mapping[str, float], which: int) -> float:
        return sum(self._signs[name][which] * value for name, value in signs.items() if name in self._signs)


@lru_cache(maxsize=1)
def _shipped() -> Model:
    return Model(json.loads(WEIGHTS.read_text(encoding="utf-8")))
