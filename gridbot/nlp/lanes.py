"""Many sums for the price of one: rows of numbers as whole numbers, so that one addition adds a row."""

from __future__ import annotations

from collections.abc import Sequence
from struct import Struct

_BITS = 64
_HALF = 1 << (_BITS - 1)
_FINE = 1_000_000  # steps of a unit, of weights and of values alike
_UNIT = _FINE * _FINE


class Lanes:
    """Rows of `count` numbers; six decimals of a weight and of its value are kept, and sums are exact.

    A row packed is one whole number. Rows are added by adding these, after each was multiplied by
    `times` of its value. A sum may lie between a million and minus a million.
    """

    def __init__(self, count: int) -> None:
        self._struct = Struct(f"<{count}Q")
        self._lift = sum(_HALF << (_BITS * lane) for lane in range(count))  # so that no lane borrows

    def pack(self, row: Sequence[float]) -> int:
        """A row as one number."""
        return sum(round(value * _FINE) << (_BITS * lane) for lane, value in enumerate(row))

    def unpack(self, packed: int) -> list[float]:
        """The row a number stands for, once multiplied."""
        lanes = self._struct.unpack((packed + self._lift).to_bytes(self._struct.size, "little"))
        return [(lane - _HALF) / _UNIT for lane in lanes]


def times(value: float) -> int:
    """What to multiply a packed row by."""
    return round(value * _FINE)
