"""What people are called, asked once and kept until the platform says that something changed."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable

from gridbot.errors import TransportError

Ask = Callable[[str | None, str], Awaitable[str]]
Key = tuple[str | None, str]


class Names:
    """Names by (group or None, contact id). Several who ask for the same at once share one call."""

    def __init__(self, ask: Ask, *, keep: int = 20_000) -> None:
        self._ask, self._keep = ask, keep
        self._known: OrderedDict[Key, asyncio.Task[str]] = OrderedDict()

    async def of(self, contact: str, room: str | None = None) -> str:
        """The name somebody goes by there; "" where it cannot be had now."""
        if not contact:
            return ""
        key = (room, contact)
        asking = self._known.get(key)
        if asking is None:
            asking = self._known[key] = asyncio.ensure_future(self._ask_for(key))
            if len(self._known) > self._keep:
                self._known.popitem(last=False)
        return asking.result() if asking.done() else await asyncio.shield(asking)

    def forget_room(self, room: str) -> None:
        """People came, left or changed their names there."""
        for key in [key for key in self._known if key[0] == room]:
            del self._known[key]

    def forget_contact(self, contact: str) -> None:
        """Somebody changed his name."""
        for key in [key for key in self._known if key[1] == contact]:
            del self._known[key]

    def close(self) -> None:
        """Ask no further."""
        for asking in self._known.values():
            asking.cancel()
        self._known.clear()

    async def _ask_for(self, key: Key) -> str:
        try:
            return await self._ask(*key)
        except TransportError:
            self._known.pop(key, None)
            return ""
