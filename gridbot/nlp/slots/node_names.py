"""What people call a grid by: its name as the org writes it, and the name without its ending."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from gridbot.nlp.segment import everyday
from gridbot.nlp.slots.gazetteer import PlaceName

GRID = "grid"  # a kind that tells the node and no spot: 第一网格 is nowhere one could go and look
_ENDING = re.compile(r"(?:专属网格|微网格|网格|社区|片区)$")
_NUMBERED = re.compile(r"第?[0-9零一二三四五六七八九十百]+(?:号|楼|号楼|单元|组|栋|幢|排)?$")
_COMMON = 20  # how often a word of four characters is met before it counts as an everyday one


def node_names(grids: Iterable[tuple[str, str]]) -> list[PlaceName]:
    """The names of grids (code, name) that mean one of them alone and are no everyday words.

    东风市场网格 is called 东风市场 too; 第一网格 only in full; 学校网格 never 学校.
    """
    found = [(name, kind, code) for code, full in grids for name, kind in _names(full)]
    times = Counter(name for name, _, _ in found)
    return [PlaceName(name, (), kind, code) for name, kind, code in found if times[name] == 1]


def _names(full: str) -> Iterator[tuple[str, str]]:
    short = _ENDING.sub("", full)
    if _NUMBERED.search(short):
        if short != full:
            yield full, GRID
        return
    if short != full:
        yield full, ""
    if len(short) > 1 and not everyday(short, _COMMON if len(short) > 3 else 1):
        yield short, ""
