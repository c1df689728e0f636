"""How strongly rules speak, and for what."""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import lru_cache

from gridbot.nlp.match import Match


@lru_cache(maxsize=128)
def logit(p: float) -> float:
    return math.log(p / (1 - p))


def sigmoid(z: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, z))))


def powers(matches: Iterable[Match]) -> dict[str, float]:
    """How strongly the matches speak for each ``kind.category``, in logits.

    An emergency counts for the issue or service it is.
    """
    votes: dict[str, list[float]] = {}
    for match in matches:
        if (label := match.rule.label) is not None:
            votes.setdefault(label, []).append(logit(match.rule.score) + _length_bonus(match))
    return {label: _together(scores) for label, scores in votes.items()}


def _together(scores: list[float]) -> float:
    if len(scores) == 1:
        return scores[0]
    scores.sort(reverse=True)
    return scores[0] + 0.35 * sum(scores[1:3])


def _length_bonus(match: Match) -> float:
    return 0.12 * min(8, sum([len(hit[0]) for hit in match.hits]) - 2)
