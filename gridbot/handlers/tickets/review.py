"""复核: a leader looks into a verdict of 不满意; until he has said what came of it, it is on his list."""

from __future__ import annotations

from datetime import time, timedelta

from gridbot.errors import Refusal
from gridbot.handlers.tickets import chosen, planning, told
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models import board
from gridbot.models.board import Plan
from gridbot.models.cases import casework, workload
from gridbot.models.cases.tickets import Ticket
from gridbot.profiles import Rank

LISTED_FOR = timedelta(days=30)
ASKED_AGAIN = time(9, 30)


async def wanted(turn: Turn, ticket: Ticket) -> None:
    """The leader who was asked is reminded once, on the next working day."""
    calendar = turn.world.calendar
    day = calendar.next_workday(turn.world.local(turn.now).date())
    await board.again(Plan("review", planning.subject(ticket), calendar.at(day, ASKED_AGAIN)))


async def reviewed(turn: Turn, ticket: Ticket, words: str) -> list[Say]:
    """The leader has talked to the resident, or looked again: the resident reads his words."""
    turn.require(ticket.grid, Rank.LEADER, Rank.DESK)
    if not words:
        example = turn.texts.say("refuse.why_review", no=ticket.no)
        raise Refusal("refuse.why", no=ticket.no, example=example)
    await casework.move(ticket, "review", turn.act, words)
    await board.cancel(planning.subject(ticket), "review")
    return [
        turn.reply("verdict.reviewed", no=ticket.no),
        *told.reporter(turn, ticket, "verdict.reviewed_resident", words=words),
    ]


async def waiting(turn: Turn) -> list[str]:
    """The line of 待办 that names what the speaker has still to look into."""
    found = await workload.unreviewed(_asked_about(turn), turn.now - LISTED_FOR)
    cases = "、".join(f"#{each.no}" for each in found[: chosen.MOST_CHOICES])
    return [turn.texts.say("work.todo_reviews", cases=cases)] if cases else []


def _asked_about(turn: Turn) -> list[str]:
    """The nodes the speaker leads, down to where somebody else does."""
    directory = turn.world.directory
    left = [post.node for post in turn.person.posts if post.rank is Rank.LEADER]
    found: dict[str, None] = {}
    while left:
        code = left.pop()
        found[code] = None
        below = (child for child in directory.children.get(code, ()) if child not in found)
        left += [child for child in below if not directory.at(child, Rank.LEADER)]
    return list(found)
