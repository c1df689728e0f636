"""满意 / 基本满意 / 不满意: the reporter's verdict closes the ticket; 不满意 goes to the leader."""

from __future__ import annotations

from collections.abc import Sequence

from gridbot.errors import Refusal
from gridbot.handlers.reports import joining
from gridbot.handlers.reports.intake import talk
from gridbot.handlers.routes import Routes
from gridbot.handlers.tickets import cards, chosen, desk, enquiry, planning, review
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models.cases import casework, ledger
from gridbot.models.cases.casework import BAD, LIVE, State
from gridbot.models.cases.tickets import Ticket

routes = Routes()

WORDS = (BAD, "基本满意", "满意")  # longest meaning first: 满意 is part of the others


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
        return await joining.words_on_result(turn) or await talk(turn)
    if turn.discreet and not command.numbers and not turn.heard.mentions_bot and turn.heard.quote is None:
        return []  # 满意 in a group is talk
    ticket = await chosen.own(turn, (State.RESOLVED,), otherwise=LIVE, nothing="verdict.nothing")
    if ticket.reporter != turn.heard.sender:
        raise Refusal("refuse.not_yours", no=ticket.no)
    if ticket.state in LIVE:
        key = "verdict.too_early_urge" if verdict == BAD else "verdict.too_early"
        return [turn.reply(key, no=ticket.no, until=enquiry.until(turn, ticket))]
    return await rated(turn, ticket, verdict, command.rest)


async def rated(turn: Turn, ticket: Ticket, verdict: str, words: str) -> list[Say]:
    """Close it with the verdict; a bad one is reviewed by the leader."""
    await casework.move(
        ticket, "verdict", turn.act, words, satisfaction=verdict, closed_at=ticket.closed_at or turn.now
    )
    await planning.replan(turn, ticket)
    await ledger.drop_questions(ticket.no, "verdict")
    if verdict != BAD:
        return [turn.reply("verdict.thanks", no=ticket.no)]
    await review.wanted(turn, ticket)
    leader = turn.world.directory.leader(ticket.grid)
    role = leader.role if leader is not None else turn.texts.say("card.in_charge")
    says = [turn.reply("verdict.sorry", no=ticket.no, role=role)]
    if leader is not None and leader.contact:
        says.append(
            turn.tell(
                leader.contact,
                "verdict.review",
                no=ticket.no,
                what=cards.danger_called(turn, ticket),
                result=ticket.result,
                words=f"{words}\n" if words else "",
            )
        )
    return says
