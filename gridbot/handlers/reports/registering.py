"""Something new is registered: its ticket, what belongs to it, and the one answer."""

from __future__ import annotations

from collections.abc import Sequence

from gridbot.handlers.reports import (
    assigning,
    finding,
    gathering,
    incident,
    locating,
    opening,
    retract,
)
from gridbot.handlers.tickets import cards, told
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models.cases.tickets import Ticket
from gridbot.nlp import Urgency

# whoever tells of it hears at once what to do, or not
CARE = {"fraud": "guard.deceived", "impersonation": "guard.meanwhile", "theft": "guard.robbed"}


async def new(turn: Turn, *, quietly: bool) -> Sequence[Say]:
    """`quietly`: the group has had an answer to this person a moment ago; this one goes in private."""
    if (own := await finding.own_grid(turn)) is not None:
        return await finding.found(turn, own)
    ticket, says = await opening.open_ticket(turn, turn.reading)
    await gathering.pictures_of(turn, ticket)
    others = []
    for other in turn.reading.also:
        second, more = await opening.open_ticket(turn, other)
        others.append(second)
        says += more
    says += await retract.candidate_became_ticket(turn, ticket)
    says += await incident.gathered(turn, ticket)
    return [*await _answer(turn, ticket, others, quietly=quietly), *says]


async def _answer(turn: Turn, ticket: Ticket, others: Sequence[Ticket], *, quietly: bool) -> list[Say]:
    """The one answer at intake: a number and a time; neutral where the matter is nobody's business."""
    by = opening.by(turn, ticket)
    if ticket.urgency == Urgency.EMERGENCY:
        call = cards.call_first(turn, ticket)
        say = turn.whisper if turn.heard.late else turn.say
        role = told.holder(turn, ticket)
        return [say("intake.emergency", urgent=True, no=ticket.no, call=call, role=role)]
    if any(each.sensitive for each in (ticket, *others)):
        care = turn.texts.say(CARE[ticket.sub]) if ticket.sub in CARE else ""
        note = turn.whisper("intake.registered_private", no=ticket.no, by=by, care=care)
        return [note] if turn.private or quietly else [turn.say("intake.private"), note]
    say = turn.whisper if quietly else turn.say
    if others:
        more = "、#".join(str(each.no) for each in others)
        return [say("intake.registered_two", no=ticket.no, other=more, by=by)]
    if locating.lacks_place(ticket):
        await turn.ask(turn.heard.sender, "place", subject=ticket.no)
        where = locating.asked_where(turn, ticket)
        return [say("intake.registered_where", no=ticket.no, by=by, where=where)]
    if duty := assigning.duty_note(turn, ticket):
        return [say("intake.registered_duty", no=ticket.no, by=by, duty=duty)]
    return [say("intake.registered", no=ticket.no, by=by)]
