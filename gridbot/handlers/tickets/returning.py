"""退回: back to whoever gave it, one level down, or to be done again."""

from __future__ import annotations

from collections.abc import Sequence

from gridbot.errors import Refusal
from gridbot.handlers.errands import incomplete
from gridbot.handlers.reports import listing
from gridbot.handlers.routes import Routes
from gridbot.handlers.tickets import chosen, departments, desk, ending, joint, planning, told
from gridbot.handlers.tickets.to_somebody import handed
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models.cases import casework, ledger, questions
from gridbot.models.cases.casework import State
from gridbot.models.cases.tickets import Ticket
from gridbot.models.territory.people import Post
from gridbot.profiles import Rank

routes = Routes()
PASSED = frozenset({"reassign", "return", "escalate", "handover", "take_over", "deputise"})


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
    return await handed(
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
    given = turn.when(line.at) if line is not None else ""
    note = turn.texts.say("papers.not_taken", why=turn.rest, handed=given, returned=turn.when(turn.now))
    return await handed(
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
