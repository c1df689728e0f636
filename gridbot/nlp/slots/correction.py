"""Which place is meant where somebody puts right what he said: 不是3号楼 是4号楼."""

from __future__ import annotations

from gridbot.nlp.reading import Place
from gridbot.nlp.slots import place
from gridbot.nlp.slots.place import Gazetteer

_IS, _NOT = "是", ("不是", "非是")


def meant(text: str, gazetteer: Gazetteer | None = None) -> Place | None:
    """The place after the last 是 that denies nothing, else the only one that is not denied."""
    parts, at = [], 0
    while (found := text.find(_IS, at)) >= 0:
        if not text[: found + 1].endswith(_NOT):
            parts.append(text[found + 1 :])
        at = found + 1
    denied = any(word in text for word in _NOT)
    for part in (*reversed(parts), *(() if denied else (text,))):
        if (known := place.find(part, gazetteer)) is not None and (known.text or known.landmark):
            return known
    return None
