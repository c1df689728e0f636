"""议事: a question to the neighbours, their opinions and promises, one summary, a result, tasks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import time, timedelta

from gridbot.errors import NotAllowed, Refusal
from gridbot.handlers import cards, masking, opening
from gridbot.handlers.routes import Routes
from gridbot.handlers.said import Said
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models import acts, board, casework, discussions
from gridbot.models.board import Plan
from gridbot.models.directory import Group, Post
from gridbot.models.discussions import DONE, OPEN, PLEDGE, Tally
from gridbot.models.people import Person
from gridbot.models.trust import Discussion, Voice
from gridbot.nlp import Because, Kind, Reading
from gridbot.nlp.slots import quantity, stance
from gridbot.profiles import OTHER, Rank

routes = Routes()

CLOSES_AT = time(18)
SHOWN = 12
HOSTS = (Rank.LEADER, Rank.DEPUTY, Rank.WORKER)
LEAST = 4  # characters of a question


@routes.on("discuss")
async def discuss(turn: Turn) -> Sequence[Say]:
    """议事 题目 [到周五]: a new question; 议事 3 我同意: what somebody thinks; 议事: what is open."""
    words = turn.rest.split(maxsplit=1)
    number = int(words[0].lstrip("#")) if words and words[0].lstrip("#").isdigit() else None
    if number is not None and len(words) > 1:
        return await _voiced(turn, await _row(number), words[1])
    if number is not None:
        return [turn.reply("discuss.how_say", number=number)]
    if not words:
        return [await _open(turn)]
    if not turn.person.is_staff:
        raise NotAllowed
    return await _asked(turn)


async def _asked(turn: Turn) -> Sequence[Say]:
    post = turn.require_staff(*HOSTS)
    group = turn.group if turn.group is not None and turn.group.residents else None
    node = group.node if group is not None else post.node
    turn.require(node, *HOSTS)
    when = turn.reading.when
    title = turn.rest.replace(when.text, " ", 1) if when is not None and when.text else turn.rest
    title = " ".join(title.split()).removesuffix(" 到").strip()
    if len(title) < LEAST:
        raise Refusal("discuss.how")
    days = turn.world.directory.profile(node).merit.discuss_days
    day = turn.world.local(turn.now).date() + timedelta(days=days)
    if when is not None and when.start is not None and (when.end or when.start) > turn.now:
        day = turn.world.local(when.end or when.start).date()
    closes_at = turn.world.calendar.at(day, CLOSES_AT)
    groups = [group] if group is not None else list(turn.world.directory.groups_of(node))
    if not groups:
        raise Refusal("announce.no_group", scope=turn.world.directory.nodes[node].name)
    row = await discussions.opened(turn.act, node, title, closes_at, [each.room for each in groups])
    await board.put(Plan("discussion_closes", f"discussion:{row.id}", closes_at))
    await acts.record(turn.person.who, turn.now, "discuss", f"discussion:{row.id}")
    posts = [_post(turn, row, each, "discuss.post", until=turn.when(closes_at)) for each in groups]
    return [turn.whisper("discuss.opened", number=row.id, until=turn.when(closes_at)), *posts]


def _post(turn: Turn, row: Discussion, group: Group, key: str, **params: object) -> Say:
    post = turn.written(
        replace(turn.heard.where, room=group.room, contact=None), key,
        {"number": row.id, "title": row.title, **params},
    )  # fmt: skip
    what = discussions.once(row.id, group.room)
    return replace(post, once=what if key == "discuss.post" else f"result:{what}")


async def _open(turn: Turn) -> Say:
    directory, home = turn.world.directory, turn.person.home
    own = [post.node for post in turn.person.posts] + ([home.node] if home else [])
    nodes = {node.code for code in own for node in directory.up(code)}
    nodes |= {code for post in turn.person.posts for code in directory.under(post.node)}
    rows = await discussions.at(sorted(nodes))
    lines = [
        turn.texts.say("discuss.line", number=row.id, title=row.title, until=turn.when(row.closes_at))
        for row in rows
    ]
    return turn.reply("discuss.list", lines="\n".join(lines) or turn.texts.say("leader.none"))


async def _row(number: int) -> Discussion:
    row = await discussions.get(number)
    if row is None:
        raise Refusal("discuss.no_such", number=number)
    return row


# --- what neighbours say ----------------------------------------------------------------------------------


async def voice(turn: Turn) -> Sequence[Say] | None:
    """An answer that quotes the question is an opinion on it, heard without a word in the group.

    None where nothing of the kind is quoted.
    """
    quote = turn.heard.quote
    if quote is None or turn.person.is_staff or not turn.heard.text.strip():
        return None
    row = await discussions.quoted(quote.id, quote.text)
    return None if row is None else await _voiced(turn, row, turn.heard.text.strip())


async def _voiced(turn: Turn, row: Discussion, words: str) -> Sequence[Say]:
    if row.state != OPEN:
        return [turn.whisper("discuss.over", number=row.id)]
    home = turn.person.home
    if home is None or not turn.world.directory.inside(home.node, row.node):
        return [turn.whisper("discuss.bind_first", number=row.id)]
    await discussions.said(
        turn.act, row, turn.heard.sender, home.id, masking.words(words, 300), stance.find(words)
    )
    return [turn.whisper("discuss.noted", number=row.id)]


@routes.on("pledge")
async def pledge(turn: Turn) -> Sequence[Say]:
    """认领 3 出工两天: a promise of hands or things. The bot takes no money and says so."""
    command = turn.reading.command
    if command is None or not command.numbers or not turn.rest:
        raise Refusal("discuss.pledge_how")
    row = await _row(command.numbers[0])
    home = turn.person.home
    if home is None or not turn.world.directory.inside(home.node, row.node):
        return [turn.whisper("discuss.bind_first", number=row.id)]
    if row.state == DONE:
        return [turn.whisper("discuss.over", number=row.id)]
    words = masking.words(turn.rest, 120)
    await discussions.said(turn.act, row, turn.heard.sender, home.id, words, PLEDGE)
    return [turn.whisper("discuss.pledged", number=row.id, what=words)]


# --- summary, result, tasks -------------------------------------------------------------------------------


async def _hosted(turn: Turn) -> Discussion:
    """The question a host names, or his only open one; raises Refusal and NotAllowed."""
    turn.require_staff(*HOSTS)
    command, directory = turn.reading.command, turn.world.directory
    if command is not None and command.numbers:
        row = await _row(command.numbers[0])
    else:
        nodes = [code for post in turn.person.posts for code in directory.under(post.node)]
        found = await discussions.at(nodes)
        if len(found) != 1:
            raise Refusal("discuss.number")
        row = found[0]
    turn.require(row.node, *HOSTS)
    return row


@routes.on("discuss_sum")
async def summary(turn: Turn) -> Sequence[Say]:
    """议事汇总 3: the count and the words, without names, for the host."""
    row = await _hosted(turn)
    found = await discussions.voices(row.id)
    await acts.record(turn.person.who, turn.now, "read.discussion", f"discussion:{row.id}")
    params = {**_counts(row, found), "lines": _lines(turn, found)}
    return [turn.written(turn.private_with(turn.heard.sender), "discuss.summary", params)]


def _counts(row: Discussion, found: Sequence[Voice]) -> dict[str, str]:
    count: Tally = discussions.tally(found)
    return {
        "number": str(row.id), "title": row.title, "all": str(count.all), "agree": str(count.agree),
        "against": str(count.against), "other": str(count.other), "pledges": str(count.pledges),
    }  # fmt: skip


def _lines(turn: Turn, found: Sequence[Voice]) -> str:
    say = turn.texts.say
    names = {"for": "discuss.for", "against": "discuss.against", PLEDGE: "discuss.pledge"}
    lines = [
        say("discuss.said", what=say(names.get(v.stance, "discuss.other")), words=v.words) for v in found
    ]
    return "\n".join(lines[-SHOWN:]) or say("leader.none")


@routes.on("discuss_result")
async def result(turn: Turn) -> Sequence[Say]:
    """议事结果 3 同意加装 …: one message to the group with the count and the result."""
    row = await _hosted(turn)
    if not turn.rest:
        raise Refusal("discuss.result_how", number=row.id)
    if row.state == DONE:
        raise Refusal("discuss.over", number=row.id)
    if "identity" in turn.reading.flags or quantity.mask(turn.rest) != turn.rest:
        raise Refusal("discuss.no_numbers")
    await discussions.decided(turn.act, row, turn.rest)
    await board.cancel(f"discussion:{row.id}", "discussion_closes")
    await acts.record(turn.person.who, turn.now, "discussed", f"discussion:{row.id}")
    counts = _counts(row, await discussions.voices(row.id))
    groups = [group for group in turn.world.directory.groups_of(row.node) if group.room in row.rooms]
    key = "discuss.result_pledges" if counts["pledges"] != "0" else "discuss.result"
    posts = [_post(turn, row, group, key, **counts, result=turn.rest) for group in groups]
    return [turn.whisper("discuss.done", number=row.id), *posts]


@routes.on("discuss_task")
async def task(turn: Turn) -> Sequence[Say]:
    """议事任务 3 李网 周五 联系电梯厂家: a ticket of its own, with an owner and a day."""
    row = await _hosted(turn)
    name, _, rest = turn.rest.partition(" ")
    post = _colleague(turn, name, row.node)
    when = turn.reading.when
    what = rest.replace(when.text, " ", 1) if when is not None and when.text else rest
    what = " ".join(what.split())
    if not what:
        raise Refusal("discuss.task_how", number=row.id)
    text = turn.texts.say("discuss.task", number=row.id, what=what)
    said = Said(
        where=turn.private_with(turn.heard.sender), person=Person("", turn.heard.where.transport),
        message=turn.heard.id, text=text, at=turn.now, node=row.node,
    )  # fmt: skip
    reading = Reading(kind=Kind.ISSUE, category=OTHER, confidence=1.0, because=(Because("command.discuss"),))
    ticket, _ = await opening.open_ticket(turn, reading, said=said, taken_by=post)
    if when is not None and when.start is not None and (when.end or when.start) > turn.now:
        day = turn.world.local(when.end or when.start).date()
        due = turn.world.calendar.at(day, turn.world.calendar.hours[-1][1])
        await casework.dated(ticket, turn.act, due_at=due)
    await discussions.tasked(turn.act, row, ticket.no)
    says = [turn.whisper("discuss.tasked", number=row.id, no=ticket.no, name=post.name)]
    if post.contact and post.contact != turn.heard.sender:
        says += await cards.ticket_card(turn, ticket, post.contact, why=turn.person.name)
    return says


def _colleague(turn: Turn, name: str, node: str) -> Post:
    posts = [post for post in turn.world.directory.posts if name in (post.name, post.staff)]
    near = [post for post in posts if turn.world.directory.inside(node, post.node)] or posts
    if not near:
        raise Refusal("refuse.no_colleague", name=name[:20])
    return near[0]


# --- the stars of an estate -------------------------------------------------------------------------------


@routes.on("emblem")
async def emblem(turn: Turn) -> Sequence[Say]:
    """五星小区: the checklist; 五星 邻里和睦 达标 全年无纠纷: one of them, with its evidence."""
    post = turn.require_staff(*HOSTS)
    names = turn.world.directory.profile(post.node).merit.emblems
    words, command = turn.rest.split(maxsplit=1), turn.reading.command
    if words:
        if words[0] not in names or command is None or not command.options:
            raise Refusal("discuss.emblem_how", names="、".join(names))
        met, evidence = "达标" in command.options, words[1] if len(words) > 1 else ""
        if met and not evidence:
            raise Refusal("discuss.evidence", name=words[0])
        await discussions.emblem(turn.act, post.node, words[0], met=met, evidence=evidence)
    have = await discussions.emblems(post.node)
    lines = [
        turn.texts.say(
            "discuss.emblem", mark="★" if name in have and have[name].met else "☆", name=name,
            evidence=have[name].evidence if name in have else "",
        ).strip()
        for name in names
    ]  # fmt: skip
    stars = sum(row.met for row in have.values())
    node = turn.world.directory.nodes[post.node].name
    return [turn.whisper("discuss.emblems", node=node, stars=stars, all=len(names), lines="\n".join(lines))]
