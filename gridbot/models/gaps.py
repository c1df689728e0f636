"""What an org lacks: posts nobody holds, grids too large, 四定 that are not fixed. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
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
    if spot.kind in territory.virtual:
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
