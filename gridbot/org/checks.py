"""What is wrong, or odd, in an org. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from gridbot import profiles
from gridbot.errors import BadInput
from gridbot.org.lacking import departments, lacking, places
from gridbot.org.rows import NOTHING, Finding, Known, OrgFiles, Row
from gridbot.org.sheets import SHEETS, Sheet
from gridbot.org.staffing import counts, vacancies
from gridbot.org.whole import Whole
from gridbot.profiles import Profile
from gridbot.workdays import parse_hours

ORDINARY = "基础"  # the kind of a grid that is nothing else
ADVICE = 20  # broken references for which a like one is looked for


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
    """Row by row: references, duplicates, circles, and words the profile does not know."""

    def __init__(self, files: OrgFiles, known: Known) -> None:
        self.files, self.whole = files, Whole(files, known)
        self.advised = 0

    def all(self) -> Iterator[Finding]:
        for sheet in SHEETS:
            yield from self.duplicates(sheet)
        yield from self.tree()
        yield from self.staff()
        yield from self.deputies()
        yield from self.departments()
        yield from self.rooms()
        for row in self.files.rows("households"):
            yield from self.refers(row, "node")
            yield from self.classes(row, row.text("node"))
        for row in self.files.rows("residents"):
            yield from self.resident(row)
        for row in self.files.rows("places"):
            if row.text("node"):
                yield from self.refers(row, "node")
        yield from places(self.whole, self.files.rows("places"))
        nodes = self.files.rows("nodes")
        yield from counts(self.whole, nodes)
        if any(self.files.rows(name) for name in ("nodes", "staff", "households")):
            yield from vacancies(self.whole, nodes)
            yield from lacking(self.whole, nodes)
        if self.files.rows("nodes") or self.files.rows("departments"):
            yield from departments(self.whole)

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
            yield from self.owner(row)
        yield from self.circles(rows)
        for row in rows:
            yield from self.rank(row)
            level = row.text("level")
            rules = self.whole.profile_of(row.text("code"))
            if level and rules is not None and rules.level_index(level) is None:
                hint = f"规则集“{rules.zh}”的层级有：{'、'.join(rules.levels)}；照原样导入"
                yield _warning(row, f"规则集里没有“{level}”这一级", hint)
            yield from self.kind(row, rules)

    def kind(self, row: Row, rules: Profile | None) -> Iterator[Finding]:
        """A kind of grid nobody knows has no rules of its own: most likely it is misspelt."""
        name = row.text("kind")
        if not name or rules is None:
            return
        known = {ORDINARY, *rules.territory.kinds, *rules.territory.own, *rules.territory.virtual}
        if name not in known:
            hint = f"可以写：{'、'.join(sorted(known))}；照原样导入，按普通网格办"
            yield _warning(row, f"没有“{name}”这一类网格", hint)

    def owner(self, row: Row) -> Iterator[Finding]:
        """A 专属 grid has a unit whose own it is."""
        owner, code = row.text("owner"), row.text("code")
        ids = {each.id for each in self.whole.departments}
        if owner and owner not in ids:
            yield _error(row, f"owner 的“{owner}”不在部门里", self.instead(owner, ids))
        node = self.whole.nodes[code]
        rules = self.whole.profile_of(code)
        if rules is not None and node.kind in rules.territory.own and not self.whole.unit(code):
            yield _warning(
                row, f"{node.name}是专属网格，没有写归哪个单位", "请在 owner 写单位的 id；之前按普通网格办"
            )

    def rank(self, row: Row) -> Iterator[Finding]:
        """A node lies below a node of a higher level of the same profile."""
        code = row.text("code")
        node, above = self.whole.nodes[code], self.whole.nodes.get(self.whole.nodes[code].parent)
        rules = self.whole.profile_of(code)
        if above is None or rules is None:
            return
        here, there = rules.level_index(node.level), rules.level_index(above.level)
        if here is not None and there is not None and here < there:
            what = f"{node.name}是{node.level}，却在{above.level}“{above.name}”下面"
            yield _warning(row, what, f"规则集“{rules.zh}”从上到下是：{'、'.join(rules.levels)}；照原样导入")

    def circles(self, rows: Iterable[Row]) -> Iterator[Finding]:
        safe: set[str] = {""}
        for row in rows:
            path: list[str] = []
            code = row.text("code")
            while code not in safe and code in self.whole.nodes and code not in path:
                path.append(code)
                code = self.whole.nodes[code].parent
            if code in path and len(path[path.index(code) :]) > 1:
                around = " → ".join([*path[path.index(code) :], code])
                yield _error(row, f"上级绕成了一圈：{around}", "请改正其中一个的 parent")
            safe.update(path)

    def staff(self) -> Iterator[Finding]:
        ids = {post.staff for post in self.whole.posts}
        names: dict[str, Row] = {}
        named = {row.text("id") for row in self.files.rows("staff")}
        others = [post for post in self.whole.posts if post.contact and post.staff not in named]
        contacts = {post.contact: post.staff for post in others}
        for row in self.files.rows("staff"):
            yield from self.refers(row, "node")
            yield from self.hours(row)
            deputy_of, staff, contact = row.text("deputy_of"), row.text("id"), row.text("contact")
            if deputy_of and deputy_of not in ids:
                yield _error(row, f"deputy_of 的“{deputy_of}”不在人员里", self.instead(deputy_of, ids))
            elif deputy_of and deputy_of == staff:
                yield _error(row, f"{staff} 不能做自己的副岗", "请写另一个人的 id，或留空")
            first = names.setdefault(staff, row)
            if first.text("name") != row.text("name"):
                what = f"{staff} 在第 {first.line} 行叫另一个名字"
                yield _error(row, what, "同一个人请用同一个名字，另一个人请换 id")
            if contact and contacts.setdefault(contact, staff) != staff:
                what = f"账号 {contact} 已是 {contacts[contact]} 的"
                yield _warning(row, what, "一个账号对应一个人，机器人会按先写的那个人对待")

    def deputies(self) -> Iterator[Finding]:
        """People who only stand in for each other, in a circle: nobody of them holds a post of his own.

        Two workers who are each other's deputies beside their own grids are no such circle.
        """
        own = {post.staff for post in self.whole.posts if not post.deputy_of}
        of = {post.staff: post.deputy_of for post in self.whole.posts if post.deputy_of}
        rows = {row.text("id"): row for row in self.files.rows("staff") if row.text("deputy_of")}
        told: set[str] = set()
        for staff, row in rows.items():
            path = [staff]
            while (staff := of.get(path[-1], "")) and staff not in path:
                path.append(staff)
            if staff and not told & set(path) and not own >= set(path):
                around = " → ".join([*path[path.index(staff) :], staff])
                told.update(path)
                hint = "照原样导入；他们都不在时事件交给上一级，最好让其中一个由别人代"
                yield _warning(row, f"副岗绕成了一圈：{around}", hint)

    def departments(self) -> Iterator[Finding]:
        named = {row.text("profile") for row in self.files.rows("nodes")} & set(profiles.names())
        rules = [profiles.load(name) for name in sorted({"", *named})]
        for row in self.files.rows("departments"):
            if row.text("node"):
                yield from self.refers(row, "node")
            yield from self.hours(row)
            for word in row.listed("categories"):
                if all(one.category_word(word) is None for one in rules):
                    hint = "请写类别的编号或名称，例如 public_facility 或 公共设施"
                    yield _warning(row, f"没有“{word}”这个类别，派单时用不上", hint)

    def rooms(self) -> Iterator[Finding]:
        for row in self.files.rows("rooms"):
            yield from self.refers(row, "node")
            if not row.text("room"):
                yield _warning(row, "还没有群号，先不建这个群", "机器人进群后由网格长绑定，或补上群号再导入")

    def resident(self, row: Row) -> Iterator[Finding]:
        household = row.text("household")
        if household not in self.whole.households:
            yield _error(row, f"没有住户“{household}”", self.instead(household, self.whole.households))
        elif not row.text("name") and not row.text("contact"):
            yield _error(row, "既没有姓名也没有账号", "请至少写一样")
        yield from self.classes(row, self.whole.households.get(household, ""))

    def classes(self, row: Row, node: str) -> Iterator[Finding]:
        rules = self.whole.profile_of(node) or profiles.load("")
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
        if code not in self.whole.nodes:
            yield _error(row, f"{column} 的“{code}”不在层级节点里", self.instead(code, self.whole.nodes))

    def instead(self, wrong: str, right: Iterable[str]) -> str:
        """What to write in place of a reference that is broken; the search is spared after a while."""
        self.advised += 1
        if self.advised > ADVICE:
            return "请改成已有的编号，或先补上它"
        options = sorted(right)
        near = get_close_matches(wrong, options, n=3, cutoff=0.5) or options[:3]
        return f"可以写：{'、'.join(near)}，或先补上它" if near else "请先补上它"
