"""What the weights look at: pieces of the text, and which rules and signs of context hold."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from operator import add

from gridbot.nlp import weigh
from gridbot.nlp.match import Match

_DIGITS = re.compile(r"[0-9]+")
EDGE = ("^", "$")


def dressed(text: str) -> str:
    """`text` (folded, plain) as the weights see it: numbers alike, both ends marked."""
    return f"{EDGE[0]}{_DIGITS.sub('0', text)}{EDGE[1]}"


def pieces(text: str) -> set[str]:
    """All single characters and pairs of a dressed text."""
    return {*text, *map(add, text, text[1:])}


def signs(matches: Iterable[Match]) -> dict[str, float]:
    """``R:…`` for rules, ``C:…`` for signs of context, ``X:…`` for the same beside a rule."""
    found = list(matches)
    power = powers(found)
    values: dict[str, float] = {}
    if power:
        values["R:any"] = 1.0
        values["R:top"] = max(power.values()) / 2
        values["R:number"] = min(3.0, float(len(power)))
    for match in found:
        head, feature = _kind(match.rule.id)
        if head == "emergency":
            values["R:emergency"] = 1.0
        if head == "context":
            values[f"C:{feature}"] = 1.0
            if power:
                values[f"X:{feature}"] = 1.0
    return values


@lru_cache(maxsize=4096)
def _kind(rule_id: str) -> tuple[str, str]:
    head, feature, *_ = rule_id.split(".")
    return head, feature


def powers(matches: Iterable[Match]) -> dict[str, float]:
    """How strongly the rules speak for each ``kind.category``."""
    return {
        f"{kind}.{category}": weigh.strength(held) for (kind, category), held in weigh.votes(matches).items()
    }


def labels(power: dict[str, float]) -> dict[str, float]:
    """The numbers for choosing a category: ``P:…`` the power of each, ``B:…`` the strongest."""
    values = {f"P:{label}": value for label, value in power.items()}
    if power:
        values[f"B:{max(power, key=lambda label: (power[label], label))}"] = 2.0
    return values
