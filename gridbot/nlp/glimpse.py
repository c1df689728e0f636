"""The first glimpse of a text: one cheap pass after which most talk is known to be talk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from gridbot.nlp.features import EDGE
from gridbot.nlp.scan import Lookout

_WEIGHTY = 0.15  # weight from which a piece is worth a glimpse: a quarter of them, three tenths of a text's
_MUCH = 1 << 40  # more than any text can weigh
_TALK = -2.1  # rough sum below which nothing is reported: of 15,700 known reports by it none is lost
_STEPS = 1000  # of a unit


class Glimpse:
    """Tells plain talk from what deserves a look, by few pieces that weigh much and words that ask for more.

    `weights` are those of pieces for "reports something", in thousandths, `bias` in units; `asking` are
    the words with which no text is talk at once. The small automaton and table stay in the processor's cache.
    """

    def __init__(self, weights: Mapping[str, int], bias: float, asking: Iterable[str]) -> None:
        worth = {piece: weight for piece, weight in weights.items() if abs(weight) >= _WEIGHTY * _STEPS}
        self._weights = worth | dict.fromkeys([*asking, *"0123456789#"], _MUCH)
        self._weigh = self._weights.__getitem__
        self._seen = Lookout(self._weights).seen
        self._least = round((_TALK - bias) * _STEPS)

    def is_talk(self, text: str) -> bool:
        """Whether a short folded text plainly reports nothing, asks nothing, and has no digit."""
        weight: int = sum(map(self._weigh, self._seen(f"{EDGE[0]}{text}{EDGE[1]}")))
        return weight < self._least
