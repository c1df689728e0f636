"""应急模式: while it is on, residents say what they need and workers bring it; then it is reported."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from gridbot.errors import Refusal
from gridbot.handlers.duties import homes
from gridbot.handlers.routes import Routes
from gridbot.handlers.tickets import which
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models.cases import questions
from gridbot.models.duty import crises, visits
from gridbot.models.duty.care import Crisis
from gridbot.models.duty.visits import NOWHERE
from gridbot.nlp import Urgency
from gridbot.profiles import Rank

routes = Routes()

ON, OFF = ("开", "开启", "启动", "打开"), ("关", "结束", "解除", "关闭")
SHOWN = 9


@routes.on("crisis")
async def crisis(turn: Turn) -> Sequence[Say]:
    """应急模式 开 疫情 / 关: a leader switches it for his node; alone it shows what is still to be done."""
    turn.require_staff()
    command, directory = turn.reading.command, turn.world.directory
    node, words = _where(turn, turn.rest.split())
    known = await crises.running([each.code for each in directory.up(node)])
    said = set(command.options if command is not None else ()) | set(words[:1])
    words = words[1:] if words and words[0] in (*ON, *OFF) else words
    if said & set(ON):
        return await _begin(turn, node, known, " ".join(words))
    known = known or await crises.running(directory.under(node))  # one that was begun for a part of it
    if said & set(OFF):
        return await _end(turn, known)
    if known is None:
        raise Refusal("crisis.how")
    return [await _list(turn, known)]


def _where(turn: Turn, words: list[str]) -> tuple[str, list[str]]:
    """The node that is named, else the speaker's own; and the other words."""
    for word in words:
        if (named := turn.world.directory.node_named(word)) is not None:
            turn.require(named.code)
            return named.code, [other for other in words if other != word]
    return turn.person.posts[0].node, words


async def _begin(turn: Turn, code: str, known: Crisis | None, why: str) -> Sequence[Say]:
    """Everybody would hear of it, so a second word is asked for."""
    turn.require(code, Rank.LEADER)
    if known is not None:
        raise Refusal("crisis.on_already", why=known.why)
    why = why or turn.texts.say("crisis.unnamed")
    where = turn.private_with(turn.heard.sender)
    await turn.ask(turn.heard.sender, "crisis_on", where=where, data={"node": code, "why": why})
    return [
        turn.whisper(
            "crisis.ask", why=why, node=turn.world.directory.nodes[code].name,
            groups=len(turn.world.directory.groups_of(code)), workers=len(_workers(turn, code)),
        )
    ]  # fmt: skip


def _workers(turn: Turn, code: str) -> list[str]:
    """The accounts of the workers below a node."""
    directory = turn.world.directory
    posts = [post for node in directory.under(code) for post in directory.at(node, Rank.WORKER)]
    return sorted({post.contact for post in posts if post.contact and post.contact != turn.heard.sender})


@routes.on("?crisis_on")
async def begin(turn: Turn) -> Sequence[Say]:
    """确认: it is on; anything else: it stays off."""
    question, command = turn.asked, turn.reading.command
    await questions.answered(question)
    if command is None or command.name not in ("confirm", "yes"):
        return await which.handlers["talk"](turn)
    directory, node = turn.world.directory, str(question.data.get("node"))
    turn.require(node, Rank.LEADER)
    row = await crises.begin(turn.act, node, str(question.data.get("why")))
    kinds = " / ".join(directory.profile(node).care.needs)
    return [
        turn.whisper("crisis.begun", why=row.why, node=directory.nodes[node].name),
        *(turn.tell_group(group, "crisis.group", kinds=kinds) for group in directory.groups_of(node)),
        *(turn.tell(to, "crisis.worker", why=row.why) for to in _workers(turn, node)),
    ]


