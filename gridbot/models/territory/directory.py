"""The org in memory: the tree, its posts, groups and departments. Households stay in the database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from itertools import count
from typing import Any

from gridbot import profiles
from gridbot.models import plain
from gridbot.models.cases.parties import Absence
from gridbot.models.database import connection, parameters
from gridbot.models.territory import gaps, org
from gridbot.models.territory.gaps import Gap, Held, Spot
from gridbot.models.territory.people import Home, Person, Post
from gridbot.profiles import Profile, Rank

CACHED_PEOPLE = 50_000
CONTACTS = 500  # accounts a statement
_ANSWERING = (Rank.WORKER, Rank.LEADER, Rank.DEPUTY)  # of those at one node: who has its tickets
MOST_ABSENCES = 20_000
SHORTEST_ENDING = 3  # characters of a name's end that may stand for it
SHORT_OF = ("村", "社区", "街道", "镇", "乡", "网格")  # what people leave out of a name


@dataclass(frozen=True, slots=True)
class Node:
    code: str
    parent: str | None
    name: str
    level: str
    kind: str
    profile: str
    area: str = ""
    owner: str = ""  # of a 专属 grid: the department whose own it is
    party: str = ""
    declared: int | None = None  # units the office says there are


@dataclass(frozen=True, slots=True)
class Group:
    id: int
    transport: str
    room: str
    node: str
    residents: bool
    listen: str  # mention / keywords / off
    name: str = ""
    muted_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Department:
    id: str
    name: str
    categories: tuple[str, ...]
    node: str
    contact: str
    hours: str
    person: str = field(default="", repr=False)
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Away:
    """Somebody is away between two moments; `stand_in` is a staff id, "" for his deputy."""

    starts_at: datetime
    ends_at: datetime
    stand_in: str


@dataclass(frozen=True, slots=True)
class Bound:
    """A resident's account: his name and the household it was bound to."""

    name: str = field(repr=False)
    home: Home | None


@dataclass(frozen=True, slots=True)
class Landmark:
    node: str
    name: str
    aliases: tuple[str, ...]
    kind: str


_SERIALS = count()


