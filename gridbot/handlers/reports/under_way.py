"""Vague words in private of somebody whose matter is under way: they are about that."""

from __future__ import annotations

from datetime import timedelta

from gridbot.handlers.reports import adding
from gridbot.handlers.tickets import rating, told
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models.cases import casework, ledger, passed_on, reported
from gridbot.models.cases.tickets import Ticket
from gridbot.nlp import Kind, noticed
from gridbot.nlp.asks import Ask, asks

UNDER_WAY = timedelta(days=1)
JUST_TOLD = timedelta(minutes=30)  # so long his words answer what he has read
SMALL_TALK = 0.95  # so sure that it is talk: 明天天气咋样 is no part of a matter under way
AS_GOOD_AS_SURE = 0.9  # papers that are so surely another service are no papers of the one under way
AGREES = frozenset({"yes", "no", "noted", "receipt"})
FEW = 5  # characters: fewer tell nothing


async def words_on_result(turn: Turn) -> list[Say]:
    """Words about a result, without a verdict: kept with the ticket, its holder is told; else nothing."""
    question, reading = turn.question, turn.reading
    spoken = turn.private and turn.heard.text.strip() and reading.command is None
    if question is None or question.kind != "verdict" or not spoken or _only_thanks(turn):
        return []
    if asks(turn.heard.text, Ask.PROGRESS):
        return []  # 证下来没有 asks how it stands
    ticket = await ledger.ticket(question.subject or 0)
    if ticket is None or ticket.state != casework.State.RESOLVED:
        return []
    if reading.kind is not Kind.NONE and reading.category != ticket.category:
        return []
    if (verdict := rating.meant(turn.heard.text)) is not None:
        return await rating.rated(turn, ticket, verdict, turn.heard.text.strip())
    return [turn.reply("verdict.how"), *await adding.to_ticket(turn, ticket)]


def _only_thanks(turn: Turn) -> bool:
    """谢谢 is no verdict, 谢谢 又快又好 is one."""
    return "thanks" in turn.reading.flags and rating.meant(turn.heard.text) is None


async def asked_about(turn: Turn, *, emergency: bool) -> list[Say] | None:
    """A vague word in private from somebody whose matter is under way (要带什么材料): it belongs to that."""
    reading = turn.reading
    said = reading.command is not None or reading.place is not None
    if not turn.private or emergency or said or reading.confidence >= turn.world.conduct.act_at:
        return None
    ticket = await reported.last_of_person(turn.heard.sender, turn.now - UNDER_WAY)
    if ticket is None or speaks_of_another(turn, ticket):
        return None
    return await _belongs(turn, ticket)


async def told_of_it(turn: Turn) -> list[Say] | None:
    """师傅来过了 说要换阀门, in private of whoever has a matter under way: it is about that; else None."""
    reading, text = turn.reading, turn.heard.text.strip()
    command = reading.command
    agrees = command is not None and command.name in AGREES and command.rest  # 行 十点我在家
    plain = turn.private and not turn.person.is_staff and (command is None or agrees)
    plain = plain and not reading.flags - {"thanks"}
    if not plain or len(text) < FEW:
        return None
    just_told = await _just_told(turn)
    if agrees and just_told is None:
        return None
    idle = reading.kind is Kind.NONE and reading.confidence > SMALL_TALK and reading.when is None
    if idle and just_told is None:
        return None
    ticket = just_told or await reported.last_of_person(turn.heard.sender, turn.now - UNDER_WAY)
    return await _belongs(turn, ticket) if ticket is not None else None


async def _just_told(turn: Turn) -> Ticket | None:
    """The live one of which he has just read what a worker wrote: his words answer that."""
    number = await passed_on.last_told(turn.heard.where.lane, turn.now - JUST_TOLD)
    ticket = await ledger.ticket(number) if number is not None else None
    return ticket if ticket is not None and ticket.state in casework.LIVE else None


async def brought(turn: Turn) -> list[Say] | None:
    """身份证复印件放门卫了, in private while a service is under way: the worker reads it."""
    text = turn.heard.text
    reading = turn.reading
    vague = reading.command is None and (reading.kind is Kind.NONE or reading.confidence < AS_GOOD_AS_SURE)
    told_of = turn.private and vague and asks(text, Ask.PAPERS)
    if not told_of or turn.person.is_staff or noticed.question(text) is not None:
        return None
    ticket = await reported.last_of_person(turn.heard.sender, turn.now - UNDER_WAY)
    return await _belongs(turn, ticket) if ticket is not None and ticket.kind == Kind.SERVICE else None


async def _belongs(turn: Turn, ticket: Ticket) -> list[Say]:
    role = told.holder(turn, ticket)
    return [turn.whisper("intake.added", no=ticket.no, role=role), *await adding.to_ticket(turn, ticket)]


def speaks_of_another(turn: Turn, ticket: Ticket) -> bool:
    """Whether vague words name another matter than this one."""
    if turn.plainly_a_matter:
        return turn.reading.category != ticket.category
    named = turn.profile.category_word(turn.heard.text)
    return named is not None and named[0] != ticket.category
