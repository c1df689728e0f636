"""Somebody asks after his own matter in words of his own: 那块地砖有人来看了吗, 人呢, 我那个事咋样了."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from gridbot.handlers.reports import joining
from gridbot.handlers.reports.said import heard
from gridbot.handlers.tickets import cards, enquiry
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models.cases import ledger
from gridbot.models.cases.casework import LIVE
from gridbot.models.cases.tickets import Ticket

AGAIN = timedelta(minutes=30)  # whoever has it hears once in this time that he is asked after
STILL = timedelta(days=30)  # what was said longer ago is no longer what people ask after in a group


async def asked(turn: Turn) -> Sequence[Say] | None:
    """How it stands, in private, and a word to whoever has it; None where nothing of his is under way."""
    if turn.person.is_staff:
        return None
    mine = [each for each in await ledger.concerning(turn.heard.sender) if _is_meant(turn, each)]
    if not mine:
        return None
    ticket = _named(turn, mine)
    shown = [ticket] if ticket is not None else mine
    says = [enquiry.listed(turn, shown)]
    for each in shown[:1]:
        what = cards.called(turn, each.category, each.sub)
        told = joining.told_holder(turn, each, "card.asked_after", what=what, text=heard(turn).text)
        hour = f"after:{each.no}:{int(turn.now.timestamp() // AGAIN.total_seconds())}"
        says += [replace(say, once=hour) for say in told]
    return says


def _is_meant(turn: Turn, ticket: Ticket) -> bool:
    room = turn.heard.where.room
    return (
        ticket.state in LIVE and (room is None or ticket.room == room) and ticket.opened_at > turn.now - STILL
    )


def _named(turn: Turn, tickets: Sequence[Ticket]) -> Ticket | None:
    """The one the words name, or the only one."""
    if len(tickets) == 1:
        return tickets[0]
    category = turn.reading.category or (turn.profile.category_word(turn.reading.text) or ("",))[0]
    return next((each for each in tickets if each.category == category), None)
