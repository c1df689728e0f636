"""Many sums for the price of one: rows of numbers as whole numbers, so that one addition adds a row."""

from __future__ import annotations

from struct import Struct

_MIDDLE = float(3 << 51)
"""What every lane begins with, so that none falls below zero and borrows from the next."""

_BITS = 64
_ONE = Struct("<q").unpack(Struct("<d").pack(_MIDDLE))[0]
"""`_MIDDLE` bit for bit. What is added to these bits, up to 2**51, is added to the number they stand for."""


class Lanes:
    """Rows of `count` numbers, each a lane of 64 bits.

    A row is one whole number, the sum of what it holds `at` its lanes. Rows are added to `start` by adding
    these numbers, each once or as often as it weighs.
    """

    def __init__(self, count: int) -> None:
        self._struct = Struct(f"<{count}d")
        self.start = sum([_ONE << (_BITS * lane) for lane in range(count)])

    def at(self, lane: int, value: int) -> int:
        """A row that holds `value` in one lane and else nothing."""
        return value << (_BITS * lane)

    def unpack(self, total: int) -> list[int]:
        """What each lane of `start` and the rows that were added to it holds."""
        lanes = self._struct.unpack(total.to_bytes(self._struct.size, "little"))
        return [int(lane - _MIDDLE) for lane in lanes]
