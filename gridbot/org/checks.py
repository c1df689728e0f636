"""What is wrong, or odd, in an org: references, circles, counts, vacancies. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches

from gridbot import profiles
from gridbot.errors import BadInput
from gridbot.org.rows import NOTHING, Finding, Known, NodeFact, OrgFiles, PostFact, Row
from gridbot.org.sheets import SHEETS, Sheet
from gridbot.profiles import Profile, Rank
from gridbot.workdays import parse_hours

SHOWN = 20  # vacancies named one by one; the rest are counted


def examine(files: OrgFiles, known: Known = NOTHING) -> list[Finding]:
    """Everything found in the files, seen together with what the installation holds already.

    Errors (`fatal`) and warnings, in order of the files; what was found while reading comes first.
    """
    return [*files.findings, *_Checks(files, known).all()]


def _error(row: Row, what: str, hint: str) -> Finding:
    return Finding(row.file, row.line, what, hint, fatal=True)


def _warning(row: Row, what: str, hint: str = "") -> Finding:
    return Finding(row.file, row.line, what, hint, fatal=False)


class _Checks:
    """The files laid over what is there."""

    def __init__(self, files: OrgFiles, known: Known) -> None:
        self.files = files
        self.nodes = dict(known.nodes)
        for row in files.rows("nodes"):
            self.nodes[row.text("code")] = _node_fact(row, known.nodes.get(row.text("code")))
        named = {row.text("id") for row in files.rows("staff")}
        self.posts = [post for post in known.posts if post.staff not in named]
        self.posts += [_post_fact(row) for row in files.rows("staff")]
        households = {row.text("id"): row.text("node") for row in files.rows("households")}
        self.households: Mapping[str, str] = {**known.households, **households}
        self.children: dict[str, list[str]] = defaultdict(list)
        for code, node in self.nodes.items():
            self.children[node.parent].append(code)

    def all(self) -> Iterator[Finding]:
        for sheet in SHEETS:
            yield from self.duplicates(sheet)
        yield from self.tree()
        yield from self.staff()
        yield from self.departments()
        yield from self.rooms()
        for row in self.files.rows("households"):
            yield from self.refers(row, "node")
            yield from self.classes(row, row.text("node"))
        for row in self.files.rows("residents"):
            yield from self.resident(row)
        for row in self.files.rows("places"):
            yield from self.refers(row, "node")
        yield from self.counts()
        yield from self.vacancies()

    def duplicates(self, sheet: Sheet) -> Iterator[Finding]:
        seen: dict[tuple[object, ...], Row] = {}
        for row in self.files.rows(sheet.name):
            key = tuple(row.values.get(column) for column in sheet.key)
            if sheet.name == "residents" and not row.text("name"):
                key = (row.text("household"), row.text("contact"))
            if sheet.name == "rooms" and not row.text("room"):
                continue
            first = seen.setdefault(key, row)
            if first is not row:
                shown = " ".join(str(part) for part in key if part)
                yield _error(row, f"{shown} 与第 {first.line} 行重复", "请只留一行，或改成不同的编号")

    def tree(self) -> Iterator[Finding]:
        rows = self.files.rows("nodes")
        for row in rows:
            code, parent, profile = row.text("code"), row.text("parent"), row.text("profile")
            if parent == code:
                yield _error(row, f"{code} 的上级是它自己", "最上一级请把 parent 留空")
            elif parent:
                yield from self.refers(row, "parent")
            if profile and profile not in profiles.names():
                yield _error(row, f"没有名为 {profile} 的规则集", f"可以写：{'、'.join(profiles.names())}")
        yield from self.circles(rows)
        for row in rows:
            level = row.text("level")
            rules = self.profile_of(row.text("code"))
            if level and rules is not None and rules.level_index(level) is None:
                hint = f"规则集“{rules.zh}”的层级有：{'、'.join(rules.levels)}；照原样导入"
                yield _warning(row, f"规则集里没有“{level}”这一级", hint)

    def circles(self, rows: Iterable[Row]) -> Iterator[Finding]:
        safe: set[str] = {""}
        for row in rows:
            path: list[str] = []
            code = row.text("code")
            while code not in safe and code in self.nodes and code not in path:
                path.append(code)
                code = self.nodes[code].parent
            if code in path and len(path[path.index(code) :]) > 1:
                around = " → ".join([*path[path.index(code) :], code])
                yield _error(row, f"上级绕成了一圈：{around}", "请改正其中一个的 parent")
            safe.update(path)

    def staff(self) -> Iterator[Finding]:
        ids = {post.staff for post in self.posts}
        names: dict[str, Row] = {}
        contacts: dict[str, str] = {}
        for row in self.files.rows("staff"):
            yield from self.refers(row, "node")
            yield from self.hours(row)
            deputy_of, staff, contact = row.text("deputy_of"), row.text("id"), row.text("contact")
            if deputy_of and deputy_of not in ids:
                yield _error(row, f"deputy_of 的“{deputy_of}”不在人员里", _instead(deputy_of, ids))
            elif deputy_of and deputy_of == staff:
                yield _error(row, f"{staff} 不能做自己的副岗", "请写另一个人的 id，或留空")
            first = names.setdefault(staff, row)
            if first.text("name") != row.text("name"):
                what = f"{staff} 在第 {first.line} 行叫另一个名字"
                yield _error(row, what, "同一个人请用同一个名字，另一个人请换 id")
            if contact and contacts.setdefault(contact, staff) != staff:
                what = f"账号 {contact} 已是 {contacts[contact]} 的"
                yield _warning(row, what, "一个账号对应一个人，机器人会按先写的那个人对待")

    def departments(self) -> Iterator[Finding]:
        rules = profiles.load("")
        for row in self.files.rows("departments"):
            if row.text("node"):
                yield from self.refers(row, "node")
            yield from self.hours(row)
            for word in row.listed("categories"):
                if rules.category_word(word) is None:
                    hint = "请写类别的编号或名称，例如 public_facility 或 公共设施"
                    yield _warning(row, f"没有“{word}”这个类别，派单时用不上", hint)

    def rooms(self) -> Iterator[Finding]:
        for row in self.files.rows("rooms"):
            yield from self.refers(row, "node")
            if not row.text("room"):
                yield _warning(row, "还没有群号，先不建这个群", "机器人进群后由网格长绑定，或补上群号再导入")

    def resident(self, row: Row) -> Iterator[Finding]:
        household = row.text("household")
        if household not in self.households:
            yield _error(row, f"没有住户“{household}”", _instead(household, self.households))
        elif not row.text("name") and not row.text("contact"):
            yield _error(row, "既没有姓名也没有账号", "请至少写一样")
        yield from self.classes(row, self.households.get(household, ""))

    def classes(self, row: Row, node: str) -> Iterator[Finding]:
        rules = self.profile_of(node) or profiles.load("")
        for word in row.listed("classes"):
            if word not in rules.visits:
                yield _warning(row, f"没有“{word}”这一类的走访周期", "照原样记下，按普通家庭走访")

    def hours(self, row: Row) -> Iterator[Finding]:
        text = row.text("hours")
        if text:
            try:
                parse_hours(text)
            except BadInput:
                yield _error(row, f"hours 的“{text}”看不懂", "请写成 08:30-12:00;14:00-17:30 的样子")

    def refers(self, row: Row, column: str) -> Iterator[Finding]:
        code = row.text(column)
        if code not in self.nodes:
            yield _error(row, f"{column} 的“{code}”不在层级节点里", _instead(code, self.nodes))

    def profile_of(self, code: str) -> Profile | None:
        """The profile in force at a node; None where the chain is broken."""
        for _ in range(64):
            node = self.nodes.get(code)
            if node is None:
                break
            if node.profile:
                return profiles.load(node.profile) if node.profile in profiles.names() else None
            code = node.parent
        return profiles.load("")

    def counts(self) -> Iterator[Finding]:
        """Declared units against what was found, by the count that comes nearest."""
        rows = self.files.rows("nodes")
        declared = [row for row in rows if self.nodes[row.text("code")].declared is not None]
        if not declared:
            return
        posts = Counter(post.node for post in self.posts)
        homes = Counter(self.households.values())
        for row in declared:
            code = row.text("code")
            wanted = self.nodes[code].declared or 0
            below = self.below(code)
            found = {
                "个网格": sum(1 for each in below if self.is_grid(each)),
                "户": sum(homes[each] for each in below),
                "个末级节点": sum(1 for each in below if not self.children[each]),
                "个节点": len(below),
                "个下级节点": len(below) - 1,
                "个岗位": sum(posts[each] for each in below),
            }
            what, number = min(found.items(), key=lambda each: abs(each[1] - wanted))
            if number != wanted:
                name = self.nodes[code].name
                said = f"{name}申报 {wanted} 个，实有 {number} {what}"
                yield _warning(row, said, "照实有的导入；请核对是少列了还是多报了")

    def below(self, code: str) -> list[str]:
        """The node and all below it."""
        found = [code]
        for each in found:  # grows while it is walked; circles have been refused
            found.extend(child for child in self.children[each] if child != code)
            if len(found) > len(self.nodes):
                break
        return found

    def vacancies(self) -> Iterator[Finding]:
        if not any(self.files.rows(name) for name in ("nodes", "staff", "households")):
            return
        ranks: dict[str, set[Rank]] = defaultdict(set)
        for post in self.posts:
            rules = self.profile_of(post.node) or profiles.load("")
            ranks[post.node].add(rules.rank(post.role))
        if not ranks:
            yield Finding("staff.csv", None, "还没有工作人员", "事件没有人接；请补 staff.csv", fatal=False)
            return
        rows = {row.text("code"): row for row in self.files.rows("nodes")}
        grids = self.grids()
        yield from _few(self.no_worker(grids, ranks, rows), "个网格没有网格员")
        yield from _few(self.no_leader(grids, ranks, rows), "个节点没有负责人")

    def grids(self) -> list[str]:
        """Nodes with households, and those at the level of grids."""
        lived_in = set(self.households.values())
        found = []
        for code in self.nodes:
            if code in lived_in or self.is_grid(code):
                found.append(code)
        return found

    def is_grid(self, code: str) -> bool:
        """Is this node of a level that the profile calls a grid?"""
        rules = self.profile_of(code)
        return rules is not None and self.nodes[code].level in rules.grid_levels

    def no_worker(
        self, grids: Iterable[str], ranks: Mapping[str, set[Rank]], rows: Mapping[str, Row]
    ) -> Iterator[Finding]:
        for code in grids:
            held = {rank for each in (code, *self.children[code]) for rank in ranks.get(each, ())}
            if not held & {Rank.WORKER, Rank.DEPUTY}:
                above = self.first_above(code, ranks, {Rank.WORKER, Rank.LEADER})
                then = f"事件先交给{self.nodes[above].name}" if above else "事件没有人接，请尽快补上"
                yield self.at(rows.get(code), f"{self.nodes[code].name}（{code}）没有网格员", then)

    def no_leader(
        self, grids: Iterable[str], ranks: Mapping[str, set[Rank]], rows: Mapping[str, Row]
    ) -> Iterator[Finding]:
        chain: dict[str, None] = {}
        for code in grids:
            for each in self.upwards(code):
                chain[each] = None
        for code in chain:
            if Rank.LEADER not in ranks.get(code, ()):
                above = self.first_above(code, ranks, {Rank.LEADER})
                then = f"日报和催办送给{self.nodes[above].name}的负责人" if above else "日报和催办没有人收"
                yield self.at(rows.get(code), f"{self.nodes[code].name}（{code}）没有负责人", then)

    def upwards(self, code: str) -> Iterator[str]:
        seen: set[str] = set()
        while code in self.nodes and code not in seen:
            seen.add(code)
            yield code
            code = self.nodes[code].parent

    def first_above(self, code: str, ranks: Mapping[str, set[Rank]], wanted: set[Rank]) -> str | None:
        return next((each for each in self.upwards(code) if ranks.get(each, set()) & wanted), None)

    def at(self, row: Row | None, what: str, hint: str) -> Finding:
        if row is None:
            return Finding("nodes.csv", None, what, hint, fatal=False)
        return _warning(row, what, hint)


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


def _instead(wrong: str, right: Iterable[str]) -> str:
    options = sorted(right)
    near = get_close_matches(wrong, options, n=3, cutoff=0.5) if len(options) < 20_000 else []
    near = near or options[:3]
    return f"可以写：{'、'.join(near)}，或先补上它" if near else "请先补上它"


def _node_fact(row: Row, before: NodeFact | None) -> NodeFact:
    def kept(column: str, old: str) -> str:
        return row.text(column) if column in row.values else old

    old = before or NodeFact("", "", "", "")
    declared = row.values.get("declared_units", old.declared)
    return NodeFact(
        kept("parent", old.parent),
        row.text("name"),
        kept("level", old.level),
        kept("profile", old.profile),
        declared if isinstance(declared, int) else None,
    )


def _post_fact(row: Row) -> PostFact:
    return PostFact(*(row.text(column) for column in ("id", "name", "role", "node", "contact")))
