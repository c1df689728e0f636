"""Tickets past their time: the worker is reminded, the deputy takes over, the leader is told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from gridbot.messages import Address, Say
from gridbot.models import board, casework, ledger
from gridbot.models.acts import Act
from gridbot.models.board import Plan
from gridbot.models.casework import State
from gridbot.models.directory import Post
from gridbot.models.duties import Due
from gridbot.models.tickets import Ticket
from gridbot.schedules.jobs import Jobs
from gridbot.world import World

jobs = Jobs()

STEPS = ("worker", "deputy", "leader")


@jobs.on("first_reply")
async def first_reply(world: World, rows: Sequence[Due], now: datetime) -> list[Say]:
    """A first reply is overdue: remind at once, deputy after 30 working minutes, leader after 60."""
    says: list[Say] = []
    for row in rows:
        ticket = await ledger.ticket(int(row.what.removeprefix("ticket:")))
        if ticket is None or ticket.first_reply_at is not None or ticket.state != State.OPEN:
            continue
        says += await _step(world, ticket, STEPS[len(row.occurrence)], now)
        await _next_step(world, ticket, row, now)
    return says


async def _next_step(world: World, ticket: Ticket, row: Due, now: datetime) -> None:
    step = len(row.occurrence)  # "", "+", "++"
    if step + 1 < len(STEPS):
        at = world.calendar.add_minutes(now, 30)
        await board.put(Plan("first_reply", row.what, at, row.occurrence + "+"))


async def _step(world: World, ticket: Ticket, step: str, now: datetime) -> list[Say]:
    directory = world.directory
    holder = directory.staff(ticket.assignee)
    act = Act("bot", now)
    name = holder.name if holder else ""
    if step == "worker":
        await casework.move(ticket, "nudge", act)
        return _tell(world, ticket, holder, "chase.worker", name)
    if step == "deputy":
        deputy = directory.deputy(ticket.assignee) if ticket.assignee else None
        if deputy is None:
            return []
        await casework.move(ticket, "deputise", act, assignee=deputy.staff)
        return _tell(world, ticket, deputy, "chase.deputy", name)
    leader = directory.leader(ticket.grid, but=ticket.assignee)
    await casework.move(ticket, "tell_leader", act)
    return [*_tell(world, ticket, leader, "chase.leader", name), *_tell_resident(world, ticket)]


def _tell(world: World, ticket: Ticket, post: Post | None, key: str, name: str) -> list[Say]:
    if post is None or not post.contact:
        return []
    to = Address(ticket.transport, ticket.account, None, post.contact)
    text = world.texts.say(key, no=ticket.no, what=what(world, ticket), name=name)
    return [Say(to, text, key, about={"ticket": ticket.no})]


def _tell_resident(world: World, ticket: Ticket) -> list[Say]:
    """The resident hears once that it was chased, in private."""
    if not ticket.reporter:
        return []
    to = Address(ticket.transport, ticket.account, None, ticket.reporter)
    text = world.texts.say("chase.resident", no=ticket.no)
    once = f"chased:{ticket.no}"
    return [Say(to, text, "chase.resident", about={"ticket": ticket.no}, once=once)]


def what(world: World, ticket: Ticket) -> str:
    """The Chinese name of a ticket's category."""
    known = world.directory.profile(ticket.grid).categories.get(ticket.category)
    return known.subs.get(ticket.sub or "", known.zh) if known else ticket.category
