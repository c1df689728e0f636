"""Papers that are written from a ticket, ready to paste: 交接单, 回单."""

from __future__ import annotations

from datetime import datetime

from gridbot.handlers.routes import Routes
from gridbot.handlers.tickets import cards, told
from gridbot.handlers.turn import Turn
from gridbot.models.cases import ledger
from gridbot.models.cases.tickets import History, Ticket
from gridbot.models.territory.directory import Department
from gridbot.models.territory.people import Post

routes = Routes()

SHORTEST = 3  # characters that may stand for the name of a department


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
    return paper + turn.texts.say("papers.signed_at", at=dated(turn, turn.now))


async def last(turn: Turn, ticket: Ticket) -> str | None:
    """The paper written last as it stands now, signed or not; None where none was written."""
    lines = await ledger.history(ticket.no)
    papers = [line for line in lines if line.what == "handover"]
    if not papers:
        return None
    line, directory = papers[-1], turn.world.directory
    taken = next((each for each in lines if each.what == "take_over" and each.at >= line.at), None)
    to, _, why = line.note.partition("；")
    people = [directory.staff(who) for who in (line.by, taken.by if taken else to)]
    names = [post.name if post else who for post, who in zip(people, (line.by, to), strict=True)]
    paper = await _paper(turn, ticket, len(papers), (names[0], names[1]), line.at, why)
    return paper + (turn.texts.say("papers.signed_at", at=dated(turn, taken.at)) if taken else "")


async def _paper(
    turn: Turn, ticket: Ticket, count: int, names: tuple[str, str], at: datetime, why: str
) -> str:
    none = turn.texts.say("papers.none")
    directory, named = turn.world.directory, turn.profile.category_word(why)
    departments = _written(turn, ticket, why) or directory.departments_for(
        ticket.category, ticket.sub, ticket.grid
    )
    if not departments and named is not None:  # the reason says whose it is
        departments = directory.departments_for(*named, ticket.grid)
    return turn.texts.say(
        "papers.handover",
        no=f"{ticket.no}-{count}",
        what=cards.danger_called(turn, ticket),
        place=ticket.place or turn.texts.say("places.unknown"),
        text=cards.quoted(ticket.summary),
        done=await done(turn, ticket) or none,
        why=why or none,
        departments="、".join(d.name for d in departments[:3]) or none,
        giver=names[0],
        taker=names[1],
        at=dated(turn, at),
    )


def _written(turn: Turn, ticket: Ticket, why: str) -> list[Department]:
    """The departments the reason names, by the whole name or without what tells whose it is: 城管局."""
    above = {"", *(node.code for node in turn.world.directory.up(ticket.grid))}
    near = [each for each in turn.world.directory.departments if each.node in above]
    return [d for d in near if any(len(d.name[at:]) >= SHORTEST and d.name[at:] in why for at in range(3))]


def dated(turn: Turn, at: datetime) -> str:
    """A moment as it stands on a paper that is kept: with its year."""
    return f"{turn.world.local(at):%Y-%m-%d %H:%M}"


async def done(turn: Turn, ticket: Ticket) -> str:
    """What has been done so far, from the history; "" where nothing has."""
    lines = []
    for line in await ledger.history(ticket.no):
        key = f"papers.did_{line.what}"
        if turn.texts.has(key):
            did = turn.texts.say(key)
            at = turn.world.local(line.at)
            lines.append(f"{at:%m-%d %H:%M} {did}{'：' + line.note if line.note else ''}")
    return "；".join(lines[-6:])
