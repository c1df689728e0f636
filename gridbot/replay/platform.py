"""The chat platform of a replay: it outlives every crash, and writes down whatever leaves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from gridbot.clock import Clock
from gridbot.messages import Address, Outgoing, Quote
from gridbot.transports.memory import MemoryTransport
from gridbot.values import value


@value(frozen=True, slots=True)
class Left:
    """A message that left, with the platform's id for it."""

    at: datetime
    id: str
    out: Outgoing


class Platform(MemoryTransport):
    """A MemoryTransport that keeps no more of the past than will be quoted or recalled.

    `wanted` are the ids of those messages, `tell` is called with every message that leaves.
    """

    def __init__(
        self, clock: Clock, wanted: frozenset[str], tell: Callable[[Left], None], *, name: str = "replay"
    ) -> None:
        super().__init__(name, "bot", clock=clock)
        self.wanted, self._tell = wanted, tell
        self._said: dict[tuple[str, str], tuple[Address, Quote]] = {}  # (lane, id), and ("", id) for the last

    def arrived(self, out: Outgoing, message_id: str) -> None:
        self.remember(out.say.to, message_id, out.say.text, self.account)
        self._tell(Left(self._clock.now(), message_id, out))

    def remember(self, where: Address, message_id: str, text: str, sender: str) -> None:
        """Somebody said this; kept only if it will be asked for."""
        if message_id in self.wanted:
            self._said[where.lane, message_id] = self._said["", message_id] = (
                where,
                Quote(message_id, text, sender),
            )

    def quoted(self, where: Address, message_id: str) -> Quote:
        """A message as a quote brings it along; without text if nobody ever said it."""
        known = self._said.get((where.lane, message_id)) or self._said.get(("", message_id))
        return known[1] if known else Quote(message_id)

    def knows(self, message_id: str) -> bool:
        return ("", message_id) in self._said

    def place_of(self, message_id: str) -> tuple[Address, str] | None:
        """Where a message was said and by whom."""
        known = self._said.get(("", message_id))
        return (known[0], known[1].sender or "") if known else None
