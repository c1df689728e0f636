"""Departments outside the tree: called to a ticket (吹哨), answering the call (报到), giving it back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime

from gridbot.errors import BadInput, NotAllowed, Refusal
from gridbot.handlers.reports import checklist
from gridbot.handlers.routes import Routes
from gridbot.handlers.tickets import cards, chosen, hazard, planning, told
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models import board
from gridbot.models.board import Plan
from gridbot.models.cases import casework, questions, teamwork
from gridbot.models.cases.casework import State
from gridbot.models.cases.parties import Party
from gridbot.models.cases.tickets import Ticket
from gridbot.models.territory.directory import Department, Node
from gridbot.models.territory.people import Post
from gridbot.nlp import Urgency
from gridbot.profiles import Rank
from gridbot.services import At

routes = Routes()

ERRANDS = "代办"
CENTRE = ("中心", "综治", "指挥")


def named(turn: Turn, name: str) -> Department | None:
    """The only department of that name."""
    wanted = [d for d in turn.world.directory.departments if name in (d.id, d.name)]
    return wanted[0] if len(wanted) == 1 else None


def like(turn: Turn, word: str, code: str) -> Department | None:
    """The department of a node that a word means, by its name or a part of it, the nearest node's first."""
    directory = turn.world.directory
    above = [node.code for node in directory.up(code)]
    near = [d for d in directory.departments if word in d.name and (not d.node or d.node in above)]
    near.sort(key=lambda d: above.index(d.node) if d.node in above else len(above))
    return named(turn, word) or next(iter(near), None)


def found(turn: Turn, ticket: Ticket, name: str) -> Department:
    """The department a person names; raises Refusal where there is none."""
    department = like(turn, name, ticket.grid) or next(
        (d for d in turn.world.directory.departments if name in d.name), None
    )
    if department is None:
        raise Refusal("refuse.no_department", name=name[:20])
    return department


def come_by(turn: Turn, ticket: Ticket, department: Department) -> datetime:
    """By when a department that is called now has to be there, in its own hours where it has some."""
    calendar = turn.world.calendar_at(ticket.grid)
    with suppress(BadInput):
        calendar = calendar.with_hours(department.hours) if department.hours else calendar
    whistle = turn.world.directory.profile(ticket.grid).routing.whistle
    pressing = ticket.urgency in (Urgency.EMERGENCY, Urgency.HIGH)
    span = whistle.urgent if pressing else whistle.ordinary
    by = calendar.add(turn.now, span.amount, span.unit)
    return min(by, ticket.due_at) if ticket.due_at is not None and ticket.due_at > turn.now else by


def desk_of(turn: Turn, ticket: Ticket) -> Post | None:
    """The town's desk that confirms whistles here, else the nearest below it; None where none can be reached.

    Who runs errands (代办员) sits at a desk too, but confirms nothing.
    """
    directory = turn.world.directory
    town = checklist.node_at(turn, ticket.grid, At.TOWN)
    desks = [
        post
        for node in directory.up(ticket.grid)
        for post in directory.at(node.code, Rank.DESK)
        if post.contact and ERRANDS not in post.role
    ]
    return min(desks, key=lambda post: town is None or post.node != town.code, default=_head(turn, town))


def _head(turn: Turn, town: Node | None) -> Post | None:
    """Who heads the town's centre, where nobody else sits at its desk."""
    heads = turn.world.directory.at(town.code, Rank.LEADER) if town is not None else ()
    return next((post for post in heads if post.contact and any(word in post.role for word in CENTRE)), None)


async def given(
    turn: Turn, ticket: Ticket, department: Department, why: str, role: str = teamwork.SUPPORT
) -> list[Say]:
    """A department gets it; the worker goes on answering to the resident."""
    given = list(dict.fromkeys([*ticket.departments, department.id]))
    note = f"{department.name} {why}".strip()
    says = await _taken(turn, ticket, department)
    await casework.move(
        ticket, "whistle", turn.act, note, departments=given, **hazard.stage(ticket, hazard.SENT)
    )
    answer = turn.reply("work.to_department", no=ticket.no, name=department.name)
    reached = [answer] if department.contact else []  # the other answer says who has to call it
    return [*reached, *says, *await called(turn, ticket, department, role)]


