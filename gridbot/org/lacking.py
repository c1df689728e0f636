"""What the org will lack after the import: vacant posts, grids too large, departments and places."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC
from functools import cache

from gridbot import profiles
from gridbot.models.territory import gaps
from gridbot.org.rows import Finding, Row
from gridbot.org.whole import Whole
from gridbot.texts import Texts

SHOWN = 10  # gaps of one sort named one by one; the rest are counted
ORDER = ("large", "small", "post", "fixed", "facility")


def lacking(whole: Whole, rows: Sequence[Row]) -> Iterator[Finding]:
    """Warnings for what the staffing template, the size band, 四定 and the facilities ask for."""
    found = gaps.found(whole.spots(), lambda code: _rules(whole, code), whole.is_grid)
    of = {row.text("code"): row for row in rows}
    sorts: dict[str, list[gaps.Gap]] = defaultdict(list)
    for several in found.values():
        for gap in several:
            sorts[gap.what].append(gap)
    for what in ORDER:
        for gap in sorts[what][:SHOWN]:
            yield _at(of.get(gap.code), _say(f"gaps.{what}", gap.params), _say(f"gaps.{what}_hint", {}))
        if (more := len(sorts[what]) - SHOWN) > 0:
            yield _at(None, _say(f"gaps.{what}_more", {"count": more}), "")


def departments(whole: Whole) -> Iterator[Finding]:
    """Categories for which nobody outside the tree answers, where the profile expects somebody."""
    has = gaps.categories_at((each.node, each.categories) for each in whole.departments)
    answering = gaps.Answering(has, whole.children, whole.upwards, whole.is_grid)
    for top in whole.beginnings():
        rules = _rules(whole, top)
        for category in rules.territory.expected:
            nodes = answering.bare(top, category)
            if nodes:
                names = "、".join(whole.nodes[code].name for code in nodes[:SHOWN])
                more = _say("gaps.and_more", {"count": len(nodes)}) if len(nodes) > SHOWN else ""
                said = _say("gaps.department", {"node": names + more, "what": rules.category(category).zh})
                yield Finding("departments.csv", None, said, _say("gaps.department_hint", {}), fatal=False)


def places(whole: Whole, rows: Sequence[Row]) -> Iterator[Finding]:
    """Places that lie in no grid: nobody would be sent there."""
    bare = [row for row in rows if not row.text("node")]
    for row in bare[:SHOWN]:
        yield _at(row, _say("gaps.place", {"place": row.text("name")}), _say("gaps.place_hint", {}))
    if (more := len(bare) - SHOWN) > 0:
        yield _at(bare[0], _say("gaps.place_more", {"count": more}), "")


def _rules(whole: Whole, code: str) -> profiles.Profile:
    return whole.profile_of(code) or profiles.load("")


@cache
def _texts() -> Texts:
    return Texts.load(UTC)


def _say(key: str, params: Mapping[str, object]) -> str:
    return _texts().say(key, **params)


def _at(row: Row | None, what: str, hint: str) -> Finding:
    if row is None:
        return Finding("nodes.csv", None, what, hint, fatal=False)
    return Finding(row.file, row.line, what, hint, fatal=False)