class Directory:
    """A snapshot of the org; a change of the org makes a new one."""

    def __init__(
        self,
        nodes: Mapping[str, Node],
        posts: tuple[Post, ...],
        groups: tuple[Group, ...],
        departments: tuple[Department, ...],
        landmarks: tuple[Landmark, ...],
        *,
        opted_out: frozenset[tuple[str, str]],
        version: int,
        default_profile: str,
        any_transport: bool,
        absences: Mapping[str, tuple[Away, ...]] | None = None,
        homes: Mapping[str, int] | None = None,
    ) -> None:
        self.nodes, self.posts, self.groups = nodes, posts, groups
        self.departments, self.landmarks = departments, landmarks
        self._opted_out = opted_out
        self.version = version
        self.housing: dict[str, frozenset[str]] = {}  # see households.node_of_building
        self.serial = next(_SERIALS)  # another one for every snapshot of this process
        self._default_profile = default_profile
        self._any_transport = any_transport
        self._absences = absences or {}
        self.homes = homes  # households by node; None where no profile in force asks how many
        self._people: dict[tuple[str, str], Person] = {}
        self._profiles: dict[str, Profile] = {}
        self._grids: dict[str, str] = {}
        self._marks: dict[str, list[tuple[int, Landmark]]] = {}
        self._of_rank: dict[Rank, Mapping[str, tuple[Post, ...]]] = {}

    @classmethod
    async def load(cls, *, default_profile: str = "default", any_transport: bool = False) -> Directory:
        """Read the org from the database. `any_transport` (replay): groups are found by room id alone."""
        nodes = {
            row.code: Node(
                row.code, row.parent, row.name, row.level, row.kind, row.profile, row.area, row.owner,
                row.party, row.declared_units,
            )
            for row in await org.Node.all()
        }  # fmt: skip
        lookup = _ProfileLookup(nodes, default_profile)
        posts = tuple(
            Post(
                row.staff, row.name, row.role, lookup.rank(row.node, row.role), row.node, row.phone,
                row.contact, row.deputy_of, row.employment, row.hours, tuple(row.duties),
            )
            for row in await org.Post.all().order_by("id")
        )  # fmt: skip
        groups = tuple(
            Group(
                g.id, g.transport, g.room, g.node, g.audience == "residents", g.listen, g.topic, g.muted_until
            )
            for g in await org.Group.all().order_by("id")
        )
        departments = tuple(
            Department(d.id, d.name, tuple(d.categories), d.node, d.contact, d.hours, d.person, d.phone)
            for d in await org.Department.all().order_by("id")
        )
        landmarks = tuple(
            Landmark(p.node, p.name, tuple(p.aliases), p.kind)
            for p in await org.Landmark.all().order_by("id")
        )
        nodes |= {
            code: replace(node, owner=_unit_at(code, departments))
            for code, node in nodes.items()
            if not node.owner and node.kind in lookup(code).territory.own
        }
        return cls(
            nodes, posts, groups, departments, landmarks,
            opted_out=frozenset((o.transport, o.contact) for o in await org.OptOut.all()),
            version=await stored_version(), default_profile=default_profile, any_transport=any_transport,
            absences=await _absences(), homes=await _homes(lookup, nodes),
        )  # fmt: skip

    def landmarks_at(self, nodes: Collection[str]) -> list[Landmark]:
        """The places of these nodes, as the org lists them ("": those of nobody)."""
        if not self._marks:
            for place in enumerate(self.landmarks):
                self._marks.setdefault(place[1].node, []).append(place)
        return [mark for _, mark in sorted(one for node in nodes for one in self._marks.get(node, ()))]

    # --- the tree -----------------------------------------------------------------------------------------

    def up(self, code: str) -> Iterator[Node]:
        """The node and everything above it, nearest first."""
        seen: set[str] = set()
        node = self.nodes.get(code)
        while node is not None and node.code not in seen:
            seen.add(node.code)
            yield node
            node = self.nodes.get(node.parent) if node.parent else None

    @cached_property
    def children(self) -> Mapping[str, tuple[str, ...]]:
        below: dict[str, list[str]] = defaultdict(list)
        for node in self.nodes.values():
            if node.parent:
                below[node.parent].append(node.code)
        return {code: tuple(codes) for code, codes in below.items()}

    def under(self, code: str) -> list[str]:
        """The node and everything below it."""
        found, at = [code], 0
        while at < len(found):
            found.extend(self.children.get(found[at], ()))
            at += 1
        return found

    def inside(self, code: str, top: str) -> bool:
        """Whether `code` is `top` or lies below it."""
        return any(node.code == top for node in self.up(code))

    def top(self) -> str:
        """The topmost place, "" in an empty org: whoever leads it answers for what belongs nowhere."""
        return next((node.code for node in self.nodes.values() if self._is_top(node)), "")

    def virtual(self, code: str) -> bool:
        """Whether a node is no place but a leading group (领导小组)."""
        node = self.nodes.get(code)
        return node is not None and self.profile(code).territory.is_virtual(node.kind, node.name)

    def _is_top(self, node: Node) -> bool:
        return not self.virtual(node.code) and (not node.parent or self.virtual(node.parent))

    def grid(self, code: str) -> str:
        """The grid a node lies in; the node itself where it lies in none (a community, a street)."""
        known = self._grids.get(code)
        if known is None:
            levels = self.profile(code).grid_levels
            known = next((node.code for node in self.up(code) if node.level in levels), code)
            self._grids[code] = known
        return known

    def profile(self, code: str) -> Profile:
        """The profile in force at a node: its own or the nearest one above it."""
        known = self._profiles.get(code)
        if known is None:
            known = self._profiles[code] = _ProfileLookup(self.nodes, self._default_profile)(code)
        return known

    def with_profile(self, changed: Profile, name: str) -> Directory:
        """The same org with other rules wherever the profile of that name is in force; for trying them."""
        other = copy(self)
        other._profiles = {
            code: changed if self.profile(code).name == name else self.profile(code) for code in self.nodes
        }
        return other

    def node_named(self, name: str) -> Node | None:
        """A node by its code or its name, if only one has it; 26网格 is 第26网格, 王庄 is 王庄村.

        第三网格 is 东街社区第三网格, where no other name ends like it.
        """
        if name in self.nodes:
            return self.nodes[name]
        found = [node for node in self.nodes.values() if node.name == name]
        if not found and len(name) > 1:
            short = {f"第{name}", *(f"{name}{ending}" for ending in SHORT_OF)}
            found = [node for node in self.nodes.values() if node.name in short]
        if not found and len(name) >= SHORTEST_ENDING:
            found = [node for node in self.nodes.values() if node.name.endswith(name)]
        return found[0] if len(found) == 1 else None

    # --- what is missing ----------------------------------------------------------------------------------

    def is_grid(self, code: str) -> bool:
        """Whether a node is of a level that its profile calls a grid."""
        return code in self.nodes and self.nodes[code].level in self.profile(code).grid_levels

    @cached_property
    def gaps(self) -> Mapping[str, tuple[Gap, ...]]:
        """Vacant posts, grids too large or too small, 四定 that are not fixed: by node."""
        return gaps.found(self._spots(), self.profile, self.is_grid)

    def counts(self, code: str) -> dict[str, int]:
        """How many of everything there is at or below a node, named as people count it."""
        below = self.under(code)
        return {
            "个网格": sum(map(self.is_grid, below)),
            "个末级节点": sum(not self.children.get(each) for each in below),
            "个节点": len(below),
            "个下级节点": len(below) - 1,
            "个岗位": sum(len(self.at(each)) for each in below),
        }

    def unanswered(self) -> Iterator[tuple[str, str]]:
        """(node, category) where no department answers for what the profile expects."""
        has = gaps.categories_at((each.node, each.categories) for each in self.departments)

        def up(code: str) -> list[str]:
            return [node.code for node in self.up(code)]

        answering = gaps.Answering(has, self.children, up, self.is_grid)
        for code, node in self.nodes.items():
            above = self.nodes.get(node.parent or "")
            if above is None or node.profile not in ("", above.profile):
                for category in self.profile(code).territory.expected:
                    yield from ((bare, category) for bare in answering.bare(code, category))

    def _spots(self) -> Iterator[Spot]:
        kinds: dict[str, set[str]] = defaultdict(set)
        names = gaps.told_apart({n.code: (n.name, n.parent or "") for n in self.nodes.values()})
        for place in self.landmarks:
            kinds[place.node].add(place.kind)
        for node in self.nodes.values():
            posts = tuple(
                Held(p.role, p.rank, p.duties, bool(p.phone or p.contact)) for p in self.at(node.code)
            )
            homes = None
            if self.homes is not None and self.is_grid(node.code):
                homes = sum(self.homes.get(code, 0) for code in self.under(node.code))
            yield Spot(
                node.code, names[node.code], node.level, node.kind, node.area, posts, homes,
                frozenset(kinds.get(node.code, ())),
            )  # fmt: skip

    # --- people -------------------------------------------------------------------------------------------

    @cached_property
    def _by_contact(self) -> Mapping[str, tuple[Post, ...]]:
        return _grouped(self.posts, lambda post: post.contact)

    @cached_property
    def _by_staff(self) -> Mapping[str, tuple[Post, ...]]:
        return _grouped(self.posts, lambda post: post.staff)

    @cached_property
    def _by_node(self) -> Mapping[str, tuple[Post, ...]]:
        return _grouped(self.posts, lambda post: post.node)

    @cached_property
    def _by_principal(self) -> Mapping[str, tuple[Post, ...]]:
        return _grouped(self.posts, lambda post: post.deputy_of)

    def staff(self, staff_id: str | None) -> Post | None:
        """Any post of a person, for his name, telephone and contact."""
        posts = self._by_staff.get(staff_id or "")
        return posts[0] if posts else None

    def posts_of(self, staff_id: str) -> tuple[Post, ...]:
        return self._by_staff.get(staff_id, ())

    def at(self, code: str, *ranks: Rank) -> tuple[Post, ...]:
        """The posts at exactly this node, of these ranks (all when none is named)."""
        return tuple(p for p in self._by_node.get(code, ()) if not ranks or p.rank in ranks)

    def worker(self, code: str) -> Post | None:
        """Who works this grid: its own worker, else the nearest worker, leader or deputy above it.

        Never nowhere: where nobody is found above, whoever stands highest in the whole org has it.
        """
        for node in self.up(code):
            for rank in _ANSWERING:
                if found := [p for p in self.at(node.code, rank) if not p.deputy_of] or self.at(
                    node.code, rank
                ):
                    return found[0]
        return self._topmost

    @cached_property
    def _topmost(self) -> Post | None:
        """Whoever answers for something, the highest first; None in an org without staff."""
        answering = [p for p in self.posts if p.rank in (*_ANSWERING, Rank.DESK)]
        return min(answering, key=lambda p: sum(1 for _ in self.up(p.node)), default=None)

    def deputy(self, staff_id: str) -> Post | None:
        """Who stands in for a person: a post that names him in `deputy_of`."""
        posts = self._by_principal.get(staff_id)
        return posts[0] if posts else None

    def away(self, staff_id: str) -> tuple[Away, ...]:
        """When a person is or was away."""
        return self._absences.get(staff_id, ())

    def leader(self, code: str, *, but: str | None = None) -> Post | None:
        """The leader of this node, or of the next one up that has one; `but` (a staff id) is passed over."""
        for node in self.up(code):
            for post in self.at(node.code, Rank.LEADER):
                if post.staff != but:
                    return post
        return None

    def leaders(self) -> Mapping[str, tuple[Post, ...]]:
        """Every person who leads something, with the posts that make him a leader."""
        return self.of_rank(Rank.LEADER)

    def duties(self, post: Post) -> tuple[str, ...]:
        """What the holder of a post answers for: what is written there, and what the profile says."""
        return (*post.duties, *self.profile(post.node).territory.duties.get(post.role, ()))

    def of_rank(self, rank: Rank) -> Mapping[str, tuple[Post, ...]]:
        """Every person with posts of a rank (挂包领导, members of a leading group), with those posts."""
        if rank not in self._of_rank:
            self._of_rank[rank] = _grouped([p for p in self.posts if p.rank is rank], _staff)
        return self._of_rank[rank]

    def owner(self, code: str) -> Department | None:
        """The unit whose own (专属) a grid is; None for everybody else's grid."""
        for node in self.up(code):
            if node.owner:
                return next((d for d in self.departments if d.id == node.owner), None)
        return None

    def covers(self, person: Person, code: str, *ranks: Rank) -> bool:
        """Whether one of the person's posts (of these ranks) is at the node or above it."""
        return any((not ranks or p.rank in ranks) and self.inside(code, p.node) for p in person.posts)

    def posts_by_contact(self, contact: str) -> tuple[Post, ...]:
        """The posts of an account; none for residents and strangers."""
        return self._by_contact.get(contact, ())

    @cached_property
    def _department_contacts(self) -> Mapping[str, str]:
        return {d.contact: d.id for d in self.departments if d.contact}

    def department_by_contact(self, contact: str) -> str | None:
        """The department whose contact this account is."""
        return self._department_contacts.get(contact)

    async def person(self, transport: str, contact: str) -> Person:
        """Who this account is; a stranger has neither posts nor a home."""
        key = (transport, contact)
        known = self._people.get(key)
        if known is None:
            if len(self._people) >= CACHED_PEOPLE:
                self._people.clear()
            known = self._people[key] = await self._look_up(transport, contact)
        return known

    async def meet(self, people: Iterable[tuple[str, str]]) -> None:
        """Look many accounts (transport, contact) up at once; `person` knows them then."""
        new = {key for key in people if key[1] and key not in self._people}
        if len(self._people) + len(new) >= CACHED_PEOPLE:
            self._people.clear()
        found = await residents({contact for _, contact in new})
        for transport, contact in new:
            self._people[transport, contact] = self._who(transport, contact, found.get(contact))

    async def _look_up(self, transport: str, contact: str) -> Person:
        found = await residents([contact]) if contact else {}
        return self._who(transport, contact, found.get(contact))

    def _who(self, transport: str, contact: str, found: Bound | None) -> Person:
        posts = self._by_contact.get(contact, ()) if contact else ()
        name = posts[0].name if posts else (found.name if found else "")
        return Person(
            contact,
            transport,
            posts,
            found.home if found else None,
            self.department_by_contact(contact),
            (transport, contact) in self._opted_out,
            name,
        )

    # --- groups and departments ---------------------------------------------------------------------------

    @cached_property
    def _groups(self) -> Mapping[tuple[str, str], Group]:
        if self._any_transport:
            return {("", group.room): group for group in self.groups}
        return {(group.transport, group.room): group for group in self.groups}

    def group(self, transport: str, room: str | None) -> Group | None:
        if room is None:
            return None
        if self._any_transport:
            return self._groups.get(("", room))
        return self._groups.get((transport, room)) or self._groups.get(("", room))

    @cached_property
    def transports_at(self) -> Mapping[str, frozenset[str]]:
        """On which transports the groups of each node are."""
        found: dict[str, set[str]] = {}
        for group in self.groups:
            found.setdefault(group.node, set()).add(group.transport)
        return {code: frozenset(names) for code, names in found.items()}

    @property
    def by_transport(self) -> bool:
        """Whether a group is known by its transport; in replay its room alone tells."""
        return not self._any_transport

    def called(self, group: Group) -> str:
        """What people know a group by: its name, else its id where that is words, else its node's name."""
        node = self.nodes.get(group.node)
        return group.name or (node.name if node is not None and group.room.isascii() else group.room)

    def groups_of(self, code: str, *, residents: bool = True) -> tuple[Group, ...]:
        """The groups of a node and of everything below it."""
        codes = set(self.under(code))
        return tuple(g for g in self.groups if g.residents is residents and g.node in codes)

    def departments_for(self, category: str, sub: str | None, code: str) -> tuple[Department, ...]:
        """The departments answerable for a category at a node, the nearest node's first."""
        above = [node.code for node in self.up(code)]
        wanted = {category, f"{category}.{sub}", f"{category}/{sub}", sub or category}
        fit = [d for d in self.departments if wanted & set(d.categories) and (not d.node or d.node in above)]
        return tuple(sorted(fit, key=lambda d: above.index(d.node) if d.node in above else len(above)))


