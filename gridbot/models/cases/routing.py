"""Who gets a matter: by the profile's route for its kind of event, else by the tree. Pure: no storage."""

from __future__ import annotations

from collections.abc import Iterator, Set

from gridbot.models.territory.directory import Directory
from gridbot.models.territory.people import Post
from gridbot.profiles import Profile, Rank
from gridbot.profiles.routing import Route
from gridbot.values import value

TOP = "最高"  # the leader of the topmost node that has one
BY_RANK = frozenset({Rank.WORKER, Rank.DEPUTY, Rank.DESK, Rank.MEDIATOR, Rank.POLICE})


@value(frozen=True, slots=True)
class Stop:
    """One step of a route at a place: the post that answers for it, None where nobody holds it."""

    step: str
    post: Post | None


@value(frozen=True, slots=True)
class Start:
    """Where a new matter goes first. `vacancy` names the post that should have had it and is vacant."""

    post: Post | None
    route: Route | None = None
    step: int = 0
    vacancy: str = ""


def holder(directory: Directory, code: str, step: str) -> Post | None:
    """Who holds a step as seen from a node: a level's leader, a role's nearest holder; None if nobody."""
    profile = directory.profile(code)
    if step == TOP:
        return top(directory, code)
    if step in profile.levels:
        above = [node for node in directory.up(code) if node.level == step]
        return next((post for node in above for post in directory.at(node.code, Rank.LEADER)), None)
    rank = profile.rank(step)
    if rank is Rank.WORKER:
        own = _nearest(directory, code, lambda post: post.role == step and not post.deputy_of)
        return own or directory.worker(code)
    exact = _nearest(directory, code, lambda post: post.role == step)
    if exact is not None or rank not in BY_RANK:
        return exact
    return _nearest(directory, code, lambda post: post.rank is rank)


def _nearest(directory: Directory, code: str, fits: object) -> Post | None:
    """The nearest post upwards that fits, one that can be reached before one that cannot."""
    for node in directory.up(code):
        found = [post for post in directory.at(node.code) if fits(post)]  # type: ignore[operator]
        if found:
            return next((post for post in found if post.contact), found[0])
    return None


def answering(directory: Directory, role: str, inside: Set[str] | None = None) -> list[Post]:
    """Everybody (at these nodes) a role calls: its holders, else who does that work under another name."""
    posts = [post for post in directory.posts if inside is None or post.node in inside]
    exact = [post for post in posts if post.role == role]
    return exact or [post for post in posts if post.rank in BY_RANK and _same_work(directory, post, role)]


def called_by(directory: Directory, role: str, inside: Set[str] | None = None) -> list[Post]:
    """Everybody (at these nodes) whom a roster's word calls: 民兵 is 民兵连长 too, 应急 is 应急救援队员."""
    posts = [post for post in directory.posts if inside is None or post.node in inside]
    return [post for post in posts if role in post.role] or answering(directory, role, inside)


def _same_work(directory: Directory, post: Post, role: str) -> bool:
    return directory.profile(post.node).rank(role) is post.rank


def top(directory: Directory, code: str) -> Post | None:
    """The leader of the topmost node that has one."""
    found = [post for node in directory.up(code) for post in directory.at(node.code, Rank.LEADER)[:1]]
    return found[-1] if found else None


def stops(directory: Directory, code: str, route: Route) -> tuple[Stop, ...]:
    """The steps of a route at a place."""
    return tuple(Stop(step, holder(directory, code, step)) for step in route.steps)


def start(
    directory: Directory, code: str, category: str, sub: str | None, urgency: str, reporter: str | None = None
) -> Start:
    """Who gets a new matter first; whoever reports it is passed over with the steps before him."""
    route = directory.profile(code).routing.route(category, sub, urgency)
    if route is None or not route.steps:
        return Start(directory.worker(code), route, vacancy=vacant_grid(directory, code))
    found = stops(directory, code, route)
    begin = next((n + 1 for n, stop in _from_behind(found) if stop.post and stop.post.staff == reporter), 0)
    missed = ""
    for number, stop in enumerate(found):
        if number < begin or (reporter and stop.post and stop.post.staff == reporter):
            continue
        if stop.post is not None:
            return Start(stop.post, route, number, missed)
        missed = missed or stop.step
    return Start(directory.worker(code), route, len(found), missed or vacant_grid(directory, code))