async def _taken(turn: Turn, ticket: Ticket, department: Department) -> list[Say]:
    """Who gives a new ticket of his to a department has taken it; the resident hears once who comes."""
    if ticket.state != State.OPEN or ticket.assignee != turn.person.staff:
        return []
    first = ticket.first_reply_at is None
    await casework.move(ticket, "accept", turn.act, first_reply_at=ticket.first_reply_at or turn.now)
    await planning.answered(ticket)
    await questions.drop(ticket.no, "card")
    by = turn.when(ticket.due_at) if ticket.due_at else ""
    return told.reporter(turn, ticket, "body.given_resident", name=department.name, by=by) if first else []


async def called(turn: Turn, ticket: Ticket, department: Department, role: str) -> list[Say]:
    """The call itself: its time runs, and the department reads what it is about."""
    by = come_by(turn, ticket, department)
    party = await teamwork.call(turn.act, ticket, department.id, role, department=True, due_at=by)
    if party.state == teamwork.CALLED_NOW:
        await board.again(Plan("check_in", f"party:{party.id}", by, f"{by:%Y%m%dT%H%M}"))
    if not department.contact:
        phone = turn.texts.say("work.by_phone", phone=department.phone) if department.phone else ""
        return [turn.whisper("work.call_department", no=ticket.no, name=department.name, phone=phone)]
    holder = turn.world.directory.staff(ticket.assignee)
    say = turn.tell(
        department.contact,
        "card.department",
        no=ticket.no,
        what=cards.danger_called(turn, ticket),
        place=await cards.whereabouts(turn, ticket),
        text=cards.masked(ticket.summary),
        role=turn.texts.say(f"joint.as_{role}"),
        come=turn.when(by),
        by=turn.when(ticket.due_at) if ticket.due_at else "",
        name=holder.name if holder else told.name(turn),
    )
    return [cards.held(turn, say, ticket.urgency)]


@routes.on("whistle")
async def whistle(turn: Turn) -> Sequence[Say]:
    """吹哨 1024 城管 供电: departments are called; where the town has a desk, once it has said 报告."""
    ticket = await chosen.ticket(turn)
    words = turn.rest.replace("、", " ").replace("，", " ").split()
    if not words:
        raise Refusal("refuse.which_department", no=ticket.no)
    wanted = list(dict.fromkeys(found(turn, ticket, word) for word in words))
    wanted, there = await _new(turn, ticket, wanted)
    if not wanted:
        return there
    return [*there, *await _blown(turn, ticket, wanted)]


async def _new(
    turn: Turn, ticket: Ticket, wanted: Sequence[Department]
) -> tuple[list[Department], list[Say]]:
    """Those who are not at work on it yet, and what to say of the others: nobody is called twice."""
    parts = {
        each.who: each
        for each in await teamwork.of(ticket.no, *teamwork.WORKING)
        if each.state in teamwork.OPEN
    }
    says = [
        turn.reply("work.department_already", no=ticket.no, name=each.name)
        for each in wanted
        if each.id in parts
    ]
    return [each for each in wanted if each.id not in parts], says


async def _blown(turn: Turn, ticket: Ticket, wanted: Sequence[Department]) -> list[Say]:
    desk = confirming(turn, ticket)
    if desk is None:
        return [say for each in wanted for say in await given(turn, ticket, each, "")]
    names = "、".join(each.name for each in wanted)
    await casework.move(ticket, "whistle", turn.act, names)
    says = await asked(turn, ticket, {each.id: (each, teamwork.SUPPORT) for each in wanted}, desk)
    return [turn.reply("whistle.blown", no=ticket.no, names=names, desk=desk_name(turn, desk)), *says]


def confirming(turn: Turn, ticket: Ticket) -> Post | None:
    """The desk whose 报告 departments wait for; None in an emergency, and for who stands above it himself."""
    desk = desk_of(turn, ticket)
    if desk is None or ticket.urgency == Urgency.EMERGENCY or _above(turn, desk):
        return None
    return desk