class _ProfileLookup:
    def __init__(self, nodes: Mapping[str, Node], default: str) -> None:
        self._nodes, self._default = nodes, default

    def named(self, name: str) -> Profile:
        return profiles.load(name or self._default)

    def rank(self, code: str, role: str) -> Rank:
        """What a role may do at a node: whoever sits in a leading group reads, whatever he is called."""
        node, rules = self._nodes.get(code), self(code)
        if node is not None and rules.territory.is_virtual(node.kind, node.name):
            return Rank.MEMBER
        return rules.rank(role)

    def __call__(self, code: str) -> Profile:
        node, steps = self._nodes.get(code), 0
        while node is not None and steps < len(self._nodes):
            if node.profile:
                return profiles.load(node.profile)
            node, steps = self._nodes.get(node.parent) if node.parent else None, steps + 1
        return profiles.load(self._default)


def _staff(post: Post) -> str:
    return post.staff


def _grouped(posts: tuple[Post, ...] | list[Post], key: object) -> Mapping[str, tuple[Post, ...]]:
    groups: dict[str, list[Post]] = defaultdict(list)
    for post in posts:
        if value := key(post):  # type: ignore[operator]
            groups[value].append(post)
    return {value: tuple(found) for value, found in groups.items()}


async def _homes(lookup: _ProfileLookup, nodes: Mapping[str, Node]) -> dict[str, int] | None:
    """Households by node, counted where some profile in force says how many a grid should have."""
    wanted = {node.profile for node in nodes.values() if not node.parent or node.profile}
    if not any((lookup.named(name)).size_band for name in wanted):
        return None
    sql = "SELECT node, COUNT(*) AS many FROM household GROUP BY node"
    return {str(node): int(many) for node, many in await plain.table(sql)}