def _from_behind(found: tuple[Stop, ...]) -> Iterator[tuple[int, Stop]]:
    return reversed(list(enumerate(found)))


def after(
    directory: Directory, code: str, route: Route, step: int, but: str | None
) -> tuple[int, Post] | None:
    """The next step of a route that somebody else holds; None where the route ends."""
    for number, stop in enumerate(stops(directory, code, route)):
        if number > step and stop.post is not None and stop.post.staff != but:
            return number, stop.post
    return None


def vacant_grid(directory: Directory, code: str) -> str:
    """The name of a grid that has no worker of its own, "" where it has one or is no grid."""
    node = directory.nodes.get(code)
    if node is None or node.level not in directory.profile(code).grid_levels:
        return ""
    return "" if directory.at(code, Rank.WORKER) else node.name


def named(profile: Profile, route_id: str) -> Route | None:
    """The route of that id."""
    return next((each for each in profile.routing.routes if each.id == route_id), None)


# --- what is wrong with the routes of an org --------------------------------------------------------------


@value(frozen=True, slots=True)
class RouteFault:
    """`what`: conflict, dead (those `name`d always go before it), unknown (a step that is no level and no
    role of the profile), nobody (a whole route leads to nobody), vacant (a step), department, roster (an
    emergency that calls nobody).

    `grave` ones have to be put right; the others only make a route shorter. `where` counts the grids.
    """

    what: str
    profile: str
    route: str
    name: str
    where: tuple[str, ...] = ()
    grave: bool = False


def faults(directory: Directory) -> Iterator[RouteFault]:
    """Routes that contradict each other, lead to nobody or miss a step somewhere."""
    grids: dict[str, list[str]] = {}
    for node in directory.nodes.values():
        profile = directory.profile(node.code)
        if node.level in profile.grid_levels:
            grids.setdefault(profile.name, []).append(node.code)
    held = {post.role for post in directory.posts}
    for codes in grids.values():
        profile = directory.profile(codes[0])
        for one, other, event in profile.routing.conflicts():
            yield RouteFault("conflict", profile.zh, f"{one.zh}、{other.zh}", event, grave=True)
        for route, before in profile.routing.dead(_matters(profile)):
            names = "、".join(each.zh for each in before)
            yield RouteFault("dead", profile.zh, route.zh, names, grave=True)
        for route in profile.routing.routes:
            yield from _route_faults(directory, profile, route, codes, held)
        for kind, roles in profile.routing.rosters.items():
            if not any(called_by(directory, role) for role in roles):
                yield RouteFault("roster", profile.zh, kind, "、".join(roles))
        unled = tuple(code for code in codes if directory.worker(code) is None)
        if unled:
            yield RouteFault("nobody", profile.zh, "", "", unled, grave=True)


def _matters(profile: Profile) -> list[tuple[str, str | None]]:
    """Every kind of matter there is; None stands for a category's own."""
    return [(each.id, sub) for each in profile.categories.values() for sub in (None, *each.sub_categories)]


def _route_faults(
    directory: Directory, profile: Profile, route: Route, codes: list[str], held: Set[str]
) -> Iterator[RouteFault]:
    for step in route.steps:
        if step != TOP and step not in (*profile.levels, *profile.roles, *held):
            yield RouteFault("unknown", profile.zh, route.zh, step, grave=True)
    empty = {step: tuple(c for c in codes if holder(directory, c, step) is None) for step in route.steps}
    nowhere = [set(found) for found in empty.values()]
    lost = [code for code in codes if nowhere and all(code in found for found in nowhere)]
    if lost:
        yield RouteFault("nobody", profile.zh, route.zh, "", tuple(lost), grave=True)
    for step, found in empty.items():
        where = tuple(code for code in found if _on_the_way(directory, profile, code, step))
        if where and len(lost) < len(codes):
            yield RouteFault("vacant", profile.zh, route.zh, step, where)
    words = (route.lead, *route.support) if route.big else ()
    names = [department.name for department in directory.departments]
    missing = [word for word in words if word and not any(word in name for name in names)]
    if missing:
        yield RouteFault("department", profile.zh, route.zh, "、".join(missing))


def _on_the_way(directory: Directory, profile: Profile, code: str, step: str) -> bool:
    """Whether a step has a place above a grid: a village has no 社区, a route that names both is right."""
    if step in profile.levels:
        return any(node.level == step for node in directory.up(code))
    return step in profile.roles or step == TOP
