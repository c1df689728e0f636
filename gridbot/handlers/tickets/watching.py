"""值守: somebody stays on the spot and is asked at the agreed time how it stands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from gridbot.handlers.routes import Routes
from gridbot.handlers.tickets import chosen, hazard, passing, planning, timing
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models import board
from gridbot.models.board import Plan
from gridbot.models.cases import casework, ledger, questions
from gridbot.models.cases.tickets import Ticket

routes = Routes()

HOUR = timedelta(hours=1)


@routes.on("watch")
async def watch(turn: Turn) -> Sequence[Say]:
    """值守 1024 到 19:00: somebody stays on the spot and is asked then how it stands."""
    ticket = await chosen.ticket(turn, likely=chosen.AT_WORK)
    at = timing.later(turn, ticket)
    return await _watched(turn, ticket, at, turn.rest)


async def _watched(turn: Turn, ticket: Ticket, at: datetime, note: str) -> list[Say]:
    first = ticket.first_reply_at or turn.now
    stage = hazard.stage(ticket, hazard.WATCHED) if ticket.stage == hazard.FOUND else {}
    await casework.move(ticket, "watch", turn.act, note, first_reply_at=first, **stage)
    await planning.answered(ticket)
    await questions.drop(ticket.no, "watch")
    subject = planning.subject(ticket)
    await board.cancel(subject, "watch", "watch_silent")
    staff: dict[str, object] = {"staff": turn.person.who}
    await board.again(Plan("watch", subject, at, f"{at:%Y%m%dT%H%M}", staff))
    return [turn.reply("work.watching", no=ticket.no, until=turn.when(at))]


@routes.on("?watch")
async def watch_over(turn: Turn) -> Sequence[Say]:
    """1 stays another hour, 2 leaves, 3 the leader has it."""
    question, command = turn.asked, turn.reading.command
    ticket = await ledger.ticket(question.subject or 0)
    choice = command.choice if command is not None else None
    if ticket is None or ticket.state not in casework.LIVE or choice not in (1, 2, 3):
        return []
    await questions.answered(question)
    chosen.acting(turn, ticket)
    if choice == 1:
        return await _watched(turn, ticket, turn.now + HOUR, "")
    if choice == 3:
        return await passing.handed_over(turn, ticket, None, turn.texts.say("watch.hand_over"))
    return [turn.reply("watch.ended", no=ticket.no)]
