"""Campaigns: a list from the register, or a checklist, worked off once and added up by itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from gridbot.errors import Refusal
from gridbot.handlers.duties import homes
from gridbot.handlers.routes import Routes
from gridbot.handlers.tickets import timing, which
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models.duty import campaigns, visits
from gridbot.models.duty.care import Campaign
from gridbot.models.territory import register
from gridbot.models.territory.org import Household
from gridbot.profiles import Rank

routes = Routes()

SHOWN = 5
KNOWN_FOR = timedelta(days=30)  # what was noted of somebody's coming and going holds
COMING_HOME = "返乡排查"
NAMES = frozenset(
    {COMING_HOME, "三无村", "无疫村", "三无社区", "无疫社区"}
)  # options of 专项: campaigns that may be named without it
ASKED = ("进度", "情况", "名单")
ENDED = ("结束", "收尾", "完成")


@routes.on("campaign")
async def campaign(turn: Turn) -> Sequence[Say]:
    """专项 返乡排查 到1月20日 starts one (a leader); with a door it answers; its name alone shows it."""
    post = turn.require_staff()
    directory, words = turn.world.directory, _words(turn)
    if not words:
        return [await _open(turn)]
    above = [node.code for node in directory.up(post.node)]
    known = await campaigns.running([*above, *directory.under(post.node)], words[0])
    if known is None and words[0] in ASKED:
        return [await _open(turn)]
    if known is None:
        return await _start(turn, words[0]) if turn.private else await which.handlers["talk"](turn)
    turn.require(known.node) if _leads(turn, known) else None
    if len(words) > 1 and words[1] in ENDED:
        return await _end(turn, known)
    if known.kind == campaigns.CHECKLIST:
        return await _point(turn, known, words[1:])
    found = await homes.maybe(turn)
    if found is None:
        return [await _standing(turn, known)]
    homes.in_private(turn) if turn.discreet else None
    return await _answer(turn, known, *found)


def _words(turn: Turn) -> list[str]:
    """The campaign's name first, also where it is said as the command itself: 返乡排查 到周五."""
    command = turn.reading.command
    named = sorted(command.options & NAMES) if command is not None else []
    words = timing.reason(turn).split()
    return [*named, *(word for word in words if word not in named)] if named else words


async def screened(turn: Turn) -> Sequence[Say] | None:
    """排查 返乡人员 到周五, 排查 3-502 已返乡 while that campaign runs; None for everything else."""
    post = turn.require_staff()
    if not turn.private or register.BACK not in turn.rest:
        return None
    directory = turn.world.directory
    near = [*(node.code for node in directory.up(post.node)), *directory.under(post.node)]
    known = await campaigns.running(near, COMING_HOME)
    if known is not None and (found := await homes.maybe(turn, names=True)) is not None:
        return await _came_home(turn, known, *found)
    if known is not None and post.rank is Rank.LEADER:
        return [await _standing(turn, known)]
    if known is None and post.rank is Rank.LEADER and timing.said_moment(turn) is not None:
        return await _start(turn, COMING_HOME)
    return None


async def _came_home(turn: Turn, row: Campaign, home: Household, rest: str) -> Sequence[Say]:
    """王小山 已返乡, 未返乡: of the members who are named, else of the whole household."""
    members = [member.name for member in (await register.entry(home)).members]
    named = [name for name in members if name in rest]
    not_back = any(word in rest for word in campaigns.NOT_BACK_WORDS)
    for name in named:
        await register.there(turn.act, home, name, register.AWAY if not_back else register.BACK)
    return await _answer(turn, row, home, campaigns.NOT_BACK if not_back else register.BACK, told=bool(named))


def _leads(turn: Turn, campaign: Campaign) -> bool:
    return turn.world.directory.covers(turn.person, campaign.node, Rank.LEADER)


async def _open(turn: Turn) -> Say:
    directory = turn.world.directory
    post = turn.person.posts[0]
    near = [*(node.code for node in directory.up(post.node)), *directory.under(post.node)]
    rows = await campaigns.open_at(near)
    if not rows:
        return turn.whisper("campaign.how")
    return turn.whisper("campaign.open", names="、".join(row.name for row in rows))


async def _start(turn: Turn, name: str) -> Sequence[Say]:
    """The list comes from the register or from the profile's checklist; nobody types it."""
    post = turn.require_staff(Rank.LEADER)
    directory = turn.world.directory
    due = timing.said_moment(turn)
    day = turn.world.local(due).date() if due is not None else None
    points = directory.profile(post.node).care.campaigns.get(name)
    if points is None and day is None:
        raise Refusal("campaign.start_how", name=name)
    if points is not None:
        row = await campaigns.start(
            turn.act, post.node, name, campaigns.CHECKLIST, [(point, post.node) for point in points], day
        )
    else:
        found = await campaigns.homes(directory.under(post.node))
        row = await campaigns.start(turn.act, post.node, name, campaigns.HOMES, found, day)
        await _known_already(turn, row)
    says = [await _standing(turn, row, key="campaign.started")]
    return says + await _tell(turn, row, day)


