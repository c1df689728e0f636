"""The org's own names for places, found in a text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ahocorasick_rs import AhoCorasick, MatchKind

from gridbot.nlp.slots.timewords import HAN
from gridbot.values import value

_SURROGATES = re.compile("[\ud800-\udfff]")


@value(frozen=True, slots=True)
class PlaceName:
    """A name of the org: `kind` estate (小区) fills `estate`, building only `node`, others `landmark`."""

    name: str
    aliases: tuple[str, ...] = ()
    kind: str = ""
    node: str | None = None


class Gazetteer:
    """The org's names, compiled once; a name that means two nodes keeps its name and loses its node."""

    def __init__(self, names: Sequence[PlaceName]) -> None:
        known: dict[str, PlaceName] = {}
        for name in names:
            for written in {name.name, *name.aliases}:
                if len(written) < 2:
                    continue
                other = known.get(written)
                known[written] = (
                    name if other is None or other.node == name.node else replace(other, node=None)
                )
        self._words = tuple(known)
        self._names = tuple(known.values())
        self._scan = AhoCorasick(list(known), matchkind=MatchKind.LeftmostLongest) if known else None

    def find(self, text: str) -> list[tuple[int, int, PlaceName]]:
        """(start, end, name) of every name in `text`; of overlapping ones the longest."""
        if self._scan is None:
            return []
        whole = _SURROGATES.sub("?", text)
        hits = [(s, e, self._names[i]) for i, s, e in self._scan.find_matches_as_indexes(whole)]
        return [hit for hit in hits if not _cut_from_number(text, hit[0])]


def _cut_from_number(text: str, start: int) -> bool:
    numerals = f"0123456789{HAN}"
    return start > 0 and text[start] in numerals and text[start - 1] in numerals
