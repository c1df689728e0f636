"""Somebody asks after his own matter in words of his own: 那块地砖有人来看了吗, 人呢, 我那个事咋样了."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from gridbot.handlers.reports import adding, joining
from gridbot.handlers.reports.said import heard
from gridbot.handlers.tickets import cards, enquiry, spoken_of, told
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models.cases import reported
from gridbot.models.cases.casework import LIVE
from gridbot.models.cases.tickets import Ticket
from gridbot.nlp import Kind, Urgency
from gridbot.nlp.asks import Ask, asks

STILL_THERE = ("呢", "咧", "了吗", "没有", "没")  # 我昨天报的那个井盖呢
AGAIN = timedelta(minutes=30)  # whoever has it hears once in this time that he is asked after
STILL = timedelta(days=30)  # what was said longer ago is no longer what people ask after in a group


async def asked(turn: Turn) -> Sequence[Say] | None:
    """How it stands, in private, and a word to whoever has it; None where nothing of his is under way."""
    if turn.person.is_staff:
        return None
    mine = [each for each in await reported.concerning(turn.heard.sender) if _is_meant(turn, each)]
    if not mine:
        return None
    ticket = spoken_of.only_named(turn, mine)
    return await _told(turn, ticket, mine)


async def _told(turn: Turn, ticket: Ticket | None, mine: list[Ticket]) -> list[Say]:
    shown = [ticket] if ticket is not None else mine
    says = [enquiry.listed(turn, shown)]
    for each in shown[:1]:
        what = cards.called(turn, each.category, each.sub)
        news = told.staff(turn, each, each.assignee, "card.asked_after", what=what, text=heard(turn).text)
        hour = f"after:{each.no}:{int(turn.now.timestamp() // AGAIN.total_seconds())}"
        says += [replace(say, once=hour) for say in news]
    return says


async def of_his(turn: Turn) -> list[Say] | None:
    """我妈的老年证办得怎么样了, of somebody who asked for it: how it stands, and no second ticket."""
    missed = asks(turn.heard.text, Ask.REPORTED) and turn.heard.text.rstrip(" ？?").endswith(STILL_THERE)
    if not asks(turn.heard.text, Ask.PROGRESS) and not missed:
        return None
    about = spoken_of.all_named(turn, await enquiry.matters(turn))
    if not about and asks(turn.heard.text, Ask.REPORTED):
        return [turn.whisper("enquiry.nothing")]  # 上次报的漏水咋样了, of somebody of whom nothing is known
    return [enquiry.listed(turn, about)] if about else None


async def how_it_stands(turn: Turn) -> Sequence[Say] | None:
    """那个路灯修得咋样了, asked by whoever reported one: its progress and no second ticket."""
    reading = turn.reading
    asking = asks(turn.heard.text, Ask.PROGRESS) and reading.command is None and reading.matters < 2
    if turn.person.is_staff or not asking or reading.urgency is Urgency.EMERGENCY:
        return None
    if not turn.private and reading.category is None and not turn.profile.category_word(turn.heard.text):
        return None  # 你家娃咋样了
    ticket = await _his_own(turn)
    if ticket is None and asks(turn.heard.text, Ask.REPORTED):
        if reading.kind is Kind.SERVICE and not await _has_named(turn):
            return None  # 我那个老年证办下来了没有, of somebody who has had a lamp reported: the worker knows
        known = await enquiry.matters(turn)  # 上次报的那个漏水咋样了: no report of a leak
        return [enquiry.listed(turn, known)] if known else [turn.whisper("enquiry.nothing")]
    return await _told(turn, ticket, [ticket]) if ticket is not None else None


async def _has_named(turn: Turn) -> bool:
    return bool(spoken_of.all_named(turn, await enquiry.matters(turn)))


async def still(turn: Turn) -> Sequence[Say] | None:
    """电梯怎么还没人来修, two hours after his own report: 催办 of that one and no second ticket."""
    reading = turn.reading
    complains = asks(turn.heard.text, Ask.STILL) and reading.command is None and reading.matters < 2
    if turn.person.is_staff or not complains or reading.urgency is Urgency.EMERGENCY:
        return None
    ticket = await _his_own(turn)
    return await enquiry.urged_in_own_words(turn, ticket) if ticket is not None else None


async def _his_own(turn: Turn) -> Ticket | None:
    """The matter of his that he speaks of, where he does not report it just now."""
    before = turn.now - turn.world.conduct.burst
    mine = [
        each
        for each in await reported.concerning(turn.heard.sender)
        if _is_meant(turn, each) and each.opened_at <= before and spoken_of.there(turn, each)
    ]
    return spoken_of.newest_named(turn, mine)


async def told_again(turn: Turn) -> Sequence[Say] | None:
    """The same thing at the same place, said again by the same person within two hours: no second number."""
    reading = turn.reading
    clear = reading.kind is Kind.ISSUE and reading.sub and reading.command is None and reading.matters < 2
    if turn.person.is_staff or not clear or reading.urgency is Urgency.EMERGENCY:
        return None
    since = turn.now - joining.SAME_MATTER
    for each in await reported.lately(turn.heard.sender, since):
        same = (each.category, each.sub) == (reading.category, reading.sub)
        if each.state in LIVE and each.opened_at > since and same and spoken_of.there(turn, each):
            if asks(turn.heard.text, Ask.WHEN):  # 啥时候来水啊
                return await _told(turn, each, [each])
            added = turn.whisper("intake.added", no=each.no, role=told.holder(turn, each))
            return [added, *await adding.to_ticket(turn, each)]
    return None


def _is_meant(turn: Turn, ticket: Ticket) -> bool:
    room = turn.heard.where.room
    return (
        ticket.state in LIVE and (room is None or ticket.room == room) and ticket.opened_at > turn.now - STILL
    )
