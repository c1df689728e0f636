"""What the clock does to tickets besides chasing: lapse, wake, blank, remind of a promise."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from gridbot.messages import Say
from gridbot.models import board
from gridbot.models import letters as mail
from gridbot.models.acts import Act
from gridbot.models.board import Plan
from gridbot.models.cases import casework, ledger, questions
from gridbot.models.cases.casework import LIVE, State
from gridbot.models.cases.tickets import Ticket
from gridbot.models.duty.duties import Due
from gridbot.models.neighbours import keeping
from gridbot.schedules.cases import letters
from gridbot.schedules.jobs import Jobs
from gridbot.world import World

jobs = Jobs()

AGAIN = timedelta(days=1)
RESULTS = ("work.resolved_resident", "work.resolved_group")  # what tells the resident what was done
UNRATED = "未评价"  # as in the report of a replay


async def _ticket(row: Due) -> Ticket | None:
    return await ledger.ticket(int(row.what.removeprefix("ticket:")))


async def _unheard(ticket: Ticket) -> bool:
    """Whether the result reached nobody, and nobody has told it to the resident since."""
    if ticket.resolved_at is None or not await mail.lost(ticket.no, RESULTS, ticket.resolved_at):
        return False
    spoken = await ledger.last_line(ticket.no, "contact")
    return spoken is None or spoken.at < ticket.resolved_at


def _tell_it(world: World, ticket: Ticket, now: datetime) -> list[Say]:
    holder = world.directory.staff(ticket.assignee)
    return letters.to_staff(world, ticket, holder, "chase.not_heard", now, what=letters.matter(world, ticket))


@jobs.on("result_heard")
async def result_heard(world: World, rows: Sequence[Due], now: datetime) -> list[Say]:
    """Half an hour after 办结: where the result could not be sent, its holder has to tell the resident."""
    says: list[Say] = []
    for row in rows:
        ticket = await _ticket(row)
        if ticket is not None and ticket.state == State.RESOLVED and await _unheard(ticket):
            says += _tell_it(world, ticket, now)
    return says


@jobs.on("verdict_lapse")
async def verdict_lapse(world: World, rows: Sequence[Due], now: datetime) -> list[Say]:
    """72 hours without a verdict: closed as 未评价, which does not count as satisfied. Nobody is told.

    A result that reached nobody closes nothing: its holder is asked again every day.
    """
    says: list[Say] = []
    for row in rows:
        ticket = await _ticket(row)
        if ticket is None or ticket.state != State.RESOLVED:
            continue
        if await _unheard(ticket):
            says += _tell_it(world, ticket, now)
            await board.again(Plan("verdict_lapse", row.what, now + AGAIN, f"{now:%Y%m%d}"))
            continue
        await casework.move(ticket, "lapse", Act("bot", now), satisfaction=UNRATED, closed_at=now)
        await questions.drop(ticket.no, "verdict")
        await board.again(Plan("retention", row.what, now + world.conduct.keep_text))
    return says


@jobs.on("wake")
async def wake(world: World, rows: Sequence[Due], now: datetime) -> list[Say]:
    """A ticket that rested is work again."""
    says: list[Say] = []
    for row in rows:
        ticket = await _ticket(row)
        if ticket is None or ticket.state != State.WAITING:
            continue
        await casework.move(ticket, "wake", Act("bot", now), paused_until=None)
        holder = world.directory.staff(ticket.assignee)
        says += letters.to_staff(
            world, ticket, holder, "chase.woken", now, what=letters.matter(world, ticket)
        )
    return says


@jobs.on("promise")
async def promise(world: World, rows: Sequence[Due], now: datetime) -> list[Say]:
    """The promised moment has come: whoever promised is reminded."""
    says: list[Say] = []
    for row in rows:
        ticket = await _ticket(row)
        if ticket is None or ticket.state not in LIVE or ticket.promised_at is None:
            continue
        holder = world.directory.staff(ticket.assignee)
        says += letters.to_staff(
            world, ticket, holder, "chase.promised", now, what=letters.matter(world, ticket)
        )
    return says


@jobs.on("review", waits=True)
async def review(world: World, rows: Sequence[Due], now: datetime) -> list[Say]:
    """Nobody has looked into a verdict of 不满意: the leader who was asked hears it once more."""
    says: list[Say] = []
    for row in rows:
        ticket = await _ticket(row)
        if ticket is None or ticket.state != State.CLOSED or ticket.satisfaction != casework.BAD:
            continue
        leader, what = world.directory.leader(ticket.grid), letters.what(world, ticket)
        says += letters.to_staff(world, ticket, leader, "verdict.review_again", now, what=what)
    return says


@jobs.on("retention")
async def retention(world: World, rows: Sequence[Due], now: datetime) -> list[Say]:
    """The days for keeping words are over: texts are blanked, the facts stay."""
    for row in rows:
        subject, _, number = row.what.partition(":")
        if subject == "ticket":
            ticket = await _ticket(row)
            if ticket is not None and ticket.state not in (*LIVE, State.RESOLVED):
                await keeping.blank_ticket(ticket.no)
        else:
            await keeping.blank_candidate(int(number))
    return []
