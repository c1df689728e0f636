"""A verdict on a result: it closes the matter; a bad one is looked into by who leads the grid."""

from __future__ import annotations

from gridbot.handlers.tickets import cards, planning, review
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models.cases import casework, questions
from gridbot.models.cases.casework import BAD
from gridbot.models.cases.tickets import Ticket
from gridbot.nlp.asks import Ask, asks

FAIR, GOOD = "基本满意", "满意"
LONGEST = 30  # characters: praise that goes on longer may well end in a wish


def meant(text: str) -> str | None:
    """The verdict that words without one say plainly: 没修好, 就那样吧, 又快又好; None where they do not."""
    if asks(text, Ask.BAD):
        return BAD
    if len(text) > LONGEST or text.rstrip(" 。！!").endswith(("吗", "么", "？", "?")):
        return None
    if asks(text, Ask.FAIR):
        return FAIR
    return GOOD if asks(text, Ask.GOOD) and not asks(text, Ask.BUT) else None


async def rated(turn: Turn, ticket: Ticket, verdict: str, words: str) -> list[Say]:
    """Close it with the verdict; a bad one is reviewed by the leader."""
    await casework.move(
        ticket, "verdict", turn.act, words, satisfaction=verdict, closed_at=ticket.closed_at or turn.now
    )
    await planning.replan(turn, ticket)
    await questions.drop(ticket.no, "verdict")
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