async def _known_already(turn: Turn, row: Campaign) -> None:
    """What the register knows of who came home or is away stands in the list from the beginning."""
    state = next((one for one in (register.BACK, register.AWAY) if one in row.name), "")
    known = await register.households_with(state, turn.now - KNOWN_FOR) if state else set()
    for item in await campaigns.items(row):
        if item.subject in known:
            await campaigns.answered(turn.act, item, state)


async def _tell(turn: Turn, row: Campaign, day: date | None) -> list[Say]:
    """Each worker of the list hears of it once."""
    directory = turn.world.directory
    grids: dict[str, int] = {}
    for item in [one for one in await campaigns.items(row) if one.at is None]:
        grids[item.grid] = grids.get(item.grid, 0) + 1
    counts: dict[str, int] = {}
    for grid, count in grids.items():
        worker = directory.worker(grid)
        if worker is not None and worker.contact and worker.contact != turn.heard.sender:
            counts[worker.contact] = counts.get(worker.contact, 0) + count
    until = turn.texts.on(day) if day else turn.texts.say("campaign.no_day")
    key = "campaign.task" if row.kind == campaigns.HOMES else "campaign.task_points"
    return [turn.tell(to, key, name=row.name, count=count, day=until) for to, count in counts.items()]


async def _answer(
    turn: Turn, row: Campaign, home: Household, rest: str, *, told: bool = False
) -> Sequence[Say]:
    """One household, once: what is known already is shown instead of being asked again.

    `told`: who of the household is where is noted already.
    """
    words = rest.split()
    answer = " ".join(words[1:] if words and words[0] == row.name else words)
    item = await campaigns.item(row, home.id)
    if item is None:
        raise Refusal("campaign.not_listed", name=row.name)
    if not answer:
        raise Refusal("campaign.answer_how", name=row.name)
    if item.at is not None and item.answer == answer:
        raise Refusal("campaign.known", door=visits.door(home), answer=item.answer)
    await campaigns.answered(turn.act, item, answer)
    for state in (register.BACK, register.AWAY, register.AT_HOME):
        if not told and answer.startswith((state, f"已{state}")):
            for name in [member.name for member in (await register.entry(home)).members] or [home.head]:
                await register.there(turn.act, home, name, state)
            break
    left = [one for one in await campaigns.items(row, homes.area(turn)) if one.at is None]
    return [turn.whisper("campaign.noted", door=visits.door(home), answer=answer, left=len(left))]


async def _point(turn: Turn, row: Campaign, words: Sequence[str]) -> Sequence[Say]:
    """专项 三无社区 2 已入户宣传: a point of the checklist is done."""
    points = await campaigns.items(row)
    if not words:
        return [await _standing(turn, row)]
    numbers = [int(word) for word in words[:1] if word.isdecimal()]
    point = next((one for one in points if one.subject == words[0]), None)
    if numbers and 1 <= numbers[0] <= len(points):
        point = points[numbers[0] - 1]
    if point is None:
        raise Refusal("campaign.which_point", name=row.name, count=len(points))
    turn.require(row.node) if not _leads(turn, row) else None
    answer = " ".join(words[1:]) or turn.texts.say("campaign.done")
    await campaigns.answered(turn.act, point, answer)
    return [await _standing(turn, row)]


async def _standing(turn: Turn, row: Campaign, *, key: str = "campaign.standing") -> Say:
    """Numbers for whoever asks; the points of a checklist by name."""
    found = await campaigns.standing(row)
    lines = []
    if row.kind == campaigns.CHECKLIST:
        for number, one in enumerate(await campaigns.items(row), 1):
            mark = one.answer if one.at is not None else turn.texts.say("campaign.open_point")
            lines.append(f"{number}. {one.subject}：{mark}")
    else:
        counted = "、".join(f"{answer} {count}" for answer, count in list(found.answers.items())[:SHOWN])
        if counted:
            lines.append(counted)
        names = [turn.world.directory.nodes[code].name for code in found.open_grids[:SHOWN]]
        if names:
            lines.append(turn.texts.say("campaign.open_grids", names="、".join(names)))
    until = turn.texts.on(row.due_on) if row.due_on else turn.texts.say("campaign.no_day")
    return turn.whisper(
        key, name=row.name, done=found.done, total=found.total, day=until, lines="\n".join(lines)
    )


async def _end(turn: Turn, row: Campaign) -> Sequence[Say]:
    turn.require(row.node, Rank.LEADER)
    await campaigns.close(turn.act, row)
    return [await _standing(turn, row, key="campaign.ended")]
