"""A matter is done: what is written down, and who reads the result."""

from __future__ import annotations

from dataclasses import replace

from gridbot.handlers.errands import giving_back, settling
from gridbot.handlers.tickets import cards, desk, hazard, joint, planning, told
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models.cases import casework, errands, hotline, questions
from gridbot.models.cases.tickets import Ticket


async def end(turn: Turn, ticket: Ticket, result: str) -> list[Say]:
    """It is done: the resident and whoever had it read the result."""
    holder = ticket.assignee
    papers = giving_back.has_papers(ticket)
    await casework.move(
        ticket,
        "resolve",
        turn.act,
        result,
        result=result,
        resolved_at=turn.now,
        first_reply_at=ticket.first_reply_at or turn.now,
        **{
            **errands.finished(ticket, turn.world.calendar_at(ticket.grid), turn.now),
            **hazard.stage(ticket, hazard.GONE),
        },
    )
    await planning.replan(turn, ticket)
    await hazard.plan_check(turn, ticket)
    await questions.drop(ticket.no, "card", "result", "place")
    says = [turn.reply(await _closing(ticket), no=ticket.no)]
    if days := await settling.with_result(turn, ticket, result):
        says = [_looked_at_again(turn, says[0], days)]
    if holder != turn.person.staff:
        says += told.staff(
            turn,
            ticket,
            holder,
            "work.resolved_by_other",
            what=cards.matter(turn, ticket),
            name=told.name(turn),
            result=result,
        )
    says += await joint.tell_below(turn, ticket, turn.texts.say("route.news_resolved", result=result))
    said = giving_back.promised(turn, ticket, result) if papers else result
    says += await told.of_result(turn, ticket, said)
    says += await giving_back.done(turn, ticket) if papers else []
    return [*says, *await desk.ask_rating(turn, ticket)] if ticket.departments else says


def _looked_at_again(turn: Turn, answer: Say, days: str) -> Say:
    """The answer, with the days on which somebody asks how a dispute holds, where no group reads it."""
    line = turn.texts.say("dispute.looked_at_again", days=days)
    return replace(answer, text=f"{answer.text}\n{line}") if turn.private else answer


async def _closing(ticket: Ticket) -> str:
    """What whoever finished it reads: that the resident was told, or that somebody still has to call him."""
    if ticket.reporter:
        return "work.resolved"
    order = await hotline.of_ticket(ticket.no)
    return "work.resolved_nobody" if order is None else "work.resolved_call"
