"""Departments outside the tree: called to a ticket, answering the call, giving it back."""

from __future__ import annotations

from collections.abc import Sequence

from gridbot.errors import NotAllowed, Refusal
from gridbot.handlers import cards, chosen, planning, told
from gridbot.handlers.routes import Routes
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models import casework
from gridbot.models.directory import Department
from gridbot.models.tickets import Ticket

routes = Routes()


def named(turn: Turn, name: str) -> Department | None:
    """The only department of that name."""
    wanted = [d for d in turn.world.directory.departments if name in (d.id, d.name)]
    return wanted[0] if len(wanted) == 1 else None


async def given(turn: Turn, ticket: Ticket, department: Department, why: str) -> list[Say]:
    """A department gets it; the worker goes on answering to the resident."""
    given = list(dict.fromkeys([*ticket.departments, department.id]))
    await casework.move(ticket, "whistle", turn.act, f"{department.name} {why}".strip(), departments=given)
    says = [turn.reply("work.to_department", no=ticket.no, name=department.name)]
    if department.contact:
        say = turn.tell(
            department.contact,
            "card.department",
            no=ticket.no,
            what=cards.called(turn, ticket.category, ticket.sub),
            place=ticket.place or turn.texts.say("places.unknown"),
            text=cards.masked(ticket.summary),
            by=turn.when(ticket.due_at) if ticket.due_at else "",
            name=told.name(turn),
        )
        says.append(cards.held(turn, say, ticket.urgency))
    return says


@routes.on("whistle")
async def whistle(turn: Turn) -> Sequence[Say]:
    """吹哨 1024 城管 供电: departments are called to a ticket."""
    ticket = await chosen.ticket(turn)
    names = turn.rest.replace("、", " ").replace("，", " ").split()
    if not names:
        raise Refusal("refuse.which_department", no=ticket.no)
    says: list[Say] = []
    for name in names:
        found = named(turn, name) or next(
            (d for d in turn.world.directory.departments if name in d.name), None
        )
        if found is None:
            raise Refusal("refuse.no_department", name=name[:20])
        says += await given(turn, ticket, found, "")
    return says


@routes.on("check_in")
async def check_in(turn: Turn) -> Sequence[Say]:
    """报到: a department that was called answers the call."""
    ticket = await chosen.ticket(turn)
    if turn.person.department not in ticket.departments:
        raise NotAllowed
    await casework.move(ticket, "check_in", turn.act, turn.rest)
    return [
        turn.reply("work.checked_in", no=ticket.no),
        *told.staff(turn, ticket, ticket.assignee, "work.department_came", name=told.name(turn)),
    ]


async def given_back(turn: Turn, ticket: Ticket) -> list[Say]:
    """退回 of a department: the worker has it alone again, and reads why."""
    if not turn.rest.strip():
        raise Refusal("refuse.why", no=ticket.no, example=turn.texts.say("refuse.why_return", no=ticket.no))
    left = [each for each in ticket.departments if each != turn.person.department]
    await casework.move(ticket, "return", turn.act, turn.rest, departments=left)
    await planning.replan(turn, ticket)
    holder = turn.world.directory.staff(ticket.assignee)
    card = await cards.ticket_card(turn, ticket, holder.contact, why=turn.rest) if holder else []
    return [turn.reply("work.returned", no=ticket.no, name=holder.name if holder else ""), *card]
