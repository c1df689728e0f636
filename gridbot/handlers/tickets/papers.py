"""Papers that are written from a ticket, ready to paste: 交接单, 回单."""

from __future__ import annotations

from datetime import datetime

from gridbot.handlers.routes import Routes
from gridbot.handlers.tickets import cards, told
from gridbot.handlers.turn import Turn
from gridbot.models.cases import ledger
from gridbot.models.cases.tickets import History, Ticket
from gridbot.models.territory.people import Post

routes = Routes()


async def handover(turn: Turn, ticket: Ticket, to: Post, why: str) -> str:
    """The text of a 问题交接单: numbered by ticket and turn of handing over."""
    count = sum(1 for line in await ledger.history(ticket.no) if line.what == "handover") + 1
    return await _paper(turn, ticket, count, (told.name(turn), to.name), turn.now, why)


async def signed(turn: Turn, ticket: Ticket, line: History) -> str:
    """The same paper with the receiver and both times on it."""
    giver = turn.world.directory.staff(line.by)
    count = sum(1 for each in await ledger.history(ticket.no) if each.what == "handover")
    why = line.note.partition("；")[2]
    names = (giver.name if giver else line.by, told.name(turn))
    paper = await _paper(turn, ticket, count, names, line.at, why)
    return paper + turn.texts.say("papers.signed_at", at=turn.texts.moment(turn.now, ticket.opened_at))


async def _paper(
    turn: Turn, ticket: Ticket, count: int, names: tuple[str, str], at: datetime, why: str
) -> str:
    none = turn.texts.say("papers.none")
    departments = turn.world.directory.departments_for(ticket.category, ticket.sub, ticket.grid)
    return turn.texts.say(
        "papers.handover",
        no=f"{ticket.no}-{count}",
        what=cards.called(turn, ticket.category, ticket.sub),
        place=ticket.place or turn.texts.say("places.unknown"),
        text=cards.quoted(ticket.summary),
        done=await _done(turn, ticket),
        why=why or none,
        departments="、".join(d.name for d in departments[:3]) or none,
        giver=names[0],
        taker=names[1],
        at=turn.texts.moment(at, ticket.opened_at),
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
