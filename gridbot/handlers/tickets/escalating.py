"""上报: to the next step of a ticket's route, else one level up."""

from __future__ import annotations

from collections.abc import Sequence

from gridbot.errors import Refusal
from gridbot.handlers.errands import mediating
from gridbot.handlers.routes import Routes
from gridbot.handlers.tickets import cards, chosen, planning
from gridbot.handlers.tickets.to_somebody import handed, hurried, resident_hears
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models.cases import routing, teamwork
from gridbot.models.cases.tickets import Ticket
from gridbot.models.territory.people import Post
from gridbot.profiles import Rank
from gridbot.profiles.routing import Route

routes = Routes()


@routes.on("escalate")
async def escalate(turn: Turn) -> Sequence[Say]:
    """上报 1024 原因: to the next step of its route, else one level up; the old level goes on answering."""
    ticket = await chosen.ticket(turn)
    directory = turn.world.directory
    before = ticket.assignee
    says = await _along(turn, ticket)
    if ticket.node != ticket.grid and before and before != ticket.assignee:
        await teamwork.call(turn.act, ticket, before, teamwork.BELOW, department=False)
        post = directory.staff(before)
        if post is not None and post.contact:
            say = turn.tell(post.contact, "route.below", no=ticket.no, what=cards.matter(turn, ticket))
            says.append(cards.held(turn, say, ticket.urgency))
    return [*says, *resident_hears(turn, ticket)]


async def _along(turn: Turn, ticket: Ticket) -> list[Say]:
    """To the next step of its route; where the route ends, up the tree."""
    directory = turn.world.directory
    route = routing.named(directory.profile(ticket.grid), ticket.route)
    following = (
        routing.after(directory, ticket.grid, route, ticket.step, turn.person.staff) if route else None
    )
    if route is None or following is None:
        _refuse_called(turn, ticket, route)
        return await _up(turn, ticket)
    head, (step, post) = following[1], _at_once(turn, ticket, route, following)
    if post.rank is Rank.MEDIATOR:
        post = await mediating.whose_turn(turn, ticket, post)
    arrive = planning.arrival(turn, ticket.grid, route, step, turn.now)
    way = turn.texts.say("route.next", route=route.zh, step=route.steps[step])
    note = "；".join(filter(None, (turn.rest, way)))
    says = await handed(
        turn,
        ticket,
        "escalate",
        post,
        key="work.escalated",
        why=note,
        node=post.node if directory.inside(ticket.grid, post.node) else ticket.node,
        step=step,
        arrive_due_at=arrive,
        arrived_at=None if arrive else ticket.arrived_at,
    )
    says = hurried(turn, ticket, post, says)
    if head.rank is Rank.LEADER and post.rank is Rank.MEDIATOR and head.contact:
        by = turn.when(arrive) if arrive else ""
        what = cards.matter(turn, ticket)
        known = turn.tell(head.contact, "route.on_his_way", no=ticket.no, what=what, name=post.name, by=by)
        says.append(cards.held(turn, known, ticket.urgency))
    return says


def _at_once(turn: Turn, ticket: Ticket, route: Route, following: tuple[int, Post]) -> tuple[int, Post]:
    """Whom the community would send is sent: its head need only know."""
    step, post = following
    directory = turn.world.directory
    beyond = routing.after(directory, ticket.grid, route, step, turn.person.staff)
    if post.rank is Rank.LEADER and beyond is not None and beyond[1].rank is Rank.MEDIATOR:
        return beyond
    return following


def _refuse_called(turn: Turn, ticket: Ticket, route: Route | None) -> None:
    """Raises Refusal where the last of a route is on his way and somebody else would pass it on."""
    holder = turn.world.directory.staff(ticket.assignee)
    due = ticket.arrive_due_at
    if route is None or holder is None or due is None or ticket.arrived_at is not None:
        return
    if turn.now < due and holder.staff != turn.person.staff:
        raise Refusal("route.called_already", no=ticket.no, name=holder.name, by=turn.when(due))


async def _up(turn: Turn, ticket: Ticket) -> list[Say]:
    directory = turn.world.directory
    above = next((node.parent for node in directory.up(ticket.node)), None)
    holder = directory.leader(above, but=turn.person.staff) if above else None
    if above is None or holder is None:
        raise Refusal("refuse.topmost", no=ticket.no)
    node = holder.node if directory.inside(above, holder.node) else above
    return await handed(turn, ticket, "escalate", holder, key="work.escalated", node=node)
