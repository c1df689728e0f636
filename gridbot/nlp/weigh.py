"""How strongly rules speak, and for what."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from gridbot.nlp.match import Match


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
    scores = [logit(match.rule.score) + _length_bonus(match) for match in matches]
    if len(scores) == 1:
        return scores[0]
    scores.sort(reverse=True)
    return scores[0] + 0.35 * sum(scores[1:3])


def _length_bonus(match: Match) -> float:
    return 0.12 * min(8, sum([len(hit[0]) for hit in match.hits]) - 2)
