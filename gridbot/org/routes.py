"""Where the routes of the profiles will lead after the import: to nobody, past a vacant step, two ways."""

from __future__ import annotations

from collections.abc import Iterator

from gridbot.models.cases import routing
from gridbot.models.cases.routing import RouteFault
from gridbot.models.territory.directory import Department, Directory, Node
from gridbot.models.territory.gaps import told_apart
from gridbot.models.territory.people import Post
from gridbot.org.rows import Finding, NodeFact, PostFact
from gridbot.org.whole import Whole
from gridbot.profiles import Rank, load

SHOWN = 3  # grids that are named; the others are counted


def misled(whole: Whole) -> Iterator[Finding]:
    """Warnings for what `gridbot check` says of routes too; grids nobody works at all are named elsewhere."""
    directory = _directory(whole)
    for fault in routing.faults(directory):
        if fault.route:
            yield finding(directory, fault)


def finding(directory: Directory, fault: RouteFault) -> Finding:
    """What is wrong with a route and what to do about it."""
    head = f"规则「{fault.profile}」路线「{fault.route}」"
    match fault.what:
        case "conflict":
            what = f"{head}：「{fault.name}」有两条路线"
            return Finding("profiles", None, what, "留一条，或用 urgencies 分开", fatal=False)
        case "dead":
            what = f"{head}永远轮不到，总是先走「{fault.name}」"
            return Finding("profiles", None, what, "删掉它，或改它的 events、urgencies", fatal=False)
        case "unknown":
            what = f"{head}：「{fault.name}」既不是这份规则的层级，也不是岗位"
            return Finding("profiles", None, what, "改这条路线的 steps，之前会跳到下一步", fatal=False)
        case "department":
            what = f"{head}：没有名称带「{fault.name}」的部门"
            hint = "在 departments.csv 补上，或改规则里的 lead、support"
            return Finding("departments.csv", None, what, hint, fatal=False)
        case "roster":
            what = f"规则「{fault.profile}」：应急「{fault.route}」一个人也叫不到（{fault.name}）"
            hint = "在 staff.csv 补上其中的岗位，之前只叫村（社区）的负责人"
        case "vacant":
            what = f"{head}：{_where(directory, fault)}没有「{fault.name}」，会跳到下一步"
            hint = "在 staff.csv 补上"
        case _ if fault.route:
            what = f"{head}：{_where(directory, fault)}一个人也找不到"
            hint = "在 staff.csv 补上这些岗位，之前按网格走"
        case _:
            what = f"规则「{fault.profile}」：{_where(directory, fault)}往上都没有人"
            hint = "在 staff.csv 补上网格员或网格长"
    return Finding("staff.csv", None, what, hint, fatal=False)


def _where(directory: Directory, fault: RouteFault) -> str:
    nodes = directory.nodes
    called = told_apart({code: (node.name, node.parent or "") for code, node in nodes.items()})
    names = [called[code] for code in fault.where[:SHOWN]]
    return f"{len(fault.where)} 个网格（{'、'.join(names)}{'…' if len(fault.where) > SHOWN else ''}）"


def _directory(whole: Whole) -> Directory:
    """The org as it will be, as routes look at it."""
    usual = load("")
    posts = tuple(_post(each, (whole.profile_of(each.node) or usual).rank(each.role)) for each in whole.posts)
    departments = tuple(
        Department(each.id, each.name, each.categories, each.node, "", "") for each in whole.departments
    )
    return Directory(
        {code: _node(code, each) for code, each in whole.nodes.items()}, posts, (), departments, (),
        opted_out=frozenset(), version=0, default_profile="", any_transport=True,
    )  # fmt: skip


def _node(code: str, fact: NodeFact) -> Node:
    return Node(code, fact.parent or None, fact.name, fact.level, fact.kind, fact.profile)


def _post(fact: PostFact, rank: Rank) -> Post:
    return Post(
        fact.staff, fact.name, fact.role, rank, fact.node, fact.phone, fact.contact, fact.deputy_of, "", ""
    )
