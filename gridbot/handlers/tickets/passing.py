"""Handing a ticket on: back, to a colleague, one level up, with a signed paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gridbot.errors import Refusal
from gridbot.handlers.errands import incomplete, mediating
from gridbot.handlers.reports import listing
from gridbot.handlers.routes import Routes
from gridbot.handlers.tickets import cards, chosen, departments, desk, ending, joint, papers, planning, told
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models.cases import casework, ledger, questions, routing, teamwork
from gridbot.models.cases.casework import State
from gridbot.models.cases.tickets import Ticket
from gridbot.models.territory.people import Post
from gridbot.profiles import Rank
from gridbot.profiles.routing import Route

routes = Routes()

PAPER = "单"  # the option of 交接
PASSED = frozenset({"reassign", "return", "escalate", "handover", "take_over", "deputise"})
LONGEST_NAME = 4  # characters; a longer word after 交接 1024 is the reason


@routes.on("return")
async def hand_back(turn: Turn) -> Sequence[Say]:
    """退回: a worker to his leader, a higher level to the level below, a department to the worker.

    A leader who reviews a finished ticket has it done again.
    """
    ticket = await chosen.ticket(turn)
    if ticket.state in (State.RESOLVED, State.CLOSED):
        return await _redo(turn, ticket)
    if turn.person.department is not None and not turn.person.is_staff:
        if (others := await joint.given_back(turn, ticket)) is None:
            return await departments.given_back(turn, ticket)
        says, whole = others
        return says if whole is None else [*says, *await ending.end(turn, ticket, whole)]
    if turn.rest.startswith(listing.OUTSIDE):
        return await listing.declined(turn, ticket, turn.rest.removeprefix(listing.OUTSIDE).strip())
    if (refused := await desk.refused(turn, ticket)) is not None:
        return refused
    if (lacking := await incomplete.sent_back(turn, ticket)) is not None:
        return lacking
    if (giver := await _giver(turn, ticket)) is not None:
        return await _not_taken(turn, ticket, giver)
    if not turn.rest.strip():
        raise Refusal("refuse.why", no=ticket.no, example=turn.texts.say("refuse.why_return", no=ticket.no))
    giver = await _reassigned_by(turn, ticket)
    node, to = (ticket.node, giver) if giver is not None else _back(turn, ticket)
    return await _handed(
        turn, ticket, "return", to, key="work.returned", node=node, returns=ticket.returns + 1
    )


async def _giver(turn: Turn, ticket: Ticket) -> Post | None:
    """Whoever handed it over with a paper that the speaker has not signed."""
    line = await ledger.last_line(ticket.no, "handover")
    if line is None or ticket.state != State.OPEN or ticket.assignee != turn.person.staff:
        return None
    last = await ledger.last_change(ticket.no)
    return turn.world.directory.staff(line.by) if last is not None and last.id == line.id else None


async def _not_taken(turn: Turn, ticket: Ticket, giver: Post) -> list[Say]:
    """退回 of a 交接单: with a reason, and with both times."""
    if not turn.rest.strip():
        raise Refusal("refuse.why", no=ticket.no, example=turn.texts.say("refuse.why_return", no=ticket.no))
    line = await ledger.last_line(ticket.no, "handover")
    handed = turn.when(line.at) if line is not None else ""
    note = turn.texts.say("papers.not_taken", why=turn.rest, handed=handed, returned=turn.when(turn.now))
    return await _handed(
        turn, ticket, "return", giver, key="work.returned", why=note, returns=ticket.returns + 1
    )


async def _reassigned_by(turn: Turn, ticket: Ticket) -> Post | None:
    """The colleague who passed or gave it back to the speaker: it returns to him, not up the tree."""
    passes = [line for line in await ledger.history(ticket.no) if line.what in PASSED]
    if not passes or passes[-1].what not in ("reassign", "return") or ticket.assignee != turn.person.staff:
        return None
    post = turn.world.directory.staff(passes[-1].by)
    return post if post is not None and post.staff != turn.person.staff else None


def _back(turn: Turn, ticket: Ticket) -> tuple[str, Post]:
    directory = turn.world.directory
    if ticket.node != ticket.grid and turn.person.staff == ticket.assignee:
        below = _below(turn, ticket)
        post = directory.worker(below) if below == ticket.grid else directory.leader(below)
    else:
        below, post = ticket.node, directory.leader(ticket.node, but=turn.person.staff)
    if post is None or post.staff == turn.person.staff:
        raise Refusal("refuse.nobody_above", no=ticket.no)
    return below, post


def _below(turn: Turn, ticket: Ticket) -> str:
    """The node one level below the one that has the ticket, on the way to its grid."""
    below = ticket.grid
    for node in turn.world.directory.up(ticket.grid):
        if node.code == ticket.node:
            return below
        below = node.code
    return ticket.grid


async def _redo(turn: Turn, ticket: Ticket) -> list[Say]:
    turn.require(ticket.grid, Rank.LEADER, Rank.DESK)
    await casework.move(
        ticket, "reopen", turn.act, turn.rest, closed_at=None, resolved_at=None, returns=ticket.returns + 1
    )
    level = turn.world.directory.profile(ticket.grid).service_level(
        ticket.category, ticket.sub, ticket.urgency
    )
    due = planning.due(turn, ticket.grid, level, ticket.urgency)
    await casework.dated(ticket, turn.act, due_at=due.deadline)
    await planning.replan(turn, ticket)
    await questions.drop(ticket.no, "verdict")
    by = turn.when(ticket.due_at) if ticket.due_at else ""
    return [
        turn.reply("work.reopened", no=ticket.no),
        *told.staff(turn, ticket, ticket.assignee, "work.redo", why=turn.rest, by=by),
        *told.reporter(turn, ticket, "work.reopened_resident", by=by),
    ]


async def _handed(
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


@routes.on("reassign")
async def reassign(turn: Turn) -> Sequence[Say]:
    """转派 1024 姓名: to a colleague, or to a department by its name."""
    ticket = await chosen.ticket(turn)
    name, _, why = turn.rest.strip().partition(" ")
    if not name:
        raise Refusal("refuse.to_whom", no=ticket.no)
    if (department := departments.named(turn, name)) is not None:
        return await departments.given(turn, ticket, department, why)
    if not any(name in (post.name, post.staff) for post in turn.world.directory.posts):
        department = departments.like(turn, name, ticket.grid)
        if department is not None:
            return await departments.given(turn, ticket, department, why)
    post = _colleague(turn, ticket, name)
    if post.staff == ticket.assignee:
        raise Refusal("refuse.has_it", no=ticket.no, name=post.name)
    values = _called_there(turn, ticket, post)
    says = await _handed(turn, ticket, "reassign", post, key="work.reassigned", why=why.strip(), **values)
    if not values:
        return says
    return [*_hurried(turn, ticket, post, says), *_resident_hears(turn, ticket)]


def _colleague(turn: Turn, ticket: Ticket, name: str) -> Post:
    """The colleague of that name, the nearest to the ticket where several have it."""
    directory = turn.world.directory
    named = [post for post in directory.posts if name in (post.name, post.staff)]
    near = [post for post in named if directory.inside(ticket.grid, post.node)] or named
    if not near:
        raise Refusal("refuse.no_colleague", name=name[:20])
    if len({post.staff for post in near}) > 1:
        ids = "、".join(dict.fromkeys(post.staff for post in near))
        raise Refusal("refuse.two_colleagues", name=name[:20], ids=ids)
    return near[0]


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
    return [*says, *_resident_hears(turn, ticket)]


def _resident_hears(turn: Turn, ticket: Ticket) -> list[Say]:
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
    says = await _handed(
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
    says = _hurried(turn, ticket, post, says)
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


def _hurried(turn: Turn, ticket: Ticket, post: Post, says: Sequence[Say]) -> list[Say]:
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


def _called_there(turn: Turn, ticket: Ticket, post: Post) -> dict[str, object]:
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


async def _up(turn: Turn, ticket: Ticket) -> list[Say]:
    directory = turn.world.directory
    above = next((node.parent for node in directory.up(ticket.node)), None)
    holder = directory.leader(above, but=turn.person.staff) if above else None
    if above is None or holder is None:
        raise Refusal("refuse.topmost", no=ticket.no)
    node = holder.node if directory.inside(above, holder.node) else above
    return await _handed(turn, ticket, "escalate", holder, key="work.escalated", node=node)


@routes.on("handover")
async def handover(turn: Turn) -> Sequence[Say]:
    """交接 1024 [给谁] [未决原因]: with a numbered paper; to the leader unless a colleague is named.

    交接单 1024 shows the paper again.
    """
    ticket = await chosen.ticket(turn)
    name, _, rest = turn.rest.strip().partition(" ")
    command = turn.reading.command
    shown = command is not None and PAPER in command.options and not turn.rest
    if shown and (paper := await papers.last(turn, ticket)) is not None:
        return [turn.whisper("work.paper", paper=paper)]
    directory = turn.world.directory
    known = any(name in (post.name, post.staff) for post in directory.posts)
    like_a_name = bool(name) and not rest and len(name) <= LONGEST_NAME
    post = _colleague(turn, ticket, name) if known or like_a_name else None
    return await handed_over(turn, ticket, post, rest.strip() if post is not None else turn.rest.strip())


async def handed_over(turn: Turn, ticket: Ticket, post: Post | None, why: str) -> list[Say]:
    """Write the paper and wait for the receiver's 接收; `post` None is the leader."""
    post = post or turn.world.directory.leader(ticket.node, but=turn.person.staff)
    if post is None or post.staff == turn.person.staff:
        raise Refusal("refuse.nobody_above", no=ticket.no)
    paper = await papers.handover(turn, ticket, post, why)
    note = "；".join(filter(None, (post.staff, why)))
    await casework.move(ticket, "handover", turn.act, note, assignee=post.staff)
    await planning.replan(turn, ticket)
    await questions.drop(ticket.no, "card", "watch")
    says = [turn.reply("work.handed_over", no=ticket.no, name=post.name, paper=paper)]
    if post.contact:
        to = turn.private_with(post.contact)
        await turn.ask(post.contact, "card", where=to, subject=ticket.no, lives=cards.CARD_LIVES)
        say = turn.tell(post.contact, "card.handover", no=ticket.no, name=told.name(turn), paper=paper)
        says.append(cards.held(turn, say, ticket.urgency))
    return says


@routes.on("take_over")
async def take_over(turn: Turn) -> Sequence[Say]:
    """接收 1024: the paper is signed, both times stand on it; from now on it is the receiver's."""
    ticket = await chosen.ticket(turn, likely=(State.OPEN,))
    line = await ledger.last_line(ticket.no, "handover")
    if line is None:
        raise Refusal("refuse.nothing_to_take", no=ticket.no)
    paper = await papers.signed(turn, ticket, line)
    staff = turn.person.staff or ticket.assignee
    await casework.move(
        ticket, "take_over", turn.act, assignee=staff, first_reply_at=ticket.first_reply_at or turn.now
    )
    await planning.replan(turn, ticket)
    await questions.drop(ticket.no, "card")
    says = [turn.reply("work.taken_over", no=ticket.no, paper=paper)]
    return [
        *says,
        *told.staff(turn, ticket, line.by, "work.taken_over_by", name=told.name(turn), paper=paper),
    ]
