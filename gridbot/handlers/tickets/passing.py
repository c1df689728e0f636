"""转派, 交接, 接收: to a colleague or a department, with a signed paper where it is handed over."""

from __future__ import annotations

from collections.abc import Sequence

from gridbot.errors import Refusal
from gridbot.handlers.routes import Routes
from gridbot.handlers.tickets import cards, chosen, departments, papers, planning, told
from gridbot.handlers.tickets.to_somebody import called_there, handed, hurried, resident_hears
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models.cases import casework, ledger, questions
from gridbot.models.cases.casework import State
from gridbot.models.cases.tickets import Ticket
from gridbot.models.territory.people import Post

routes = Routes()
PAPER = "单"  # the option of 交接
LONGEST_NAME = 4  # characters; a longer word after 交接 1024 is the reason


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
    values = called_there(turn, ticket, post)
    says = await handed(turn, ticket, "reassign", post, key="work.reassigned", why=why.strip(), **values)
    if not values:
        return says
    return [*hurried(turn, ticket, post, says), *resident_hears(turn, ticket)]


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
