"""What a leader asks about his territory: posts, gaps, who answers for what, how far the work has come."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gridbot.digests import lacking, leads
from gridbot.errors import Refusal
from gridbot.handlers.routes import Routes
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models import acts
from gridbot.models.territory import census, gaps, rollout
from gridbot.models.territory.directory import Department, Node
from gridbot.models.territory.people import Post
from gridbot.profiles import Profile, Rank

routes = Routes()

LISTED = 12
PARTY_HOME = "党员中心户"
SHOWN = 5  # of one sort of gap
OVERSEERS = (Rank.LEADER, Rank.DESK, Rank.PATRON, Rank.MEMBER, Rank.SUPERVISOR)


def named(turn: Turn) -> Node | None:
    """The node whose name is one of the words said."""
    found = (turn.world.directory.node_named(word) for word in turn.rest.split())
    return next((node for node in found if node is not None), None)


def nodes(turn: Turn, *ranks: Rank) -> list[str]:
    """The node named, where the speaker has one of these ranks there; else all his; raises NotAllowed."""
    node = named(turn)
    if node is not None:
        turn.require(node.code, *ranks)
        return [node.code]
    turn.require_staff(*ranks)
    return leads(turn.world, [post for post in turn.person.posts if post.rank in ranks])


@routes.on("posts")
async def posts(turn: Turn) -> Sequence[Say]:
    """编制: who holds which post, filled against wanted, and which grids have nobody."""
    directory, say = turn.world.directory, turn.texts.say
    tops = nodes(turn, *OVERSEERS)
    below = [directory.nodes[code] for node in tops for code in directory.under(node)]
    held = [(node, directory.at(node.code)) for node in below]
    lines = [
        say("leader.post", node=node.name, people="、".join(_post(turn, post) for post in found))
        for node, found in held
        if found
    ]
    shown = lines[:LISTED]
    if len(lines) > LISTED:
        shown.append(say("leader.more", count=len(lines) - LISTED))
    inhabited = set(await census.inhabited())
    empty = [
        node.name
        for node in below
        if (node.code in inhabited or directory.is_grid(node.code))
        and directory.grid(node.code) == node.code  # a 小区 within a grid is its worker's
        and not directory.at(node.code, Rank.WORKER) and not node.owner
    ]  # fmt: skip
    head = [*_declared(turn, tops), *_filled(turn, below)]
    some = "、".join(empty[:LISTED]) + (say("gaps.and_more", count=len(empty)) if len(empty) > LISTED else "")
    shown.append(say("leader.vacant", nodes=some) if empty else say("leader.full"))
    return [turn.whisper("leader.posts", lines="\n".join([*head, *shown]))]


def _post(turn: Turn, post: Post) -> str:
    """一级网格长（乡镇书记）张三: the role, and what the leader of that level is called where it differs."""
    directory = turn.world.directory
    title = directory.profile(post.node).title(directory.nodes[post.node].level)
    if post.rank is Rank.LEADER and title and title != post.role:
        return turn.texts.say("leader.titled", title=title, role=post.role, name=post.name)
    return f"{post.role}{post.name}"


def _declared(turn: Turn, tops: Iterable[str]) -> Iterable[str]:
    """申报 421 个，实有 419 个岗位, where an office said how many it has."""
    directory = turn.world.directory
    for code in tops:
        wanted = directory.nodes[code].declared
        if wanted is not None:
            what, number = gaps.nearest(wanted, directory.counts(code))
            name = directory.nodes[code].name
            yield turn.texts.say("leader.declared", node=name, wanted=wanted, number=number, what=what)


def _filled(turn: Turn, below: Sequence[Node]) -> Iterable[str]:
    """Posts of the staffing template: wanted, filled, and the first that are vacant."""
    directory, wanted = turn.world.directory, 0
    for node in below:
        territory = directory.profile(node.code).territory
        if node.kind not in territory.own:
            wanted += sum(each.count for each in territory.staffing.get(node.level, ()))
    if not wanted:
        return
    short = [gap for node in below for gap in directory.gaps.get(node.code, ()) if gap.what == "post"]
    vacant = sum(int(str(gap.params["count"])) for gap in short)
    names = "；".join(lacking.said(turn.world, gap) for gap in short[:SHOWN])
    more = turn.texts.say("gaps.and_more", count=len(short)) if len(short) > SHOWN else ""
    yield turn.texts.say("leader.filled", wanted=wanted, filled=wanted - vacant, vacant=vacant)
    if short:
        yield turn.texts.say("leader.lacking", things=names + more)


def about(turn: Turn, tops: Sequence[str]) -> Iterable[str]:
    """What 格情 says of the place itself: its kind, its size where that is wrong, its party organisations."""
    directory, say = turn.world.directory, turn.texts.say
    kinds = dict.fromkeys(directory.nodes[code].kind for code in tops if directory.is_grid(code))
    if named := "、".join(kind for kind in kinds if kind):
        yield say("leader.kind", kind=named)
    for code in tops:
        wrong = (gap for gap in directory.gaps.get(code, ()) if gap.what in ("large", "small"))
        yield from (lacking.said(turn.world, gap) for gap in wrong)
        chain = [above.party for above in directory.up(code) if above.party]
        if chain:
            yield say("leader.party", chain="→".join(reversed(chain)))
    below = dict.fromkeys(code for top in tops for code in directory.under(top))
    homes = [post.name for code in below for post in directory.at(code) if post.role == PARTY_HOME]
    if homes:
        more = say("gaps.and_more", count=len(homes)) if len(homes) > LISTED else ""
        yield say("leader.party_homes", names="、".join(homes[:LISTED]) + more)


@routes.on("gaps", "gaps_asked")
async def missing(turn: Turn) -> Sequence[Say]:
    """缺口: everything the org lacks, by sort, within the nodes of whoever oversees them."""
    tops = nodes(turn, *OVERSEERS)
    below = [code for top in tops for code in turn.world.directory.under(top)]
    lines = [*_by_sort(turn, below), *_departments(turn, below), *_places(turn, tops)]
    nothing = turn.texts.say("leader.no_gaps")
    return [turn.whisper("leader.gaps", lines="\n".join(lines) or nothing)]


def _by_sort(turn: Turn, below: Sequence[str]) -> Iterable[str]:
    known = turn.world.directory.gaps
    for what in ("post", "fixed", "large", "small", "facility"):
        found = [gap for code in below for gap in known.get(code, ()) if gap.what == what]
        yield from _some(turn, [lacking.said(turn.world, gap) for gap in found])
    yield from _some(turn, lacking.uncovered(turn.world, turn.world.directory.nodes, below))


def _departments(turn: Turn, below: Sequence[str]) -> Iterable[str]:
    """Categories without a department, where the profile expects one."""
    directory, found = turn.world.directory, []
    for code, category in directory.unanswered():
        if code in below:
            what = directory.profile(code).category(category).zh
            found.append(turn.texts.say("gaps.department", node=directory.nodes[code].name, what=what))
    yield from _some(turn, found)


def _places(turn: Turn, tops: Sequence[str]) -> Iterable[str]:
    """Places that lie in no grid: all of them for whoever leads the whole, else those above a grid."""
    directory = turn.world.directory
    mine = {code for top in tops for code in directory.under(top)} | (
        {""} if directory.top() in tops or not tops else set()
    )
    bare = [
        place.name
        for place in directory.landmarks
        if place.node in mine and not any(directory.is_grid(node.code) for node in directory.up(place.node))
    ]
    yield from _some(turn, [turn.texts.say("gaps.place", place=name) for name in bare])


def _some(turn: Turn, things: Sequence[str]) -> Iterable[str]:
    yield from (turn.texts.say("leader.item", what=what) for what in things[:SHOWN])
    if len(things) > SHOWN:
        yield turn.texts.say("leader.more", count=len(things) - SHOWN)


@routes.on("rollout")
async def rolled_out(turn: Turn) -> Sequence[Say]:
    """推广进度: at each level how many have a group, a bound worker, a first matter; and who has not."""
    found = rollout.reaches(turn.world.directory, nodes(turn, *OVERSEERS), await census.with_tickets())
    say, lines = turn.texts.say, []
    for reach in found:
        lines.append(
            say(
                "leader.reach", level=reach.level, nodes=reach.nodes,
                grouped=_share(reach.grouped, reach.nodes), bound=_share(reach.bound, reach.nodes),
                begun=_share(reach.begun, reach.nodes),
            )
        )  # fmt: skip
        if 0 < len(reach.behind) < reach.nodes:
            more = say("gaps.and_more", count=len(reach.behind)) if len(reach.behind) > SHOWN else ""
            lines.append(say("leader.behind", nodes="、".join(reach.behind[:SHOWN]) + more))
    return [turn.whisper("leader.coverage", lines="\n".join(lines))]


def _share(part: int, whole: int) -> str:
    return f"{part}（{round(100 * part / whole)}%）"


@routes.on("responsible")
async def responsible(turn: Turn) -> Sequence[Say]:
    """责任目录 [路灯]: which department answers for what here, whom to ask for, and when."""
    post = turn.require_staff()
    profile, word = turn.world.directory.profile(post.node), turn.rest.strip()
    if not word:
        return [turn.whisper("leader.responsible", lines="\n".join(_all(turn, post, profile)))]
    found = profile.category_word(word)
    if found is None:
        raise Refusal("refuse.no_category", word=word[:20])
    answering = turn.world.directory.departments_for(found[0], found[1], post.node)
    if not answering:
        raise Refusal("leader.nobody_responsible", what=profile.category(found[0]).zh)
    lines = "\n".join(_department(turn, each) for each in answering)
    return [turn.whisper("leader.responsible", lines=lines)]


def _all(turn: Turn, post: Post, profile: Profile) -> Iterable[str]:
    """One line a category; those the profile expects are named even where nobody answers."""
    for category in profile.categories.values():
        answering = turn.world.directory.departments_for(category.id, None, post.node)
        if answering:
            names = "、".join(_shortly(each) for each in answering[:3])
            yield turn.texts.say("leader.answers_for", what=category.zh, who=names)
        elif category.id in profile.territory.expected:
            yield turn.texts.say("leader.unanswered", what=category.zh)


def _shortly(each: Department) -> str:
    """The body with whom to ring up and when, as far as it is known: 供电所（刘所 0943-22）."""
    more = " ".join(part for part in (each.person, each.phone, each.hours) if part)
    return f"{each.name}（{more}）" if more else each.name


def _department(turn: Turn, each: Department) -> str:
    node = turn.world.directory.nodes.get(each.node)
    parts = (each.name, each.person, each.phone, each.hours, node.name if node else "")
    return " ".join(part for part in parts if part)


@routes.on("locate")
async def locate(turn: Turn) -> Sequence[Say]:
    """定位, 轨迹, 电子围栏: people are not located; the attempt stands in the audit."""
    await acts.record(turn.person.who, turn.now, "locate refused")
    return [turn.whisper("leader.not_located")]
