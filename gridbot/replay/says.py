"""What the bot said, one JSON line for every message that left, in order of leaving."""

from __future__ import annotations

import json
from datetime import tzinfo
from typing import IO

from gridbot.replay.platform import Left

DUMPED = json.JSONEncoder(ensure_ascii=False).encode


class Says:
    """Writes lines to an open file (or nowhere) and counts them."""

    def __init__(self, file: IO[str] | None, zone: tzinfo) -> None:
        self._file, self._zone = file, zone
        self.count = 0

    def __call__(self, left: Left) -> None:
        self.count += 1
        if self._file is not None:
            self._file.write(line(left, self._zone) + "\n")


def line(left: Left, zone: tzinfo) -> str:
    """One message as JSON; moments in the installation's zone."""
    say = left.out.say
    where = {"to": say.to.contact} if say.to.private else {"room": say.to.room}
    values = {
        "at": left.at.astimezone(zone).isoformat(),
        "id": left.id,
        **where,
        "text": say.text,
        "mentions": list(say.mentions),
        "quote": say.quote,
        "media": [item.kind.value for item in say.media],
        "about": dict(say.about),
    }
    return DUMPED(values)
