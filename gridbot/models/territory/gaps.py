"""What an org lacks: posts nobody holds, grids too large, 四定 that are not fixed. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from gridbot.profiles import Profile, Rank


@dataclass(frozen=True, slots=True)
class Held:
    """A post as far as looking for gaps needs it."""

    role: str
    rank: Rank
    duties: tuple[str, ...] = ()
    reachable: bool = True  # has a telephone or an account


@dataclass(frozen=True, slots=True)
class Spot:
    """A node as far as looking for gaps needs it; `homes` None where nobody counted."""

    code: str
    name: str
    level: str
    kind: str = ""
    area: str = ""
    posts: tuple[Held, ...] = ()
    homes: int | None = None
    places: frozenset[str] = frozenset()  # kinds of the landmarks there


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that is missing; said by the text `gaps.<what>` with these parameters."""

    code: str
    what: str
    params: Mapping[str, object] = field(default_factory=dict)


def told_apart(names: Mapping[str, tuple[str, str]]) -> dict[str, str]:
    """Code → name, with the name of the node above in front where several places are called the same.

    `names`: code → (its name, the code above it).
    """
    often = Counter(name for name, _ in names.values())
    return {
        code: names[above][0] + name if often[name] > 1 and above in names else name
        for code, (name, above) in names.items()
    }


def found(
    spots: Iterable[Spot], profile: Callable[[str], Profile], grids: Callable[[str], bool]
) -> dict[str, tuple[Gap, ...]]:
    """The gaps of every node that has any, by node."""
    lacking = {}
    for spot in spots:
        rules = profile(spot.code)
        if gaps := tuple(_of(spot, rules, grids(spot.code))):
            lacking[spot.code] = gaps
    return lacking


def _of(spot: Spot, profile: Profile, is_grid: bool) -> Iterator[Gap]:
    territory = profile.territory
    if territory.is_virtual(spot.kind, spot.name):
        return
    own = spot.kind in territory.own
    if not own:
        yield from _posts(spot, profile)
        yield from _places(spot, profile)
    if is_grid:
        yield from _size(spot, profile)
        if territory.four_fixed and not own:
            yield from _four_fixed(spot, profile)


def _posts(spot: Spot, profile: Profile) -> Iterator[Gap]:
    """Posts of the staffing template that nobody, or not enough people, hold."""
    held = Counter(post.role for post in spot.posts)
    for wanted in profile.territory.staffing.get(spot.level, ()):
        filled = sum(held[role] for role in wanted.roles)
        if filled < wanted.count:
            short = wanted.count - filled
            yield Gap(spot.code, "post", {"node": spot.name, "role": wanted.roles[0], "count": short})


def _places(spot: Spot, profile: Profile) -> Iterator[Gap]:
    missing = [kind for kind in profile.territory.facilities.get(spot.level, ()) if kind not in spot.places]
    if missing:
        yield Gap(spot.code, "facility", {"node": spot.name, "kinds": "、".join(missing)})


def _size(spot: Spot, profile: Profile) -> Iterator[Gap]:
    """A grid that has left the band of households; one without any has not been entered yet."""
    if profile.size_band is None or not spot.homes:
        return
    least, most = profile.size_band
    if not least <= spot.homes <= most:
        params = {"node": spot.name, "homes": spot.homes, "least": least, "most": most}
        yield Gap(spot.code, "large" if spot.homes > most else "small", params)


def _four_fixed(spot: Spot, profile: Profile) -> Iterator[Gap]:
    """四定: 定格 a boundary, 定岗 a post that works it, 定员 somebody to be reached, 定责 duties."""
    working = [post for post in spot.posts if post.rank in (Rank.WORKER, Rank.DEPUTY, Rank.LEADER)]
    fixed = {
        "定格": bool(spot.area),
        "定岗": bool(working),
        "定员": any(post.reachable for post in working),
        "定责": any(post.duties or profile.territory.duties.get(post.role) for post in working),
    }
    missing = [name for name, there in fixed.items() if not there]
    if missing:
        yield Gap(spot.code, "fixed", {"node": spot.name, "missing": "、".join(missing)})


@dataclass(frozen=True, slots=True)
class Answering:
    """Departments over a tree: which categories they answer for at which node ("" is everywhere)."""

    has: Mapping[str, Collection[str]]
    children: Mapping[str, Sequence[str]]
    up: Callable[[str], Iterable[str]]  # a node and all above it
    stop: Callable[[str], bool]  # a grid wants no department of its own

    def bare(self, top: str, category: str) -> list[str]:
        """The highest nodes at or below `top` where no department answers for a category."""
        if any(category in self.has.get(each, ()) for each in ("", *self.up(top))):
            return []
        return self._below(top, category)[0]

    def _below(self, code: str, category: str) -> tuple[list[str], bool]:
        """The bare nodes, and whether anything at or below the node has a department."""
        if category in self.has.get(code, ()):
            return [], True
        found = [self._below(each, category) for each in self.children.get(code, ()) if not self.stop(each)]
        if not any(covered for _, covered in found):
            return [code], False
        return [each for bare, _ in found for each in bare], True


def categories_at(departments: Iterable[tuple[str, Iterable[str]]]) -> dict[str, set[str]]:
    """Node → the categories its departments answer for; of a sub-category the whole category counts."""
    has: dict[str, set[str]] = {}
    for node, categories in departments:
        has.setdefault(node, set()).update(each.partition("/")[0] for each in categories)
    return has


def nearest(wanted: int, found: Mapping[str, int]) -> tuple[str, int]:
    """Of all counts the one that comes nearest to what was declared: offices count different things."""
    return min(found.items(), key=lambda each: abs(each[1] - wanted))
