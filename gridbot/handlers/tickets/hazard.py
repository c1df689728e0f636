"""A hazard goes through stages: 发现, 现场值守, 已派部门, 到场, 消除, 复核."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time, timedelta

from gridbot.errors import Refusal
from gridbot.handlers.routes import Routes
from gridbot.handlers.tickets import cards, chosen, planning, review, told
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models import board
from gridbot.models.board import Plan
from gridbot.models.cases import casework, ledger, questions
from gridbot.models.cases.casework import State
from gridbot.models.cases.tickets import Ticket

routes = Routes()

FOUND, WATCHED, SENT, THERE, GONE, CHECKED = "发现", "现场值守", "已派部门", "到场", "消除", "复核"
STAGES = (FOUND, WATCHED, SENT, THERE, GONE, CHECKED)
CHECK_AT = time(9, 30)  # of the next working day
ANSWER_LIVES = timedelta(days=7)
DONE = (State.RESOLVED, State.CLOSED)


def stage(ticket: Ticket, to: str | None) -> dict[str, object]:
    """The field that changes with a move where the ticket is a hazard; nothing for other matters.

    None: it turned out to be none.
    """
    return {"stage": to} if ticket.stage in STAGES else {}


async def plan_check(turn: Turn, ticket: Ticket) -> None:
    """Somebody looks again on the next working day whether the hazard is really gone."""
    if ticket.stage == GONE:
        day = turn.world.calendar.next_workday(turn.world.local(turn.now).date())
        at = turn.world.calendar.at(day, CHECK_AT)
        await board.again(Plan("recheck", planning.subject(ticket), at))


@routes.on("recheck")
async def recheck(turn: Turn) -> Sequence[Say]:
    """复核 1024 已消除: somebody has looked again."""
    ticket = await chosen.ticket(turn, likely=DONE)
    return await _checked(turn, ticket, turn.rest.strip())


@routes.on("?recheck")
async def check_answered(turn: Turn) -> Sequence[Say]:
    """1: gone for good; 2: still there, the work goes on."""
    question, command = turn.asked, turn.reading.command
    ticket = await ledger.ticket(question.subject or 0)
    if ticket is None or command is None:
        return []
    await questions.answered(question)
    if command.choice == 2 or command.name == "no":
        return await _again(turn, ticket)
    if command.choice == 1 or command.name == "yes":
        return await _checked(turn, ticket, command.rest)
    return []


async def _checked(turn: Turn, ticket: Ticket, words: str) -> list[Say]:
    if ticket.stage not in STAGES:
        if ticket.satisfaction == casework.BAD and ticket.state == State.CLOSED:
            return await review.reviewed(turn, ticket, words)
        raise Refusal("hazard.none", no=ticket.no)
    closed = ticket.closed_at or turn.now
    await casework.move(ticket, "recheck", turn.act, words, closed_at=closed, stage=CHECKED)
    await planning.replan(turn, ticket)
    await questions.drop(ticket.no, "recheck")
    says = [turn.reply("hazard.checked", no=ticket.no)]
    return [*says, *told.staff(turn, ticket, ticket.assignee, "hazard.checked_told", name=told.name(turn))]


async def _again(turn: Turn, ticket: Ticket) -> list[Say]:
    await casework.move(ticket, "reopen", turn.act, closed_at=None, resolved_at=None, stage=FOUND)
    await planning.replan(turn, ticket)
    await questions.drop(ticket.no, "recheck", "verdict")
    what = cards.danger_called(turn, ticket)
    return [
        turn.reply("work.reopened", no=ticket.no),
        *told.staff(turn, ticket, ticket.assignee, "hazard.again", what=what, name=told.name(turn)),
    ]
