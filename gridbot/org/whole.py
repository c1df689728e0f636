"""The org as it will be: the files laid over what the installation holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from gridbot import profiles
from gridbot.org.rows import Known, NodeFact, OrgFiles, PostFact, Row
from gridbot.profiles import Profile

DEEPEST = 64  # levels; far more than any territory has


class Whole:
    """Tree, posts and households after the import; circles in the tree are survived."""

    def __init__(self, files: OrgFiles, known: Known) -> None:
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

    def profile_of(self, code: str) -> Profile | None:
        """The profile in force at a node; None where the chain is broken."""
        for _ in range(DEEPEST):
            node = self.nodes.get(code)
            if node is None:
                break
            if node.profile:
                return profiles.load(node.profile) if node.profile in profiles.names() else None
            code = node.parent
        return profiles.load("")

    def below(self, code: str) -> list[str]:
        """The node and all below it."""
        found = [code]
        for each in found:  # grows while it is walked; circles have been refused
            found.extend(child for child in self.children[each] if child != code)
            if len(found) > len(self.nodes):
                break
        return found

    def grids(self) -> list[str]:
        """Nodes of the level that their profile calls a grid."""
        return [code for code in self.nodes if self.is_grid(code)]

    def lived_in(self) -> list[str]:
        """Nodes that have households of their own."""
        homes = set(self.households.values())
        return [code for code in self.nodes if code in homes]

    def is_grid(self, code: str) -> bool:
        """Is this node of a level that the profile calls a grid?"""
        rules = self.profile_of(code)
        return rules is not None and self.nodes[code].level in rules.grid_levels

    def upwards(self, code: str) -> Iterator[str]:
        """The node and all above it, nearest first."""
        seen: set[str] = set()
        while code in self.nodes and code not in seen:
            seen.add(code)
            yield code
            code = self.nodes[code].parent


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
