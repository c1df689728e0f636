"""满意 / 基本满意 / 不满意: the reporter's verdict closes the ticket; 不满意 goes to the leader."""

from __future__ import annotations

from collections.abc import Sequence

from gridbot.errors import Refusal
from gridbot.handlers.reports import under_way
from gridbot.handlers.reports.talk import talk
from gridbot.handlers.routes import Routes
from gridbot.handlers.tickets import chosen, desk, enquiry
from gridbot.handlers.tickets.rating import FAIR, GOOD, rated
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models.cases.casework import BAD, LIVE, State

routes = Routes()

WORDS = (BAD, FAIR, GOOD)  # longest meaning first: 满意 is part of the others


@routes.on("?verdict", "rate")
async def rate(turn: Turn) -> Sequence[Say]:
    """A verdict, alone or with words, on the ticket asked about, named or quoted."""
    command = turn.reading.command
    if command is not None and command.name == "rate" and (says := await desk.rated_in_words(turn)):
        return says
    verdict = next((word for word in WORDS if command and word in command.options), None)
    if command is None or command.name != "rate" or verdict is None:
        if command is not None and command.name == "rate":
            return [turn.reply("verdict.how")]
        return await under_way.words_on_result(turn) or await talk(turn)
    if turn.discreet and not command.numbers and not turn.heard.mentions_bot and turn.heard.quote is None:
        return []  # 满意 in a group is talk
    ticket = await chosen.own(turn, (State.RESOLVED,), otherwise=LIVE, nothing="verdict.nothing")
    if ticket.reporter != turn.heard.sender:
        raise Refusal("refuse.not_yours", no=ticket.no)
    if ticket.state in LIVE:
        key = "verdict.too_early_urge" if verdict == BAD else "verdict.too_early"
        return [turn.reply(key, no=ticket.no, until=enquiry.until(turn, ticket))]
    return await rated(turn, ticket, verdict, command.rest)
