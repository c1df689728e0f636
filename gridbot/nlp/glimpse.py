"""The first glimpse of a text: one cheap pass after which most talk is known to be talk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum

from gridbot.nlp.features import EDGE, said
from gridbot.nlp.scan import Lookout

_WORTH = 0.15  # weight from which a piece is worth a glimpse: a quarter of them, three tenths of a text's
_MUCH = 1 << 40  # more than any text can weigh
_LEAST = -2.1  # rough sum below which nothing is reported: of 15,700 known reports by it none is lost
_STEPS = 1000  # of a unit


class Glimpsed(Enum):
    """What a text is at first sight."""

    TALK = "talk"  # nothing is reported or asked
    WEIGHTY = "weighty"  # no word of a rule or command and no digit, but it may weigh as much as a report
    ASKING = "asking"  # all else


_TALK, _WEIGHTY, _ASKING = Glimpsed.TALK, Glimpsed.WEIGHTY, Glimpsed.ASKING


class Glimpse:
    """Tells plain talk from what deserves a look, by few pieces that weigh much and words that ask for more.

    `weights` are those of pieces for "reports something", in thousandths, `bias` in units; `asking` are
    the words with which no text is talk at once. The small automaton and table stay in the processor's cache.
    """

    def __init__(self, weights: Mapping[str, int], bias: float, asking: Iterable[str]) -> None:
        worth = {piece: weight for piece, weight in weights.items() if abs(weight) >= _WORTH * _STEPS}
        self._weights = worth | dict.fromkeys([*asking, *"0123456789#"], _MUCH)
        self._weigh = self._weights.__getitem__
        self._seen = Lookout(self._weights).seen
        self._least = round((_LEAST - bias) * _STEPS)

    def of(self, text: str) -> Glimpsed:
        """What a short folded text is at first sight."""
        weight: int = sum(map(self._weigh, self._seen(f"{EDGE[0]}{said(text)}{EDGE[1]}")))
        return _TALK if weight < self._least else _WEIGHTY if weight < _MUCH // 2 else _ASKING
