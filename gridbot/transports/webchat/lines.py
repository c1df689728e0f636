"""What a conversation holds: its lines, the newest few hundred of them, in memory only."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from gridbot.messages import Address, Attachment, Button, Quote


@dataclass(frozen=True, slots=True)
class Line:
    """One message as everybody in the conversation sees it. `gone`: its sender took it back."""

    id: str
    sender: str
    name: str
    text: str
    at: datetime  # UTC
    quote: Quote | None = None
    mentions: tuple[str, ...] = ()
    media: tuple[Attachment, ...] = ()
    buttons: tuple[Button, ...] = ()
    about: Mapping[str, int] = field(default_factory=dict)
    gone: bool = False


@dataclass(frozen=True, slots=True)
class TakenBack:
    """A line was taken back by its sender."""

    id: str
    sender: str


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody wants to say. `quote` is the id of a line of the same conversation."""

    where: Address
    sender: str
    id: str
    text: str = ""
    name: str = ""
    at: datetime | None = None  # default: now
    quote: str | None = None
    mentions: tuple[str, ...] = ()
    media: tuple[Attachment, ...] = ()


class Ring:
    """The last lines of one conversation, oldest first; a line is known by its sender and its id."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._lines: OrderedDict[tuple[str, str], Line] = OrderedDict()
        self.read_back = False  # whether what was said before the start has been merged in

    def add(self, line: Line) -> bool:
        """Append a line; False where it is there already."""
        key = (line.sender, line.id)
        if key in self._lines:
            return False
        self._lines[key] = line
        while len(self._lines) > self._limit:
            self._lines.popitem(last=False)
        return True

    def known(self, sender: str, line_id: str) -> Line | None:
        return self._lines.get((sender, line_id))

    def find(self, line_id: str) -> Line | None:
        """The newest line with this id, whoever wrote it."""
        return next((line for line in reversed(self._lines.values()) if line.id == line_id), None)

    def take_back(self, line: Line) -> None:
        """Forget what the line said; that there was one stays visible."""
        gone = replace(line, text="", media=(), quote=None, mentions=(), gone=True)
        self._lines[line.sender, line.id] = gone

    def merge(self, earlier: Iterable[Line]) -> None:
        """Put lines read back from elsewhere where they belong in time; a known line stays as it is.

        Of the same moment the known lines come first: they are what was answered.
        """
        merged = dict(self._lines)
        for line in earlier:
            merged.setdefault((line.sender, line.id), line)
        newest = sorted(merged.values(), key=lambda line: line.at)[-self._limit :]
        self._lines = OrderedDict(((line.sender, line.id), line) for line in newest)

    def lines(self) -> list[Line]:
        return list(self._lines.values())
