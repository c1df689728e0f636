"""What residents ask in their own words, to the bot alone: how it stands, who is responsible, is he real."""

from __future__ import annotations

from dataclasses import replace

from gridbot.handlers.own_words import asking_after
from gridbot.handlers.tickets import enquiry, which
from gridbot.handlers.trust import verify
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.nlp import Command
from gridbot.nlp.asks import Ask, asks

CONSULT = "consult"
ASKING = ("吗", "么", "嘛", "不", "没", "？", "?")


def addressed(turn: Turn) -> bool:
    """Whether the bot is spoken to: in private, or named in a group."""
    return turn.private or turn.heard.mentions_bot


def may(turn: Turn) -> bool:
    """电动车能推上楼充电吗: whether something is allowed or done at all; nobody is sent out for that."""
    text = turn.heard.text.strip(" 。！!")
    return text.endswith(("吗", "么", "？", "?")) and asks(turn.heard.text, Ask.MAY)


async def spoken(turn: Turn) -> list[Say] | None:
    """The answer to such a question; None for everything else."""
    plain = turn.reading.command is None and not turn.media and turn.heard.text.strip()
    if not plain or turn.person.is_staff:
        return None
    if not addressed(turn):
        known = turn.reading.category == CONSULT and asks(turn.heard.text, Ask.WHO)
        return list(await enquiry.who(turn)) if known else None
    if (stands := await asking_after.of_his(turn)) is not None:
        return stands
    if asks(turn.heard.text, Ask.OFFER):
        return [turn.whisper("resource.how_skill")]
    if asks(turn.heard.text, Ask.FILE) and turn.world.services.form(turn.heard.text) is not None:
        turn.reading = replace(turn.reading, command=Command("filing", rest=turn.heard.text))
        return list(await which.handlers["filing"](turn))
    if asks(turn.heard.text, Ask.WHO):
        return list(await enquiry.who(turn))
    return await verify.spoken(turn) if asks(turn.heard.text, Ask.REAL) else None
