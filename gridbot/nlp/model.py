"""Learnt weights: how likely a text reports something, what it is about, whether it cannot wait.

The file is made by ``tools/learn_weights.py`` from labelled messages. All three are linear: a sum of
weights, so that every decision can be traced to the pieces of text that carried it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import repeat
from math import exp
from operator import mul
from pathlib import Path
from typing import NamedTuple

from gridbot import jsons
from gridbot.nlp import features
from gridbot.nlp.glimpse import Glimpse
from gridbot.nlp.lanes import MIDDLE, STEPS, Lanes
from gridbot.nlp.scan import Lookout
from gridbot.nlp.weigh import sigmoid

WEIGHTS = Path(__file__).with_name("weights.json")
_FINE = 1_000_000  # parts of a thousandth in which labels are summed up


class Look(NamedTuple):
    """One text as the weights see it: its pieces that weigh, and their sum for "reports something"."""

    pieces: set[str]
    sum: float


class Model:
    """Weights of pieces and signs."""

    def __init__(self, table: Mapping[str, object]) -> None:
        pieces: dict[str, list[float]] = table["pieces"]  # type: ignore[assignment]
        labels: dict[str, dict[str, float]] = table["labels"]  # type: ignore[assignment]
        signs: dict[str, list[float]] = table["signs"]  # type: ignore[assignment]
        self._bias: dict[str, float] = table["bias"]  # type: ignore[assignment]
        self._calibration: dict[str, float] = table["calibration"]  # type: ignore[assignment]
        self._labels = list(labels)
        self._step = self._calibration.get("label_slope", 1.0) / (STEPS * _FINE)
        self._report_signs = {name: report for name, (report, _) in signs.items()}
        self._alarm_signs = {name: alarm for name, (_, alarm) in signs.items()}
        self._report = {piece: round(report * STEPS) for piece, (report, _) in pieces.items()}
        self._alarm = {piece: round(alarm * STEPS) for piece, (_, alarm) in pieces.items() if alarm}
        self._lookout = Lookout(piece for piece in pieces if len(piece) <= len(features.BEGUN))
        self._begun = {
            piece.removeprefix(features.BEGUN): piece for piece in pieces if len(piece) > len(features.BEGUN)
        }
        self._opening = Lookout(self._begun)
        self._lanes = Lanes(1 + len(labels))  # how much it cannot wait, then the labels
        self._rows = {piece: self._lanes.at(0, alarm) for piece, (_, alarm) in pieces.items() if alarm}
        self._start = self._lanes.at(0, self._bias["alarm"])
        for lane, label in enumerate(labels, 1):
            self._start += self._lanes.at(lane, self._bias.get(label, 0.0))
            for name, weight in labels[label].items():
                self._rows[name] = self._rows.get(name, 0) + self._lanes.at(lane, weight)

    @classmethod
    def load(cls, file: Path = WEIGHTS) -> Model:
        """The shipped weights; read once."""
        return _shipped() if file == WEIGHTS else cls(jsons.read(file.read_bytes()))

    def weight(self, word: str) -> float:
        """What the pieces of a word add to the sum."""
        return sum(self._report.get(piece, 0) for piece in features.pieces(word)) / STEPS

    def look(self, plain: str) -> Look:
        """The pieces of a plain text and what they add up to."""
        return self.weigh(self.seen(plain))

    def seen(self, plain: str) -> list[str]:
        """The pieces of a plain text that weigh, as often as they stand there."""
        text = features.dressed(plain)
        begun = self._opening.seen(text[: features.BEGINNING])
        return self._lookout.seen(text) + [self._begun[piece] for piece in begun]

    def glimpse(self, asking: Iterable[str]) -> Glimpse:
        """A glimpse by these weights and the words `asking` for more than one."""
        short = {piece: weight for piece, weight in self._report.items() if len(piece) <= len(features.BEGUN)}
        return Glimpse(short, self._bias["report"], asking)

    def glance(self, seen: Collection[str]) -> float:
        """Nearly the sum of `weigh` and faster: what is repeated counts again."""
        return self._bias["report"] + sum(map(self._report.__getitem__, seen)) / STEPS

    def weigh(self, seen: Sequence[str]) -> Look:
        """`look` from what was `seen`."""
        pieces = set(seen)
        return Look(pieces, self.glance(pieces))

    def may_add(self, sign: str) -> bool:
        """Whether a sign, where no rule holds, can make a report or danger likelier."""
        return self._report_signs.get(sign, 0.0) > 0 or self._alarm_signs.get(sign, 0.0) > 0

    def most(self, look: Look, signs: Iterable[str]) -> tuple[float, float]:
        """How likely a report and how likely danger can be at most, if some of the signs hold and no rule."""
        report, alarm = look.sum, sum(map(self._alarm.get, look.pieces, repeat(0))) / STEPS
        for sign in signs:
            report += max(0.0, self._report_signs.get(sign, 0.0))
            alarm += max(0.0, self._alarm_signs.get(sign, 0.0))
        return self.probability(report), sigmoid(alarm + self._bias["alarm"])

    def report(self, look: Look, signs: Mapping[str, float]) -> float:
        """The logit that something is reported or asked for, not yet calibrated."""
        return look.sum + _sum(self._report_signs, signs)

    def probability(self, z: float) -> float:
        """The calibrated probability of a logit of `report`."""
        return sigmoid(self._calibration["slope"] * z + self._calibration["shift"])

    def judge(
        self, look: Look, signs: Mapping[str, float], power: Mapping[str, float]
    ) -> tuple[float, str, float]:
        """The probability that it cannot wait; the likeliest ``kind.category`` and its probability."""
        total = sum(map(self._rows.get, look.pieces, repeat(0)), self._start) * _FINE
        if power:
            for name, value in features.labels(power).items():
                total += self._rows.get(name, 0) * round(value * _FINE)
        alarm, *sums = self._lanes.unpack(self._lanes.start + total)
        best, step = max(sums), self._step
        shares = sum([exp(step * (one - best)) for one in sums])
        sure = sigmoid((alarm - MIDDLE) / (STEPS * _FINE) + _sum(self._alarm_signs, signs))
        return sure, self._labels[sums.index(best)], 1 / shares

    def telling(self, look: Look, label: str, most: int = 5) -> tuple[str, ...]:
        """The pieces of two characters that spoke loudest for a report of this category."""
        lane = 1 + self._labels.index(label)
        loud = {piece: self._loudness(piece, lane) for piece in look.pieces if len(piece) == 2}
        order = sorted((piece for piece in loud if loud[piece] > 0), key=lambda piece: (-loud[piece], piece))
        return tuple(piece.strip("^$ ") for piece in order[:most])

    def _loudness(self, piece: str, lane: int) -> float:
        named = self._lanes.unpack(self._lanes.start + self._rows.get(piece, 0))[lane] - MIDDLE
        return (self._report[piece] + named) / STEPS


def _sum(weights: Mapping[str, float], signs: Mapping[str, float]) -> float:
    total: float = sum(map(mul, map(weights.get, signs, repeat(0.0)), signs.values()))
    return total


@lru_cache(maxsize=1)
def _shipped() -> Model:
    return Model(jsons.read(WEIGHTS.read_bytes()))
