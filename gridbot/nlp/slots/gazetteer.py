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
    """The org's names, compiled once; a name that means two nodes keeps its name and loses its node.

    `beside`: names that many share, compiled for all of them; of a name that is in both this one's counts.
    """

    def __init__(self, names: Sequence[PlaceName], beside: Gazetteer | None = None) -> None:
        self._beside = beside
        known: dict[str, PlaceName] = {}
        for name in names:
            for written in {name.name, *name.aliases}:
                if len(written) < 2:
                    continue
                other = known.get(written)
                known[written] = (
                    name if other is None or other.node == name.node else replace(other, node=None)
                )
        self._names = tuple(known.values())
        self._scan = AhoCorasick(list(known), matchkind=MatchKind.LeftmostLongest) if known else None

    def find(self, text: str) -> list[tuple[int, int, PlaceName]]:
        """(start, end, name) of every name in `text`; of overlapping ones the longest."""
        whole = _SURROGATES.sub("?", text)
        hits = self._hits(whole)
        if self._beside is not None and (others := self._beside._hits(whole)):
            hits = _apart([*hits, *others])
        return [hit for hit in hits if not _cut_from_number(text, hit[0])]

    def _hits(self, text: str) -> list[tuple[int, int, PlaceName]]:
        if self._scan is None:
            return []
        return [(s, e, self._names[i]) for i, s, e in self._scan.find_matches_as_indexes(text)]


def _apart(hits: list[tuple[int, int, PlaceName]]) -> list[tuple[int, int, PlaceName]]:
    """From the left the longest that begins there, of equals the first named, and on from its end."""
    kept: list[tuple[int, int, PlaceName]] = []
    for hit in sorted(hits, key=lambda hit: (hit[0], -hit[1])):
        if not kept or hit[0] >= kept[-1][1]:
            kept.append(hit)
    return kept


def _cut_from_number(text: str, start: int) -> bool:
    numerals = f"0123456789{HAN}"
    return start > 0 and text[start] in numerals and text[start - 1] in numerals
