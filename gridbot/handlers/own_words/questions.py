"""What residents ask in their own words, to the bot alone: how it stands, who is responsible, is he real."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gridbot.handlers.tickets import enquiry, which
from gridbot.handlers.trust import verify
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models.cases.tickets import Ticket
from gridbot.nlp import Command
from gridbot.nlp.asks import Ask, asks

CONSULT = "consult"
STILL_THERE = ("呢", "咧", "了吗", "没有", "没")  # 我昨天报的那个井盖呢
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
    if (stands := await _stands(turn)) is not None:
        return stands
    if asks(turn.heard.text, Ask.OFFER):
        return [turn.whisper("resource.how_skill")]
    if asks(turn.heard.text, Ask.FILE) and turn.world.services.form(turn.heard.text) is not None:
        turn.reading = replace(turn.reading, command=Command("filing", rest=turn.heard.text))
        return list(await which.handlers["filing"](turn))
    if asks(turn.heard.text, Ask.WHO):
        return list(await enquiry.who(turn))
    return await verify.spoken(turn) if asks(turn.heard.text, Ask.REAL) else None


async def _stands(turn: Turn) -> list[Say] | None:
    """我妈的老年证办得怎么样了, of somebody who asked for it: how it stands, and no second ticket."""
    missed = asks(turn.heard.text, Ask.REPORTED) and turn.heard.text.rstrip(" ？?").endswith(STILL_THERE)
    if not asks(turn.heard.text, Ask.PROGRESS) and not missed:
        return None
    mine = await enquiry.matters(turn)
    about = _about(turn, mine)
    if not about and asks(turn.heard.text, Ask.REPORTED):
        return [turn.whisper("enquiry.nothing")]  # 上次报的漏水咋样了, of somebody of whom nothing is known
    return [enquiry.listed(turn, about)] if about else None


def _about(turn: Turn, mine: Sequence[Ticket]) -> Sequence[Ticket]:
    """Those that the words name; all where they name nothing."""
    reading, services = turn.reading, turn.world.services
    item = services.item(turn.heard.text)
    known = turn.profile.category_word(turn.heard.text)
    category = item.category if item is not None else known[0] if known is not None else reading.category
    if category is None:
        return mine
    sub = item.sub if item is not None else known[1] if known is not None else reading.sub
    same = [each for each in mine if each.category == category]
    return [each for each in same if sub and each.sub == sub] or same
