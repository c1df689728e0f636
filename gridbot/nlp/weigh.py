"""How strongly rules speak, and for what."""

from __future__ import annotations

from collections.abc import Iterable
from math import exp

from gridbot.nlp.laying import Match


def sigmoid(z: float) -> float:
    if z > 30.0:
        z = 30.0
    elif z < -30.0:
        z = -30.0
    return 1 / (1 + exp(-z))


def powers(matches: Iterable[Match]) -> dict[str, float]:
    """How strongly the matches speak for each ``kind.category``, in logits.

    An emergency counts for the issue or service it is.
    """
    # plain loops: for the one or two matches of most texts they cost half of what comprehensions do
    power: dict[str, float] = {}
    votes: dict[str, list[float]] = {}  # of the labels for which more than one speaks
    for rule, _, _, length in matches:
        label = rule.label
        if label is None:
            continue
        vote = rule.logit + 0.12 * (8 if length > 10 else length - 2)
        if label not in power:
            power[label] = vote
        else:
            votes.setdefault(label, [power[label]]).append(vote)
    for label, several in votes.items():
        power[label] = _together(several)
    return power


def _together(votes: list[float]) -> float:
    votes.sort(reverse=True)
    return votes[0] + 0.35 * sum(votes[1:3])
