"""Declared against found, and who is missing: warnings, never errors."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from gridbot import profiles
from gridbot.models.territory import gaps
from gridbot.org.rows import Finding, Row
from gridbot.org.whole import Whole
from gridbot.profiles import Rank

STAND_INS = (Rank.LEADER, Rank.DEPUTY)  # who has the matters of a grid that nobody works
SHOWN = 20  # vacancies named one by one; the rest are counted

Ranks = Mapping[str, set[Rank]]
Rows = Mapping[str, Row]


def counts(whole: Whole, rows: Iterable[Row]) -> Iterator[Finding]:
    """Declared units of the nodes in the file against what was found.

    Offices count different things as units: of all counts the one that comes nearest is compared.
    """
    declared = [row for row in rows if whole.nodes[row.text("code")].declared is not None]
    if not declared:
        return
    posts = Counter(post.node for post in whole.posts)
    homes = Counter(whole.households.values())
    for row in declared:
        code = row.text("code")
        wanted = whole.nodes[code].declared or 0
        below = whole.below(code)
        found = {
            "个网格": sum(1 for each in below if whole.is_grid(each)),
            "户": sum(homes[each] for each in below),
            "个末级节点": sum(1 for each in below if not whole.children[each]),
            "个节点": len(below),
            "个下级节点": len(below) - 1,
            "个岗位": sum(posts[each] for each in below),
        }
        if whole.is_grid(code) and found["户"]:
            found = {"户": found["户"]}  # a grid with homes on file declares homes
        what, number = gaps.nearest(wanted, found)
        if number != wanted:
            said = f"{whole.nodes[code].name}申报 {wanted} 个，实有 {number} {what}"
            yield _warning(row, said, "照实有的导入；请核对是少列了还是多报了")


def vacancies(whole: Whole, rows: Iterable[Row]) -> Iterator[Finding]:
    """Grids without a worker and nodes without a leader, and what happens there meanwhile."""
    ranks: dict[str, set[Rank]] = defaultdict(set)
    for post in whole.posts:
        rules = whole.profile_of(post.node) or profiles.load("")
        ranks[post.node].add(rules.rank(post.role))
    if not ranks:
        yield Finding("staff.csv", None, "还没有工作人员", "事件没有人接；请补 staff.csv", fatal=False)
        return
    of = {row.text("code"): row for row in rows}
    yield from _few(_no_worker(whole, ranks, of), "个网格没有网格员")
    yield from _few(_no_leader(whole, ranks, of), "个节点没有负责人")


def _no_worker(whole: Whole, ranks: Ranks, of: Rows) -> Iterator[Finding]:
    for code in dict.fromkeys((*whole.grids(), *whole.lived_in())):
        if not _owned(whole, code) and _first_above(whole, code, ranks, Rank.WORKER) is None:
            meanwhile = _first_above(whole, code, ranks, *STAND_INS)
            then = "事件没有人接，请尽快补上"
            if meanwhile is not None:
                who = "负责人" if Rank.LEADER in ranks[meanwhile] else "副岗"
                then = f"事件先交给{whole.called(meanwhile)}的{who}"
            yield _at(of.get(code), f"{whole.called(code)}（{code}）没有网格员", then)


def _no_leader(whole: Whole, ranks: Ranks, of: Rows) -> Iterator[Finding]:
    chain: dict[str, None] = {}
    for code in whole.grids() or whole.lived_in():
        chain.update(dict.fromkeys(whole.upwards(code)))
    for code in chain:
        if Rank.LEADER not in ranks.get(code, ()) and not _told_otherwise(whole, code):
            above = _first_above(whole, code, ranks, Rank.LEADER)
            then = f"日报和催办送给{whole.called(above)}的负责人" if above else "日报和催办没有人收"
            yield _at(of.get(code), f"{whole.called(code)}（{code}）没有负责人", then)


def _owned(whole: Whole, code: str) -> bool:
    """A 专属 grid has its unit."""
    return bool(whole.unit(code))


def _told_otherwise(whole: Whole, code: str) -> bool:
    """No place at all, or one whose staffing the profile prescribes: its vacancies are named alone."""
    node, rules = whole.nodes[code], whole.profile_of(code) or profiles.load("")
    return (
        rules.territory.is_virtual(node.kind, node.name)
        or node.level in rules.territory.staffing
        or bool(whole.unit(code))
    )


def _first_above(whole: Whole, code: str, ranks: Ranks, *wanted: Rank) -> str | None:
    some = set(wanted)
    return next((each for each in whole.upwards(code) if some & set(ranks.get(each, ()))), None)


def _few(findings: Iterable[Finding], rest: str) -> Iterator[Finding]:
    """The first ones by themselves, the others as a number."""
    more, file = 0, "nodes.csv"
    for number, finding in enumerate(findings):
        if number < SHOWN:
            yield finding
        else:
            more, file = more + 1, finding.file
    if more:
        yield Finding(file, None, f"另有 {more} {rest}", "", fatal=False)


def _at(row: Row | None, what: str, hint: str) -> Finding:
    if row is None:
        return Finding("nodes.csv", None, what, hint, fatal=False)
    return _warning(row, what, hint)


def _warning(row: Row, what: str, hint: str) -> Finding:
    return Finding(row.file, row.line, what, hint, fatal=False)
