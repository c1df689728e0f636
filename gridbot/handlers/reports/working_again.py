"""来水了, 好了好了: somebody writes that it works again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from gridbot.handlers.reports import retract
from gridbot.handlers.reports.said import heard
from gridbot.handlers.reports.under_way import UNDER_WAY
from gridbot.handlers.tickets import cards, told
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models.cases import around, reported, unjudged
from gridbot.models.cases.casework import LIVE
from gridbot.models.cases.tickets import Ticket
from gridbot.nlp import Reading, Urgency
from gridbot.nlp.slots import doing

SAME_DAY = timedelta(hours=4)  # so long 挪了 speaks of what its speaker said himself
CURT = 12  # characters: a short "好了好了" can only mean what the group talks of; more words say of what


async def offered(turn: Turn) -> Sequence[Say]:
    """Somebody writes that it works again: the worker is offered to close, once; nothing closes by itself.

    "来水了" speaks of the water and of nothing else; "好了好了" of the speaker's own matter, else of
    what the group talks of.
    """
    reading, room = turn.reading, turn.heard.where.room
    since = turn.now - timedelta(days=7)
    if room is None:
        ticket = await reported.last_of(turn.heard.sender, None, since) or await _neighbours_at_home(turn)
    else:
        category, sub = _works_again(reading)
        ticket = await _own_or_named(turn, room, since) if category is None else None
        if ticket is None and (category is not None or len(reading.text) <= CURT):
            lately = since if category is not None else turn.now - UNDER_WAY
            ticket = await around.newest_in_room(room, lately, category, sub)
    if (over := await _unjudged_over(turn, ticket)) is not None:
        return over
    if ticket is None:
        return []
    if ticket.urgency == Urgency.EMERGENCY:  # 已经报警了, 人救出来了: news for whoever goes there, no end
        return told.called(turn, ticket, "card.added", text=cards.quoted(heard(turn).text))
    comes = doing.find(reading.text.rstrip(" 呢")) == doing.UNDER_WAY  # 供电的车来了 在锯树
    if comes and _works_again(reading)[0] is None:
        return told.staff(turn, ticket, ticket.assignee, "card.added", text=cards.quoted(heard(turn).text))
    what, words = cards.danger_called(turn, ticket), cards.quoted(heard(turn).text)
    news = told.staff(turn, ticket, ticket.assignee, "intake.done_offer", what=what, text=words)
    heard_of = [turn.reply("intake.done_noted")] if turn.private else []
    return [*heard_of, *(replace(say, once=f"offer:{ticket.no}") for say in news)]


async def _unjudged_over(turn: Turn, ticket: Ticket | None) -> list[Say] | None:
    """挪了 谢谢, of what its speaker said a while ago and nobody has judged yet: it needs no judging."""
    since = turn.now - SAME_DAY
    mine = await unjudged.last_of(turn.heard.sender, turn.heard.where.room, since)
    if mine is None or (
        ticket is not None and (ticket.reporter == mine.contact or ticket.opened_at > mine.at)
    ):
        return None
    if mine.reading.get("urgency") == Urgency.EMERGENCY:
        return None  # whoever was called sees for himself
    words = cards.quoted(heard(turn).text)
    await retract.forget_candidate(turn, mine)
    worker = turn.world.directory.staff(mine.asked)
    if worker is None or not worker.contact:
        return []
    return [turn.tell(worker.contact, "card.candidate_over", candidate=mine.id, text=words)]


async def _neighbours_at_home(turn: Turn) -> Ticket | None:
    """What a neighbour reported where the speaker lives, of the sort that he says is over: 纸箱我清走了."""
    home, reading = turn.person.home, turn.reading
    if home is None or reading.category is None:
        return None
    since = turn.now - UNDER_WAY
    return await around.same_matter(home.node, reading.category, reading.sub, home.building, since)


async def _own_or_named(turn: Turn, room: str, since: datetime) -> Ticket | None:
    """What a word of the list of matters names, else the speaker's own."""
    category, sub = turn.profile.category_word(turn.reading.text) or (None, None)
    named = await around.newest_in_room(room, since, category, sub) if category is not None else None
    return named or await reported.last_of(turn.heard.sender, room, since) or await _joined(turn, room)


async def _joined(turn: Turn, room: str) -> Ticket | None:
    """The newest here that the speaker has joined."""
    known = await reported.concerning(turn.heard.sender)
    here = (each for each in known if each.room == room and each.state in LIVE)
    return next(here, None)


def _works_again(reading: Reading) -> tuple[str | None, str | None]:
    """The category and sub-category of what works again, as far as the words tell."""
    if reading.category is not None:
        return reading.category, reading.sub
    if reading.about is not None:
        category, _, sub = reading.about.partition(".")
        return category, sub or None
    return None, None
