"""A dispute is settled: by its own word, or with the result of its ticket; it is looked at again later."""

from __future__ import annotations

from datetime import date, time, timedelta

from gridbot.handlers.turn import Turn
from gridbot.models import board
from gridbot.models.board import Plan
from gridbot.models.cases import disputes
from gridbot.models.cases.disputes import AGREED, ATTEMPT, GREEN, OPEN, SETTLED
from gridbot.models.cases.tickets import Ticket
from gridbot.models.neighbours.trust import Dispute
from gridbot.profiles import Rank

FOLLOW_UP_DAYS = (7, 30, 90)
FOLLOW_UP_AT = time(9)
NOT = "不没未难"  # before a word of agreement it says the contrary


async def settled(turn: Turn, row: Dispute, words: str, **more: object) -> str:
    """The agreement stands in the ledger and is looked at again; returns the days after which."""
    await disputes.noted(
        turn.act, row, SETTLED, words, state=AGREED, agreement=words, agreed_at=turn.now, risk=GREEN, **more
    )
    today = turn.world.local(turn.now).date()
    await board.again(*(_follow_up(turn, row, today, days) for days in FOLLOW_UP_DAYS))
    return "、".join(str(days) for days in FOLLOW_UP_DAYS)


def _follow_up(turn: Turn, row: Dispute, today: date, days: int) -> Plan:
    """A day of work on or after that many days."""
    calendar, day = turn.world.calendar, today + timedelta(days=days)
    while not calendar.is_workday(day):
        day += timedelta(days=1)
    return Plan("dispute_follow_up", f"dispute:{row.ticket}", calendar.at(day, FOLLOW_UP_AT), str(days))


def agreed(turn: Turn, words: str) -> bool:
    """Whether words of a mediation say that both sides agree."""
    return _says(turn, words, "dispute.agreed_words")


async def with_result(turn: Turn, ticket: Ticket, result: str) -> str:
    """A dispute's ticket is done with: its result is the agreement, unless it says that there is none.

    Returns the days after which it is looked at again, "" where it is not.
    """
    if not disputes.is_one(ticket):
        return ""
    row = await disputes.of_ticket(turn.act, ticket)
    if row.state != OPEN:
        return ""
    if _says(turn, result, "dispute.failed_words"):
        await disputes.noted(turn.act, row, ATTEMPT, result, **his(turn, row))
        return ""
    return await settled(turn, row, result, **his(turn, row))


def his(turn: Turn, row: Dispute) -> dict[str, object]:
    """A mediator who did it without being called has it from now on: he is asked to look again."""
    mediates = any(post.rank is Rank.MEDIATOR for post in turn.person.posts)
    return {"mediator": turn.person.staff} if mediates and turn.person.staff != row.mediator else {}


def _says(turn: Turn, words: str, key: str) -> bool:
    found = ((word, words.find(word)) for word in turn.texts.say(key).split())
    return any(at >= 0 and not set(words[max(0, at - 1) : at]) & set(NOT) for _, at in found)
