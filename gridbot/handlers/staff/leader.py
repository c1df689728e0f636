"""A leader asks how things stand, and pushes one matter."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from gridbot.digests import Period, compose, lacking, leads, measured, row_of, running, span_of
from gridbot.errors import Refusal
from gridbot.handlers.duties import homes
from gridbot.handlers.routes import Routes
from gridbot.handlers.staff import territory
from gridbot.handlers.tickets import cards, chosen, open_list, told, which
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models.cases import casework, workload
from gridbot.models.duty import keypeople
from gridbot.models.territory import census, register
from gridbot.models.territory.directory import Node
from gridbot.profiles import Rank

routes = Routes()

ORDINARY = "普通"

PERIODS = {
    "daily": Period.DAY,
    "weekly": Period.WEEK,
    "monthly": Period.MONTH,
    "quarterly": Period.QUARTER,
    "yearly": Period.YEAR,
}
LISTED = 12
OVERSEERS = (Rank.LEADER, Rank.PATRON, Rank.MEMBER, Rank.SUPERVISOR)  # who may ask for figures


@routes.on(*PERIODS)
async def digest(turn: Turn) -> Sequence[Say]:
    """日报, 周报, 月报, 季报, 年报: the figures up to this moment; 日报 3月1日 those of that day."""
    command = turn.reading.command
    assert command is not None
    period = PERIODS[command.name]
    day = _day(turn, period)
    if day is None:
        span = running(turn.world, period, turn.now)
    else:
        span = span_of(turn.world, period, day)
        if span.start >= turn.now:
            raise Refusal("leader.not_yet")
    department = open_list.department(turn)
    numbers = None if department is None else await workload.numbers_of(department.id)
    found = await measured(turn.world, _nodes(turn), span, numbers)
    lacks = list(lacking.lacking(turn.world, found.nodes))
    text = compose(turn.world, found, period, lacks=lacks)
    if department is not None:
        text = turn.texts.say("leader.of_department", name=department.name, text=text)
    await row_of(turn.person.who, found, period, turn.now, text, lacks).save()
    return [turn.whisper("leader.digest", text=text)]


def _day(turn: Turn, period: Period) -> date | None:
    """The earlier day that was named, of a week or month its last; None for 这礼拜, that goes on."""
    when = turn.reading.when
    if not turn.rest or when is None or when.start is None:
        return None
    if when.end is not None and when.start <= turn.now < when.end:
        return None
    whole = when.end is not None and period is not Period.DAY and when.end > when.start
    at = when.end - timedelta(seconds=1) if whole and when.end is not None else when.start
    day = turn.world.local(at).date()
    return day if day < turn.world.local(turn.now).date() else None


def _nodes(turn: Turn) -> list[str]:
    """The node named, where the speaker leads it; else all he leads; raises NotAllowed."""
    named = _named(turn)
    if named is not None:
        turn.require(named.code, *OVERSEERS)
        return [named.code]
    turn.require_staff(*OVERSEERS)
    return leads(turn.world, [post for post in turn.person.posts if post.rank in OVERSEERS])


def _named(turn: Turn) -> Node | None:
    """The node whose name is one of the words said."""
    found = (turn.world.directory.node_named(word) for word in turn.rest.split())
    return next((node for node in found if node is not None), None)


@routes.on("supervise")
async def supervise(turn: Turn) -> Sequence[Say]:
    """督办: the holder hears at once that a leader is waiting for it; it stands in the history."""
    ticket = await chosen.ticket(turn, pressing=True)
    turn.require(ticket.grid, Rank.LEADER, Rank.DESK, Rank.PATRON)
    await casework.move(ticket, "supervise", turn.act, turn.rest)
    says = told.staff(
        turn, ticket, ticket.assignee, "leader.supervised", no=ticket.no,
        what=cards.danger_called(turn, ticket), by=told.name(turn),
        note=turn.texts.say("leader.note", note=turn.rest) if turn.rest else "",
        due=turn.when(ticket.due_at) if ticket.due_at else "",
    )  # fmt: skip
    holder = turn.world.directory.staff(ticket.assignee)
    key = "leader.supervising" if says else "leader.supervising_nobody"
    return [turn.reply(key, no=ticket.no, name=holder.name if holder else ""), *says]


@routes.on("grid_facts")
async def grid_facts(turn: Turn) -> Sequence[Say]:
    """格情: households, people, at home, away, in care, groups, how many are bound: numbers only."""
    turn.require_staff()
    command = turn.reading.command
    if command is not None and not command.sure and turn.discreet:
        return []  # 有多少人, said among neighbours
    if turn.private and homes.address_in(turn.rest) is not None:
        return await which.handlers["supplement"](turn)  # 格情 3-502 is the page of that household
    named = _named(turn)
    if named is not None:
        turn.require(named.code)
    nodes = [named.code] if named is not None else leads(turn.world, turn.person.posts)
    directory = turn.world.directory
    below = {code for node in nodes for code in directory.under(node)}
    count = await census.count(sorted(below))
    facts = await register.facts_of(sorted(below), ORDINARY)
    none = turn.texts.say("leader.none")
    return [
        turn.whisper(
            "leader.facts",
            nodes="、".join(directory.nodes[code].name for code in nodes),
            households=count.households,
            people=count.people,
            bound=count.bound,
            groups=sum(len(directory.groups_of(code)) for code in nodes),
            classes="、".join(f"{name} {n} 户" for name, n in count.classes[:LISTED]) or none,
            there=facts.at_home,
            away=facts.away,
            back=facts.back,
            special=facts.of_classes + await keypeople.counted(sorted(below)),
            worker=_answerable(turn, nodes[0]) or turn.texts.say("leader.answerable_none"),
            about="".join(f"\n{line}" for line in territory.about(turn, nodes)),
        )
    ]


def _answerable(turn: Turn, code: str) -> str:
    """网格员：李网 of a grid, 社区书记：孙书记 of what lies above; "" where nobody is."""
    directory = turn.world.directory
    post = directory.worker(code) if directory.is_grid(code) else directory.leader(code)
    return turn.texts.say("leader.answerable", role=post.role, name=post.name) if post else ""
