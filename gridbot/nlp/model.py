"""Learnt weights: how likely a text reports something, what it is about, whether it cannot wait.

The file is made by ``tools/learn_weights.py`` from labelled messages. All three are linear: a sum of
weights, so that every decision can be traced to the pieces of text that carried it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from gridbot import jsons
from gridbot.nlp import features, swift
from gridbot.nlp.glimpse import Glimpse
from gridbot.nlp.scales import Look, Weights
from gridbot.nlp.weigh import sigmoid

WEIGHTS = Path(__file__).with_name("weights.json")
STEPS = 1000  # of a unit: weights are whole thousandths
_FINE = 1_000_000  # parts of a thousandth in which labels are summed up


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
        self._report: dict[str, int] = {}
        dangers: dict[str, int] = {}
        rows: dict[str, list[tuple[int, int]]] = {}
        for piece, (report, danger) in pieces.items():
            self._report[piece] = round(report * STEPS)
            if danger:
                weight = dangers[piece] = round(danger * STEPS)
                rows[piece] = [(0, weight)]
        start = [round(self._bias["alarm"] * STEPS)]  # how much it cannot wait, then the labels
        for lane, label in enumerate(labels, 1):
            start.append(round(self._bias.get(label, 0.0) * STEPS))
            for name, share in labels[label].items():
                rows.setdefault(name, []).append((lane, round(share * STEPS)))
        bias = round(self._bias["report"] * STEPS)
        self._scales = swift.Scales(Weights(self._report, dangers, rows, start, bias))
        self.look = self._scales.look
        """A plain text without its greeting as the weights see it."""

    @classmethod
    def load(cls, file: Path = WEIGHTS) -> Model:
        """The shipped weights; read once."""
        return _shipped() if file == WEIGHTS else cls(jsons.read(file.read_bytes()))

    def weight(self, word: str) -> float:
        """What the pieces of a word add to the sum."""
        return sum(self._report.get(piece, 0) for piece in features.pieces(word)) / STEPS

    def glimpse(self, kinds: Mapping[str, int]) -> Glimpse:
        """A glimpse by these weights and the bits of words that ask for more than one."""
        short = {piece: weight for piece, weight in self._report.items() if len(piece) <= len(features.BEGUN)}
        return Glimpse(short, round(self._bias["report"] * STEPS), kinds)

    def may_add(self, sign: str) -> bool:
        """Whether a sign, where no rule holds, can make a report or danger likelier."""
        return self._report_signs.get(sign, 0.0) > 0 or self._alarm_signs.get(sign, 0.0) > 0

    def gains(self, signs: Iterable[str]) -> tuple[float, float]:
        """What signs can add at most, if some of them hold and no rule: to a report, and to danger."""
        signs = list(signs)
        return (
            sum([max(0.0, self._report_signs.get(sign, 0.0)) for sign in signs]),
            sum([max(0.0, self._alarm_signs.get(sign, 0.0)) for sign in signs]),
        )

    def most(self, look: Look, gains: tuple[float, float]) -> tuple[float, float]:
        """How likely a report and how likely danger can be at most, with these `gains`."""
        report, alarm = gains
        return (
            self.probability(look.sum / STEPS + report),
            sigmoid(look.alarm / STEPS + alarm + self._bias["alarm"]),
        )

    def report(self, look: Look, signs: Mapping[str, float]) -> float:
        """The logit that something is reported or asked for, not yet calibrated."""
        return look.sum / STEPS + swift.total(self._report_signs, signs)

    def probability(self, z: float) -> float:
        """The calibrated probability of a logit of `report`."""
        return sigmoid(self._calibration["slope"] * z + self._calibration["shift"])

    def judge(
        self, look: Look, signs: Mapping[str, float], power: Mapping[str, float]
    ) -> tuple[float, str, float]:
        """The probability that it cannot wait; the likeliest ``kind.category`` and its probability."""
        alarm, best, shares = self._scales.judge(look, features.labels(power), _FINE, self._step)
        return (
            sigmoid(alarm / (STEPS * _FINE) + swift.total(self._alarm_signs, signs)),
            self._labels[best],
            1 / shares,
        )

    def telling(self, look: Look, label: str, most: int = 5) -> tuple[str, ...]:
        """The pieces of two characters that spoke loudest for a report of this category."""
        lane = 1 + self._labels.index(label)
        loud = {piece: self._loudness(piece, lane) for piece in look.pieces if len(piece) == 2}
        order = sorted((piece for piece in loud if loud[piece] > 0), key=lambda piece: (-loud[piece], piece))
        return tuple(piece.strip("^$ ") for piece in order[:most])

    def _loudness(self, piece: str, lane: int) -> float:
        return self._report[piece] + self._scales.weights_of(piece)[lane]


@lru_cache(maxsize=1)
def _shipped() -> Model:
    return Model(jsons.read(WEIGHTS.read_bytes()))
