"""Many sums for the price of one: rows of numbers as whole numbers, so that one addition adds a row."""

from __future__ import annotations

from collections.abc import Sequence
from struct import Struct

_BITS = 64
_FINE = 1_000_000  # steps of a unit, of weights and of values alike
_STEP = 1 / (_FINE * _FINE)


class Lanes:
    """Rows of `count` numbers, six decimals of a weight and of its value kept.

    A row packed is one whole number. Rows are added by adding these, after each was multiplied by
    `times` of its value. A sum may lie between a million and minus a million.
    """

    def __init__(self, count: int) -> None:
        self._struct = Struct(f"<{count}q")

    def pack(self, row: Sequence[float]) -> int:
        """A row as one number."""
        return sum(round(value * _FINE) << (_BITS * lane) for lane, value in enumerate(row))

    def unpack(self, packed: int) -> list[float]:
        """The row a number stands for, once multiplied; a borrow is the last of twelve decimals."""
        lanes = self._struct.unpack(packed.to_bytes(self._struct.size, "little", signed=True))
        return [lane * _STEP for lane in lanes]


def times(value: float) -> int:
    """What to multiply a packed row by."""
    return round(value * _FINE)
