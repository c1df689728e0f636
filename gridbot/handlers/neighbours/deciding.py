"""What comes of a question to the neighbours: a count for its host, a result for the group, tasks."""

from __future__ import annotations

from collections.abc import Sequence

from gridbot.errors import Refusal
from gridbot.handlers.neighbours import discussing
from gridbot.handlers.reports import opening
from gridbot.handlers.reports.said import Said
from gridbot.handlers.routes import Routes
from gridbot.handlers.tickets import cards
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models import acts, board
from gridbot.models.cases import casework
from gridbot.models.neighbours import discussions
from gridbot.models.neighbours.discussions import DONE, PLEDGE, Tally
from gridbot.models.neighbours.trust import Discussion, Voice
from gridbot.models.territory.people import Person, Post
from gridbot.nlp import Because, Kind, Reading
from gridbot.nlp.slots import quantity
from gridbot.profiles import OTHER

routes = Routes()

SHOWN = 12


async def _hosted(turn: Turn) -> Discussion:
    """The question a host names, or his only open one; raises Refusal and NotAllowed."""
    turn.require_staff(*discussing.HOSTS)
    command, directory = turn.reading.command, turn.world.directory
    if command is not None and command.numbers:
        row = await discussing.row_of(command.numbers[0])
    else:
        nodes = [code for post in turn.person.posts for code in directory.under(post.node)]
        found = await discussions.at(nodes)
        if len(found) != 1:
            raise Refusal("discuss.number")
        row = found[0]
    turn.require(row.node, *discussing.HOSTS)
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
    posts = [discussing.post_of(turn, row, group, key, **counts, result=turn.rest) for group in groups]
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