def desk_name(turn: Turn, desk: Post) -> str:
    """How staff call a desk: by the place it belongs to."""
    node = turn.world.directory.nodes.get(desk.node)
    return node.name if node else desk.role


def _above(turn: Turn, desk: Post) -> bool:
    """Whether the speaker is the desk himself or leads the node it belongs to."""
    directory = turn.world.directory
    return any(
        post.rank in (Rank.DESK, Rank.LEADER) and directory.inside(desk.node, post.node)
        for post in turn.person.posts
    )


async def asked(
    turn: Turn, ticket: Ticket, wanted: Mapping[str, tuple[Department, str]], desk: Post
) -> list[Say]:
    """The town's desk is asked for these, each in his role; until it answers they hear nothing."""
    span = turn.world.directory.profile(ticket.grid).routing.whistle.confirm
    by = turn.world.calendar_at(ticket.grid).add(turn.now, span.amount, span.unit)
    for department, role in wanted.values():
        await teamwork.call(turn.act, ticket, department.id, role, department=True, due_at=by, asked=True)
    when = f"{by:%Y%m%dT%H%M}"
    await board.again(Plan("whistle", f"whistle:{ticket.no}", by, when, {"desk": desk.staff}))
    say = turn.tell(
        desk.contact,
        "whistle.card",
        no=ticket.no,
        what=cards.danger_called(turn, ticket),
        place=await cards.whereabouts(turn, ticket),
        text=cards.masked(ticket.summary),
        names="、".join(department.name for department, _ in wanted.values()),
        name=told.name(turn),
        by=turn.when(by),
    )
    return [cards.held(turn, say, ticket.urgency)]


@routes.on("check_in")
async def check_in(turn: Turn) -> Sequence[Say]:
    """报到: a department that was called answers the call."""
    ticket = await chosen.ticket(turn)
    part = await teamwork.part_of(ticket.no, turn.person.department, turn.person.staff)
    if turn.person.department not in ticket.departments and part is None:
        raise NotAllowed
    note = turn.rest
    if part is not None:
        note = await came(turn, part) or note
    await casework.move(ticket, "check_in", turn.act, note, **hazard.stage(ticket, hazard.THERE))
    return [
        turn.reply("work.checked_in", no=ticket.no),
        *told.staff(turn, ticket, ticket.assignee, "work.department_came", name=told.name(turn)),
    ]


async def came(turn: Turn, part: Party) -> str:
    """The department (or colleague) is there; returns how long after the call, in words."""
    if part.state == teamwork.CAME:
        return ""
    await teamwork.mark(turn.act, part, teamwork.CAME, came_at=turn.now)
    await board.cancel(f"party:{part.id}", "check_in")
    took = turn.now - (part.called_at or part.asked_at)
    late = part.due_at is not None and turn.now > part.due_at
    minutes = int(took.total_seconds() // 60)
    return turn.texts.say("whistle.came_late" if late else "whistle.came", lasted=turn.texts.lasted(minutes))


async def given_back(turn: Turn, ticket: Ticket) -> list[Say]:
    """退回 of a department: the worker has it alone again, and reads why."""
    if not turn.rest.strip():
        raise Refusal("refuse.why", no=ticket.no, example=turn.texts.say("refuse.why_return", no=ticket.no))
    part = await teamwork.part_of(ticket.no, turn.person.department)
    if part is not None:
        await teamwork.mark(turn.act, part, teamwork.RETURNED, done_at=turn.now, words=turn.rest)
        await board.cancel(f"party:{part.id}", "check_in")
    left = [each for each in ticket.departments if each != turn.person.department]
    lead = "" if ticket.lead == turn.person.department else ticket.lead
    await casework.move(
        ticket, "return", turn.act, turn.rest, departments=left, lead=lead, returns=ticket.returns + 1
    )
    await planning.replan(turn, ticket)
    holder = turn.world.directory.staff(ticket.assignee)
    card = await cards.ticket_card(turn, ticket, holder.contact, why=turn.rest) if holder else []
    return [turn.reply("work.returned", no=ticket.no, name=holder.name if holder else ""), *card]