async def _end(turn: Turn, known: Crisis | None) -> Sequence[Say]:
    """Off again: the report says what was asked for, what was done, and what is left."""
    if known is None:
        raise Refusal("crisis.how")
    turn.require(known.node, Rank.LEADER)
    await crises.end(turn.act, known)
    found = await crises.all_of(known)
    asked, done = Counter(need.kind for need in found), Counter(need.kind for need in found if need.done_at)
    lines = "".join(
        turn.texts.say("crisis.kind_line", kind=kind, asked=count, done=done[kind])
        for kind, count in asked.items()
    )
    waits = [(need.done_at - need.at).total_seconds() / 3600 for need in found if need.done_at]
    hours = f"{sum(waits) / len(waits):.1f}" if waits else "0"
    span = f"{turn.when(known.at)}—{turn.when(turn.now)}"
    return [
        turn.reply(
            "crisis.report", why=known.why, span=span, asked=len(found), done=sum(done.values()),
            open=len(found) - sum(done.values()), hours=hours,
            homes=len({need.household or need.contact for need in found}),
            lines=lines,
        )
    ]  # fmt: skip


async def _list(turn: Turn, row: Crisis) -> Say:
    """What is still to be done in the speaker's area, the most pressing first; in private."""
    found = await crises.waiting(row, homes.area(turn))
    if not found:
        return turn.whisper("crisis.none", why=row.why)
    doors = await visits.doors(need.household for need in found if need.household)
    lines = "\n".join(
        f"{number}. {need.kind} {doors.get(need.household, NOWHERE) if need.household else ''} {need.text}"
        for number, need in enumerate(found[:SHOWN], 1)
    )
    return turn.whisper("crisis.list", why=row.why, count=len(found), lines=lines)


async def heard(turn: Turn) -> list[Say] | None:
    """买药 降压药两盒, while 应急模式 is on: noted; None where it is off or nothing of it is asked for."""
    directory = turn.world.directory
    grid = turn.person.home.node if turn.person.home else turn.grid
    care = directory.profile(grid).care if grid else None
    text = turn.reading.text or turn.heard.text
    kind = care.need_in(text) if care is not None else None
    if care is None or kind is None or (not text.startswith(kind) and not _asks_for_it(turn)):
        return None
    row = await crises.running([node.code for node in directory.up(grid)])
    if row is None:
        return None
    household = turn.person.home.id if turn.person.home else ""
    words = text.removeprefix(kind).strip(homes.PUNCTUATION)
    await crises.need(
        turn.act, row, grid=grid, household=household, contact=turn.heard.sender, kind=kind, text=words,
        priority=care.needs[kind],
    )  # fmt: skip
    says = [turn.whisper("crisis.noted")]
    worker = directory.worker(grid)
    if (
        worker is not None
        and worker.contact
        and worker.contact != turn.heard.sender
        and care.needs[kind] == 1
    ):
        doors = await visits.doors([household] if household else [])
        door = doors.get(household, NOWHERE) if household else ""
        says.append(turn.tell(worker.contact, "crisis.first", urgent=True, kind=kind, door=door, text=words))
    return says


def _asks_for_it(turn: Turn) -> bool:
    """Whether words that are no order may be one: a resident's, and neither danger, thanks nor a notice."""
    reading = turn.reading
    plain = reading.urgency is not Urgency.EMERGENCY and not reading.resolved
    return plain and not turn.person.is_staff and not reading.flags & {"thanks", "notice", "advert"}


@routes.on("need_done")
async def need_done(turn: Turn) -> Sequence[Say]:
    """送达 3-502: what this household asked for was brought; the one who asked hears of it in private."""
    turn.require_staff()
    directory = turn.world.directory
    row = await crises.running([node.code for node in directory.up(turn.person.posts[0].node)])
    if row is None:
        raise Refusal("crisis.how")
    home, _ = await homes.one(turn, need="crisis.done_how")
    found = [one for one in await crises.waiting(row) if one.household == home.id]
    if not found:
        raise Refusal("crisis.nothing", door=visits.door(home))
    for one in found:
        await crises.done(turn.act, one)
    left = await crises.waiting(row, homes.area(turn))
    kinds = "、".join(dict.fromkeys(one.kind for one in found))
    says = [turn.whisper("crisis.brought", door=visits.door(home), kinds=kinds, left=len(left))]
    asked = dict.fromkeys(one.contact for one in found if one.contact != turn.heard.sender)
    return [*says, *(turn.tell(contact, "crisis.brought_resident", kinds=kinds) for contact in asked)]
