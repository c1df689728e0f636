"""Who is to be where: staffing, offices, duties, kinds of grids — the values a profile holds of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

LEADING_GROUP = "领导小组"


@dataclass(frozen=True, slots=True)
class Wanted:
    """So many holders of a role (any of `roles`) at a node of some level."""

    roles: tuple[str, ...]
    count: int

    @property
    def name(self) -> str:
        return "/".join(self.roles)


@dataclass(frozen=True, slots=True)
class Kind:
    """What is different in grids of a kind (散居型, 商圈型 …).

    `visit` is what a visit is called there, `where` how people are asked for a place, `leaves_out` the
    categories (or category/sub) that are no matter of such a grid.
    """

    name: str
    visit: str = ""
    where: str = ""
    leaves_out: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Territory:
    """What an office expects of its tree; everything may be empty."""

    titles: Mapping[str, str] = field(default_factory=dict)  # level → what its leader is called: 二级网格长
    offices: frozenset[str] = frozenset()  # roles with one holder a node: a new one takes the old one's post
    staffing: Mapping[str, tuple[Wanted, ...]] = field(default_factory=dict)  # level → who is wanted
    done_at: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # 村, 镇, 县 → what they are here
    facilities: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # level → kinds of places wanted
    duties: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # role → what its holder does
    appoint: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # role → roles that may appoint it
    kinds: Mapping[str, Kind] = field(default_factory=dict)
    own: frozenset[str] = frozenset({"专属"})  # kinds of grids that belong to a unit
    virtual: frozenset[str] = frozenset({"虚拟"})  # kinds of nodes that are no place: a leading group
    four_fixed: bool = False  # 四定: boundary, post, person and duty of each grid are checked
    four_fixed_to: str = (
        ""  # the level whose leader reads what is not fixed; the next leader above where empty
    )
    expected: tuple[str, ...] = ()  # categories for which everybody wants to know a department

    def is_virtual(self, kind: str, *names: str) -> bool:
        """Whether a node of this kind and name is no place but a leading group."""
        return kind in self.virtual or any(LEADING_GROUP in name for name in (kind, *names))

    def kind(self, name: str) -> Kind:
        """The rules of a kind; an empty one where the profile says nothing of it."""
        return self.kinds.get(name) or Kind(name)

    def duties_of(self, roles: Iterable[str]) -> tuple[str, ...]:
        """What the holders of these roles answer for, each once."""
        return tuple(dict.fromkeys(duty for role in roles for duty in self.duties.get(role, ())))
