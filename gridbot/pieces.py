"""What somebody says in several short messages: 我婆婆, and a moment later 躺地上叫不醒.

Of talk nothing is stored. The last words of a person are known for a minute, in memory alone, so that the
next ones may be read together with them.
"""

from __future__ import annotations

from collections.abc import Hashable
from datetime import datetime, timedelta

from gridbot.values import value

WITHIN = timedelta(seconds=60)  # whoever goes on later begins anew
LONGEST = 30  # characters of a piece; a longer message says by itself what it has to say
MOST = 80  # characters of all pieces
PEOPLE = 2000


@value(frozen=True, slots=True)
class _Said:
    at: datetime
    text: str


class Pieces:
    """The last unclear words of each person in each place, for as long as they may be gone on with."""

    def __init__(self) -> None:
        self._last: dict[Hashable, _Said] = {}

    def with_(self, who: Hashable, at: datetime, text: str) -> str:
        """This person's words of a moment ago and these; "" where he goes on with nothing."""
        last = self._last.get(who)
        if last is None or not text.strip() or len(text) > LONGEST or not last.at <= at <= last.at + WITHIN:
            return ""
        joined = f"{last.text} {text}"
        return joined if len(joined) <= MOST else ""

    def keep(self, who: Hashable, at: datetime, text: str) -> None:
        """These words told nothing: the next ones may complete them."""
        joined = self.with_(who, at, text)
        self.settle(who)
        if not text.strip() or len(text) > LONGEST:
            return
        if len(self._last) >= PEOPLE:
            del self._last[next(iter(self._last))]  # whoever spoke longest ago
        self._last[who] = _Said(at, joined or text)

    def settle(self, who: Hashable) -> None:
        """What this person said has been understood, or was nothing to go on with."""
        self._last.pop(who, None)
