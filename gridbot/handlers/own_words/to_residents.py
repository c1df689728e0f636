"""A colleague's words that are meant for a resident: 让他带身份证来; 3点左右, when he was just asked."""

from __future__ import annotations

from datetime import timedelta

from gridbot.handlers.own_words import in_the_group, of_work
from gridbot.handlers.tickets import spoken_of
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models.cases import ledger, passed_on, questions
from gridbot.models.cases.casework import LIVE, State
from gridbot.models.cases.tickets import Ticket
from gridbot.nlp.slots import doing, telling
from gridbot.profiles import Rank

JUST_HEARD = timedelta(minutes=30)  # so long after a resident's words the worker's may answer them
CLEARLY = 3  # how well words have to fit a matter to name it beside the one just heard of
JUST_TAKEN = timedelta(minutes=15)  # so long a question of his is about what he took
SUITS = ("行吗", "行不", "行不行", "可以吗", "可以不", "好吗", "成吗", "中不", "方便吗", "方便不", "在家吗")
FEW = 15  # characters of a question to a resident
WORDS, LONGEST = 2, 60  # characters of an answer that says no more than that


async def told(turn: Turn) -> list[Say] | None:
    """告诉他打12393, 让他带身份证来: one question, whether the resident reads it; None for all else.

    In a group it is what the resident himself has read there.
    """
    if (heard := await in_the_group.answered(turn)) is not None:
        return heard
    if not _of_a_worker(turn) or (said := telling.to_resident(turn.heard.text.strip())) is None:
        return None
    ticket = await _named(turn) or await _just_heard(turn) or await _only(turn)
    return await of_work.ask_to_pass_on(turn, ticket, said) if ticket is not None else None


async def answered(turn: Turn) -> list[Say] | None:
    """3点左右, after a resident's question: it may be the answer; None where nothing was asked of him."""
    text = turn.heard.text.strip()
    if not _of_a_worker(turn) or not WORDS <= len(text) <= LONGEST or not doing.told(text):
        return None
    ticket = await _just_heard(turn)
    if ticket is None or (doing.points(text) and spoken_of.fit(turn, ticket, turn.reading) < spoken_of.WELL):
        return None  # 井那个我浇开了, of somebody else's matter
    return await of_work.ask_to_pass_on(turn, ticket, text)


async def asked(turn: Turn) -> list[Say] | None:
    """哪一户, of a matter that he has just taken or just heard of: the resident may be asked; else None."""
    text = turn.heard.text.strip(" ?？")
    if not _of_a_worker(turn) or not WORDS <= len(text) <= FEW or not _asks_him(turn, text):
        return None
    ticket = await _just_heard(turn) or await _just_taken(turn)
    return await of_work.ask_to_pass_on(turn, ticket, text) if ticket is not None else None


async def of_a_leader(turn: Turn) -> list[Say] | None:
    """跟居民说一声下午有人去, of the matter that has just come to him: it is no notice; None for all else."""
    said = telling.to_resident(turn.heard.text.strip())
    if said is None or not turn.private:
        return None
    cards = await questions.cards(turn.heard.sender, turn.heard.where.lane, turn.now)
    new = {card.subject for card in cards if card.kind == "card" and turn.now - card.asked_at <= JUST_HEARD}
    mine = [each for each in await spoken_of.his(turn) if each.no in new or _lately(turn, each)]
    ticket = mine[0] if len(mine) == 1 else await _just_taken(turn)
    return await of_work.ask_to_pass_on(turn, ticket, said) if ticket is not None else None


def _lately(turn: Turn, ticket: Ticket) -> bool:
    return ticket.first_reply_at is not None and turn.now - ticket.first_reply_at <= JUST_HEARD


def _asks_him(turn: Turn, text: str) -> bool:
    """您在家吗, 周六上午十点行吗: what only the resident can answer."""
    return doing.asks_a_person(text) or (turn.reading.when is not None and text.endswith(SUITS))


async def _just_taken(turn: Turn) -> Ticket | None:
    """The one that he took on last, a moment ago."""
    his = [each for each in await spoken_of.his(turn) if each.first_reply_at is not None]
    newest = max(his, key=lambda each: each.first_reply_at or turn.now, default=None)
    if newest is None or turn.now - (newest.first_reply_at or turn.now) > JUST_TAKEN:
        return None
    return newest


def _of_a_worker(turn: Turn) -> bool:
    works = any(post.rank is Rank.WORKER for post in turn.person.posts)
    command = turn.reading.command
    spoken = command is None or (command.name == "yes" and bool(command.rest))  # 可以 我给你报
    return works and turn.private and spoken and not turn.heard.late and not turn.media


async def _named(turn: Turn) -> Ticket | None:
    """The one that the words describe clearly: 医保那个告诉他打12393."""
    found = spoken_of.fitting(turn, await spoken_of.his_and_around(turn), least=CLEARLY)
    return found[0] if len(found) == 1 else None


async def _just_heard(turn: Turn) -> Ticket | None:
    number = await passed_on.last_heard(turn.heard.where.lane, turn.now - JUST_HEARD)
    ticket = await ledger.ticket(number) if number is not None else None
    if ticket is None or ticket.state in LIVE:
        return ticket
    since = ticket.resolved_at if ticket.state == State.RESOLVED else None
    heard_since = since is not None and await passed_on.last_heard(turn.heard.where.lane, since) == number
    return ticket if heard_since else None


async def _only(turn: Turn) -> Ticket | None:
    his = await spoken_of.his(turn)
    his = spoken_of.at_hand(turn, his) or his
    return his[0] if len(his) == 1 else None