def _unit_at(code: str, departments: Iterable[Department]) -> str:
    """The unit whose own a 专属 grid is where the table does not say: the only department at the grid."""
    here = [each.id for each in departments if each.node == code]
    return here[0] if len(here) == 1 else ""


async def _absences() -> dict[str, tuple[Away, ...]]:
    """The newest absences, by staff id."""
    found: dict[str, tuple[Away, ...]] = {}
    for row in await Absence.filter(dropped=False).order_by("-id").limit(MOST_ABSENCES):
        found[row.staff] = (*found.get(row.staff, ()), Away(row.starts_at, row.ends_at, row.stand_in))
    return found


async def residents(contacts: Collection[str]) -> dict[str, Bound]:
    """The households that accounts are bound to; few statements, because every new speaker costs it."""
    found: dict[str, Bound] = {}
    wanted = sorted(contacts)
    for start in range(0, len(wanted), CONTACTS):
        part = wanted[start : start + CONTACTS]
        rows = await connection().execute_query_dict(
            parameters(
                "SELECT r.contact, r.name, h.id, h.node, h.building, h.unit, h.room, h.address "
                "FROM resident r LEFT JOIN household h ON h.id = r.household "
                f"WHERE r.contact IN ({', '.join('?' * len(part))}) ORDER BY r.id"
            ),
            list(part),
        )
        for row in rows:
            found.setdefault(row["contact"], Bound(row["name"], _home(row)))
    return found


def _home(row: Mapping[str, Any]) -> Home | None:
    if not row["id"]:
        return None
    return Home(row["id"], row["node"], row["building"], row["unit"], row["room"], row["address"])


async def stored_version() -> int:
    """The org's version in the database; another process may have raised it."""
    row = await org.OrgVersion.get_or_none(id=1)
    return row.version if row else 0


async def raise_version() -> None:
    """Tell every process that the org has changed; call it inside the transaction of the change."""
    row, _ = await org.OrgVersion.get_or_create(id=1, defaults={"version": 0})
    row.version += 1
    await row.save(update_fields=["version"])
