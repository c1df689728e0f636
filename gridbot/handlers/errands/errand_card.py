"""The desk's one-word answer to papers that were collected."""

from __future__ import annotations

from collections.abc import Sequence

from gridbot.errors import Refusal
from gridbot.handlers.errands import batch
from gridbot.handlers.reports.talk import talk
from gridbot.handlers.routes import Routes
from gridbot.handlers.tickets import chosen
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models.cases import questions
from gridbot.models.cases.errands import Stage

routes = Routes()


@routes.on("?take_in")
async def answered(turn: Turn) -> Sequence[Say]:
    """1 to the card that has come last: taken in."""
    question, command = turn.asked, turn.reading.command
    if command is None or (command.name != "yes" and command.choice != 1):
        return await talk(turn)
    ticket = await chosen.by_number(question.subject or 0)
    chosen.allowed(turn, ticket)
    if ticket.stage != Stage.COLLECTING:
        await questions.answered(question)
        raise Refusal("refuse.nothing_asked")
    return await batch.taken_in(turn, [ticket])
