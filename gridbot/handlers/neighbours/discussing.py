"""议事: a question to the neighbours, their opinions and promises, one summary, a result, tasks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import time, timedelta

from gridbot.errors import NotAllowed, Refusal
from gridbot.handlers.routes import Routes
from gridbot.handlers.tickets import which
from gridbot.handlers.trust import masking
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models import acts, board
from gridbot.models.board import Plan
from gridbot.models.neighbours import discussions
from gridbot.models.neighbours.discussions import DONE, OPEN, PLEDGE
from gridbot.models.neighbours.trust import Discussion
from gridbot.models.territory.directory import Group
from gridbot.nlp.slots import stance
from gridbot.profiles import Rank

routes = Routes()

CLOSES_AT = time(18)
SHOWN = 12
HOSTS = (Rank.LEADER, Rank.DEPUTY, Rank.WORKER)
RESULT = "结果"
LEAST = 4  # characters of a question


@routes.on("discuss")
async def discuss(turn: Turn) -> Sequence[Say]:
    """议事 题目 [到周五]: a new question; 议事 3 我同意: what somebody thinks; 议事: what is open."""
    words = turn.rest.split(maxsplit=1)
    number = int(words[0].lstrip("#")) if words and words[0].lstrip("#").isdigit() else None
    if number is not None and len(words) > 1:
        decided = words[1].removeprefix(RESULT).strip(" ：:，,")
        if turn.person.is_staff and decided != words[1] and turn.reading.command is not None:
            command = replace(turn.reading.command, name="discuss_result", numbers=(number,), rest=decided)
            turn.reading = replace(turn.reading, command=command)
            return await which.handlers["discuss_result"](turn)
        return await _voiced(turn, await row_of(number), words[1])
    if number is not None:
        return [turn.reply("discuss.how_say", number=number)]
    if not words:
        return [await _open(turn)]
    if not turn.person.is_staff:
        if (only := await _only(turn)) is None:
            raise NotAllowed
        return await _voiced(turn, only, turn.rest.strip())
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
    posts = [post_of(turn, row, each, "discuss.post", until=turn.when(closes_at)) for each in groups]
    return [turn.whisper("discuss.opened", number=row.id, until=turn.when(closes_at)), *posts]


def post_of(turn: Turn, row: Discussion, group: Group, key: str, **params: object) -> Say:
    """A post about a question in one of its groups; the same one is never sent twice."""
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


async def row_of(number: int) -> Discussion:
    """The question of that number; raises Refusal."""
    row = await discussions.get(number)
    if row is None:
        raise Refusal("discuss.no_such", number=number)
    return row


# --- what neighbours say ----------------------------------------------------------------------------------


async def voice(turn: Turn) -> Sequence[Say] | None:
    """An answer that quotes the question, or begins like a vote (我不同意 …), is an opinion on it.

    It is heard without a word in the group. None for everything else.
    """
    quote, text = turn.heard.quote, turn.heard.text.strip()
    if turn.person.is_staff or not text:
        return None
    if quote is None:
        heard = stance.opens(text) or stance.pledged(text)
        only = await _only(turn) if heard and turn.person.home is not None else None
        return None if only is None else await _voiced(turn, only, text)
    row = await discussions.quoted(quote.id, quote.text)
    return None if row is None else await _voiced(turn, row, text)


async def _only(turn: Turn) -> Discussion | None:
    """The only question that is put to the speaker's neighbourhood now."""
    home = turn.person.home
    above = [node.code for node in turn.world.directory.up(home.node)] if home is not None else []
    room = turn.heard.where.room
    found = [row for row in await discussions.at(above) if row.state == OPEN]
    found = [row for row in found if room is None or room in row.rooms]
    return found[0] if len(found) == 1 else None


async def _voiced(turn: Turn, row: Discussion, words: str) -> Sequence[Say]:
    if row.state != OPEN:
        return [turn.whisper("discuss.over", number=row.id)]
    home = turn.person.home
    if home is None or not turn.world.directory.inside(home.node, row.node):
        return [turn.whisper("discuss.bind_first", number=row.id)]
    held = stance.find(words)
    promised = stance.pledged(words)
    if held or not promised:
        await discussions.said(turn.act, row, turn.heard.sender, home.id, masking.words(words, 300), held)
    if not promised:
        return [turn.whisper("discuss.noted", number=row.id)]
    what = masking.words(words, 120)
    await discussions.said(turn.act, row, turn.heard.sender, home.id, what, PLEDGE)
    return [turn.whisper("discuss.pledged", number=row.id, what=what)]


@routes.on("pledge")
async def pledge(turn: Turn) -> Sequence[Say]:
    """认领 3 出工两天: a promise of hands or things. The bot takes no money and says so."""
    row, promise = await _promised(turn)
    home = turn.person.home
    if home is None or not turn.world.directory.inside(home.node, row.node):
        return [turn.whisper("discuss.bind_first", number=row.id)]
    if row.state == DONE:
        return [turn.whisper("discuss.over", number=row.id)]
    words = masking.words(promise, 120)
    await discussions.said(turn.act, row, turn.heard.sender, home.id, words, PLEDGE)
    return [turn.whisper("discuss.pledged", number=row.id, what=words)]


async def _promised(turn: Turn) -> tuple[Discussion, str]:
    """The question by its number and the promise; 认捐300元 is about the only one that is open."""
    command = turn.reading.command
    number = command.numbers[0] if command is not None and command.numbers else None
    row = await discussions.get(number) if number is not None else None
    if row is not None and turn.rest:
        return row, turn.rest
    only = await _only(turn) if turn.rest and row is None else None
    if only is not None:
        return only, turn.heard.text.strip()
    if number is not None and row is None:
        raise Refusal("discuss.no_such", number=number)
    raise Refusal("discuss.pledge_how")
