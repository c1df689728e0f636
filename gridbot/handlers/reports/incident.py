"""One incident, of which several told before it was clear: 楼道里全是水, and then 主管爆了 of a neighbour."""

from __future__ import annotations

from datetime import timedelta

from gridbot.handlers.reports import joining
from gridbot.handlers.tickets import cards, told
from gridbot.handlers.turn import Turn
from gridbot.messages import Address, Say
from gridbot.models import board
from gridbot.models.acts import change
from gridbot.models.cases import casework, questions, unjudged
from gridbot.models.cases.tickets import Candidate, Ticket

JUST_BEFORE = timedelta(minutes=30)


async def gathered(turn: Turn, ticket: Ticket) -> list[Say]:
    """Whoever told of it a moment before, unclearly, is counted with it and told so; his own card goes."""
    if ticket.room is None or ticket.sensitive or not turn.world.conduct.burst:
        return []
    since = turn.now - JUST_BEFORE
    before = await unjudged.alike(ticket.grid, ticket.room, ticket.category, since, ticket.reporter)
    says: list[Say] = []
    for count, one in enumerate((each for each in before if _same_spot(ticket, each)), 2):
        says += await _joined(turn, ticket, one, count)
    return says


def _same_spot(ticket: Ticket, candidate: Candidate) -> bool:
    building, sub = candidate.reading.get("building"), candidate.reading.get("sub")
    return building in (None, "", ticket.building) and sub in (None, "", ticket.sub)


async def _joined(turn: Turn, ticket: Ticket, candidate: Candidate, count: int) -> list[Say]:
    await change(turn.act, candidate, answer="yes", answered_at=turn.now, ticket=ticket.no)
    await casework.move_messages(candidate.id, ticket.no)
    await board.cancel(f"candidate:{candidate.id}")
    await questions.drop(candidate.id, "candidate")
    await unjudged.unsend(candidate)
    person = await turn.world.directory.person(candidate.transport, candidate.contact)
    home = person.home.id if person.home is not None else None
    await casework.support(ticket, turn.act, candidate.contact, home, candidate.room)
    private = Address(candidate.transport, candidate.account, None, candidate.contact)
    words = cards.quoted(candidate.text)
    return [
        turn.tell_at(private, "intake.joined", no=ticket.no, count=count),
        *told.staff(turn, ticket, ticket.assignee, "card.joined_words", count=count, text=words),
        *await joining.carried_over(turn, candidate, ticket),
    ]
