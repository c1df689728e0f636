"""Somebody else has a ticket from now on: he gets its card, and whoever has to be there reads by when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gridbot.handlers.tickets import cards, planning, told
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models.cases import casework, questions, routing
from gridbot.models.cases.tickets import Ticket
from gridbot.models.territory.people import Post


async def handed(
    turn: Turn, ticket: Ticket, what: str, to: Post, *, key: str, why: str | None = None, **values: object
) -> list[Say]:
    """Move it to a colleague, who gets a card and is chased until he takes it."""
    before, why = ticket.assignee, turn.rest if why is None else why
    await casework.move(ticket, what, turn.act, why, assignee=to.staff, **values)
    await planning.replan(turn, ticket)
    await questions.drop(ticket.no, "card")
    why = why or turn.texts.say("card.no_reason")
    says = [turn.reply(key, no=ticket.no, name=to.name)]
    if before != to.staff:
        says += told.staff(
            turn, ticket, before, "work.passed_on", what=cards.matter(turn, ticket), name=to.name
        )
    if to.contact and to.contact != turn.heard.sender:
        says += await cards.ticket_card(turn, ticket, to.contact, why=f"{told.name(turn)}：{why}")
    return says


def hurried(turn: Turn, ticket: Ticket, post: Post, says: Sequence[Say]) -> list[Say]:
    """The same, where whoever has to be on the spot reads by when: in his card, where he gets one."""
    at = ticket.arrive_due_at
    if at is None or ticket.arrived_at or not post.contact or post.contact == turn.heard.sender:
        return list(says)
    line = turn.tell(post.contact, "route.arrive_by", no=ticket.no, by=turn.when(at))
    card = next((say for say in says if say.to == line.to), None)
    if card is None:
        return [*says, cards.held(turn, line, ticket.urgency)]
    both = replace(card, text=f"{card.text}\n{line.text}")
    return [both if say is card else say for say in says]


def called_there(turn: Turn, ticket: Ticket, post: Post) -> dict[str, object]:
    """What changes with a ticket that goes straight to the step of its route that has to be there in time."""
    directory = turn.world.directory
    route = routing.named(directory.profile(ticket.grid), ticket.route)
    if route is None or route.arrive is None or route.target not in route.steps:
        return {}
    wanted = routing.holder(directory, ticket.grid, route.target)
    if post.role != route.target and (wanted is None or wanted.staff != post.staff):
        return {}
    step = route.steps.index(route.target)
    at = planning.arrival(turn, ticket.grid, route, step, turn.now)
    return {"step": step, "arrive_due_at": at, "arrived_at": None}


def resident_hears(turn: Turn, ticket: Ticket) -> list[Say]:
    """Once for each level above the grid; of whoever has to come by when."""
    directory = turn.world.directory
    holder = directory.staff(ticket.assignee)
    if ticket.arrive_due_at is not None and ticket.arrived_at is None and holder is not None:
        by = turn.when(ticket.arrive_due_at)
        return told.reporter(turn, ticket, "route.asked_for_resident", role=holder.role, by=by)
    if ticket.node == ticket.grid:
        return []
    level = directory.nodes[ticket.node].name
    says = told.reporter(turn, ticket, "work.escalated_resident", level=level)
    return [replace(say, once=f"up:{ticket.no}:{ticket.node}") for say in says]
