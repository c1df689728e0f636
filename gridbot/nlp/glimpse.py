"""The first glimpse of a text: one cheap pass after which most talk is known to be talk."""

from __future__ import annotations

from collections.abc import Mapping

from gridbot.nlp import swift

_WORTH = 150  # thousandths from which a piece is worth a glimpse: a quarter of them, three tenths of a text's
_LEAST = -2100
"""Thousandths of a rough sum below which nothing is reported: of 15,700 known reports none is lost."""


class Glimpse:
    """Weighs a text by few pieces that weigh much, and hears the words that ask for more than a glimpse.

    `weights` are those of pieces for "reports something" and `bias` what every text begins with, in
    thousandths; `kinds` are the bits of words that ask for more. The table is small and stays in the
    processor's cache.
    """

    def __init__(self, weights: Mapping[str, int], bias: int, kinds: Mapping[str, int]) -> None:
        worth = {piece: weight for piece, weight in weights.items() if abs(weight) >= _WORTH}
        self.of = swift.Tally(worth, kinds).of
        """What a text, its ends marked, weighs roughly, and the bits of the words in it."""
        self.least = _LEAST - bias
        """What weighs less is light, as talk is."""
