"""What was reported a moment ago is worse than it sounded: 有人撬车, and then 两个人 拿着刀."""

from __future__ import annotations

from gridbot.handlers.reports import adding, assigning, opening
from gridbot.handlers.reports.said import heard
from gridbot.handlers.tickets import cards, planning, told
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models.acts import change
from gridbot.models.cases.tickets import Ticket
from gridbot.nlp import Urgency


async def raised(turn: Turn, ticket: Ticket) -> list[Say] | None:
    """The same matter becomes an emergency, for all who are called to one; None where it is another."""
    reading = turn.reading
    if reading.category != ticket.category or ticket.urgency == Urgency.EMERGENCY or turn.heard.late:
        return None
    said = heard(turn)
    level = turn.world.directory.profile(ticket.grid).service_level(
        ticket.category, reading.sub or ticket.sub, Urgency.EMERGENCY
    )
    due = planning.due(turn, ticket.grid, level, Urgency.EMERGENCY, turn.now)
    await change(
        turn.act,
        ticket,
        urgency=Urgency.EMERGENCY.value,
        summary="，".join(filter(None, (ticket.summary, said.text))),
        because=[because.rule for because in reading.because],
        first_reply_due_at=due.first_reply,
        due_at=due.deadline,
    )
    await planning.replan(turn, ticket)
    await adding.to_ticket(turn, ticket)
    assigned = assigning.first(turn, ticket.grid, ticket.category, ticket.sub, Urgency.EMERGENCY, None)
    says: list[Say] = []
    for contact in opening.who_acts(turn, ticket, assigned):
        says += await cards.ticket_card(turn, ticket, contact, said=said)
    call, role = cards.call_first(turn, ticket), told.holder(turn, ticket)
    return [turn.say("intake.emergency", urgent=True, no=ticket.no, call=call, role=role), *says]
