"""The org as it will be: the files laid over what the installation holds."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property

from gridbot import profiles
from gridbot.models.territory.gaps import Held, Spot, told_apart
from gridbot.org.rows import DepartmentFact, Known, NodeFact, OrgFiles, PlaceFact, PostFact, Row
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
        departments = {each.id: each for each in known.departments}
        departments |= {row.text("id"): _department_fact(row) for row in files.rows("departments")}
        self.departments = tuple(departments.values())
        places = {(each.node, each.name): each for each in known.places}
        places |= {(each.node, each.name): each for each in map(_place_fact, files.rows("places"))}
        self.places = tuple(places.values())
        self._profiles: dict[str, Profile | None] = {}
        self.children: dict[str, list[str]] = defaultdict(list)
        for code, node in self.nodes.items():
            self.children[node.parent].append(code)

    def profile_of(self, code: str) -> Profile | None:
        """The profile in force at a node; None where the chain is broken."""
        if code not in self._profiles:
            self._profiles[code] = self._profile_of(code)
        return self._profiles[code]

    def _profile_of(self, code: str) -> Profile | None:
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

    def beginnings(self) -> list[str]:
        """The nodes where a profile begins to be in force."""
        of = self.nodes
        return [
            code for code, node in of.items()
            if node.parent not in of or node.profile not in ("", of[node.parent].profile)
        ]  # fmt: skip

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

    def spots(self) -> Iterator[Spot]:
        """Every node as looking for gaps wants it."""
        posts: dict[str, list[Held]] = defaultdict(list)
        for post in self.posts:
            rules = self.profile_of(post.node) or profiles.load("")
            held = Held(post.role, rules.rank(post.role), post.duties, bool(post.phone or post.contact))
            posts[post.node].append(held)
        kinds: dict[str, set[str]] = defaultdict(set)
        for place in self.places:
            kinds[place.node].add(place.kind)
        homes = Counter(self.households.values())
        for code, node in self.nodes.items():
            count = sum(homes[each] for each in self.below(code)) if self.is_grid(code) else None
            yield Spot(
                code, self.called(code), node.level, node.kind, node.area, tuple(posts[code]), count,
                frozenset(kinds[code]),
            )  # fmt: skip

    def unit(self, code: str) -> str:
        """Whose own a 专属 grid is: the named owner, else the only department at the grid; else ""."""
        node, rules = self.nodes[code], self.profile_of(code)
        if node.owner or rules is None or node.kind not in rules.territory.own:
            return node.owner
        here = [each.id for each in self.departments if each.node == code]
        return here[0] if len(here) == 1 else ""

    def called(self, code: str) -> str:
        """The name of a node, with that of the node above where several are called the same."""
        return self._called[code]

    @cached_property
    def _called(self) -> dict[str, str]:
        return told_apart({code: (node.name, node.parent) for code, node in self.nodes.items()})

    def is_office(self, role: str, code: str) -> bool:
        """Whether a node has one holder of a role at a time."""
        rules = self.profile_of(code)
        return rules is not None and role in rules.territory.offices

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
        kept("kind", old.kind),
        kept("area", old.area),
        kept("owner", old.owner),
    )


def _post_fact(row: Row) -> PostFact:
    staff, name, role, node, contact, deputy_of, phone = (
        row.text(column) for column in ("id", "name", "role", "node", "contact", "deputy_of", "phone")
    )
    return PostFact(staff, name, role, node, contact, deputy_of, phone, row.listed("duties"))


def _department_fact(row: Row) -> DepartmentFact:
    categories = tuple(map(category_id, row.listed("categories")))
    return DepartmentFact(row.text("id"), row.text("node"), categories, row.text("name"))


def _place_fact(row: Row) -> PlaceFact:
    return PlaceFact(row.text("node"), row.text("name"), row.text("kind"))


def category_id(word: str) -> str:
    """The id of a category, `category/sub` for a sub-category; a word nobody knows stays as it is."""
    found = profiles.load("").category_word(word)
    return word if found is None else "/".join(part for part in found if part)
