"""The table of contents: which handler answers which intent. One file a matter, all listed in ALL."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from gridbot.handlers.turn import Turn
from gridbot.messages import Say

Handler = Callable[[Turn], Awaitable[Sequence[Say]]]


class Routes:
    """Handlers of one matter by intent: a command's id, a question's kind (`?place`) or a reading's kind."""

    def __init__(self) -> None:
        self.table: dict[str, Handler] = {}

    def on(self, *intents: str) -> Callable[[Handler], Handler]:
        """Register a handler for these intents; an intent has one handler."""

        def register(handler: Handler) -> Handler:
            for intent in intents:
                assert intent not in self.table, intent
                self.table[intent] = handler
            return handler

        return register


def gathered(*parts: Routes) -> dict[str, Handler]:
    """All matters in one table; an intent claimed twice is a programming error."""
    table: dict[str, Handler] = {}
    for part in parts:
        for intent, handler in part.table.items():
            assert intent not in table, intent
            table[intent] = handler
    return table
