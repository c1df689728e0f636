"""Papers that are written from a ticket, ready to paste: 交接单, 回单."""

from __future__ import annotations

from collections.abc import Sequence

from gridbot.handlers import cards, chosen, told
from gridbot.handlers.routes import Routes
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models import casework, ledger
from gridbot.models.casework import State
from gridbot.models.directory import Post
from gridbot.models.tickets import Ticket

routes = Routes()


@routes.on("receipt_form")
async def receipt_form(turn: Turn) -> Sequence[Say]:
    """回单 1024: the reply that a hotline's form asks for, filled from the ticket."""
    ticket = await chosen.ticket(turn, likely=(State.RESOLVED, State.CLOSED))
    solved = ticket.state in (State.RESOLVED, State.CLOSED)
    yes, no, none = (turn.texts.say(f"papers.{word}") for word in ("yes", "no", "none"))
    text: dict[str, object] = {
        "what": cards.called(turn, ticket.category, ticket.sub),
        "place": ticket.place or turn.texts.say("places.unknown"),
        "contacted": yes if ticket.first_reply_at else no,
        "contacted_at": turn.when(ticket.first_reply_at) if ticket.first_reply_at else none,
        "solved": yes if solved else no,
        "why": none if solved else casework.STATE_ZH[State(ticket.state)],
        "result": ticket.result or await _done(turn, ticket),
        "verdict": ticket.satisfaction or turn.texts.say("papers.no_verdict"),
    }
    return [receipt(turn, {"no": ticket.no, **text})]


def receipt(turn: Turn, params: dict[str, object]) -> Say:
    """The form, here among staff, else in private."""
    where = turn.private_with(turn.heard.sender) if turn.discreet else turn.heard.where
    return turn.written(where, "papers.receipt", params)


async def handover(turn: Turn, ticket: Ticket, to: Post) -> str:
    """The text of a 交接单."""
    departments = turn.world.directory.departments_for(ticket.category, ticket.sub, ticket.grid)
    return turn.texts.say(
        "papers.handover",
        no=ticket.no,
        what=cards.called(turn, ticket.category, ticket.sub),
        place=ticket.place or turn.texts.say("places.unknown"),
        text=cards.quoted(ticket.summary),
        done=await _done(turn, ticket),
        departments="、".join(d.name for d in departments[:3]) or turn.texts.say("papers.none"),
        giver=told.name(turn),
        taker=to.name,
        at=turn.texts.moment(turn.now, ticket.opened_at),
    )


async def _done(turn: Turn, ticket: Ticket) -> str:
    """What has been done so far, from the history."""
    lines = []
    for line in await ledger.history(ticket.no):
        key = f"papers.did_{line.what}"
        if turn.texts.has(key):
            did = turn.texts.say(key)
            lines.append(f"{turn.when(line.at)} {did}{'：' + line.note if line.note else ''}")
    return "；".join(lines[-6:]) or turn.texts.say("papers.nothing_yet")
