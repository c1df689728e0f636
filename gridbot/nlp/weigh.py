"""From rules that hold to a decision with a confidence that means something."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from gridbot.nlp.match import Match

ACT, ASK = 0.8, 0.4

WEIGHTS: Mapping[str, float] = {
    "resolved": -3.2, "thanks": -2.6, "polite": 0.1, "elsewhere": -2.8, "past": -2.2, "hypothetical": -2.6, "advert": -3.2,
    "classified": -3.0, "chain": -4.5, "news": -3.2, "notice": -3.4, "joke": -2.6, "idiom": -1.8, "survey": -2.2, "opinion": -1.5,
    "retraction": -4.0, "quote": -5.0, "info": -1.6, "request": 0.9, "anger": 0.5, "duration": 0.4, "here": 0.5, "hurry": 0.6,
    "anonymous": 0.6, "plus": 0.0, "ack": -0.3, "quarrel": -1.6, "cue": 0.0,
}  # fmt: skip

SUPPRESSORS = frozenset(name for name, weight in WEIGHTS.items() if weight < -1)
KEPT_WHEN_ADDRESSED = frozenset({"retraction", "quote", "chain", "advert", "resolved"})


@dataclass(frozen=True, slots=True)
class Verdict:
    """The weighed answer: which matter, how sure."""

    kind: str
    category: str | None
    sub: str | None
    probability: float
    matches: tuple[Match, ...]  # of this category


def logit(p: float) -> float:
    return math.log(p / (1 - p))


def sigmoid(z: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, z))))


def votes(matches: Iterable[Match]) -> dict[tuple[str, str | None], list[Match]]:
    """Matches by what they decide; an emergency counts for the issue or service it is."""
    ballot: dict[tuple[str, str | None], list[Match]] = {}
    for match in matches:
        if match.rule.decides is not None:
            kind, category, _ = match.rule.decides
            ballot.setdefault((kind, category), []).append(match)
    return ballot


def strength(matches: Sequence[Match]) -> float:
    """How strongly the matches speak for one category, in logits."""
    scores = sorted((logit(match.rule.score) + _length_bonus(match) for match in matches), reverse=True)
    return scores[0] + 0.35 * sum(scores[1:3])


def _length_bonus(match: Match) -> float:
    return 0.12 * min(8, sum(len(word) for word in match.words) - 2)
