"""Whistles by the clock: a desk that has not confirmed, a department that has not come, the daily list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, time, timedelta

from gridbot.messages import Say
from gridbot.models.acts import Act
from gridbot.models.cases import casework, ledger, teamwork
from gridbot.models.cases.casework import LIVE
from gridbot.models.cases.parties import Party
from gridbot.models.cases.tickets import Ticket
from gridbot.models.duty.duties import Due
from gridbot.models.territory.people import Post
from gridbot.profiles import Period, Rank
from gridbot.recurrence import Schedule, Shift, Windows
from gridbot.schedules.cases import letters
from gridbot.schedules.jobs import Jobs, Late
from gridbot.world import World

jobs = Jobs()

LIST_AT = time(17, 0)
LISTED = 12


@jobs.on("whistle")
async def unconfirmed(world: World, rows: Sequence[Due], now: datetime) -> list[Say]:
    """The desk has neither confirmed nor refused: it is reminded, and its leader told."""
    says: list[Say] = []
    for row in rows:
        ticket = await ledger.ticket(int(row.what.removeprefix("whistle:")))
        if ticket is None or ticket.state not in LIVE:
            continue
        parts = await teamwork.of(ticket.no, *teamwork.WORKING)
        if not any(each.state == teamwork.ASKED for each in parts):
            continue
        desk, what = world.directory.staff(str(row.data.get("desk"))), letters.what(world, ticket)
        leader = world.directory.leader(desk.node, but=desk.staff) if desk else None
        says += letters.to_staff(world, ticket, desk, "whistle.unconfirmed", now, what=what)
        says += letters.to_staff(world, ticket, leader, "whistle.unconfirmed_leader", now, what=what)
    return says


@jobs.on("check_in")
async def not_come(world: World, rows: Sequence[Due], now: datetime) -> list[Say]:
    """A department has not come in its time: it reads so, and so do the worker and whoever called it."""
    says: list[Say] = []
    for row in rows:
        party = await teamwork.party(int(row.what.removeprefix("party:")))
        if party is None or party.state != teamwork.CALLED_NOW or party.due_at is None:
            continue
        ticket = await ledger.ticket(party.ticket)
        if ticket is None or ticket.state not in LIVE:
            continue
        says += await _late(world, ticket, party, now)
    return says


async def _late(world: World, ticket: Ticket, party: Party, now: datetime) -> list[Say]:
    assert party.due_at is not None
    name, what, by = name_of(world, party), letters.what(world, ticket), world.texts.moment(party.due_at, now)
    await casework.move(ticket, "late", Act("bot", now), name)
    says: list[Say] = []
    body = next((each for each in world.directory.departments if each.id == party.who), None)
    if body is not None and body.contact:
        says += letters.to_contact(world, ticket, body.contact, "whistle.late", now, what=what, by=by)
    for staff in dict.fromkeys((ticket.assignee, party.by)):
        post = world.directory.staff(staff)
        says += letters.to_staff(world, ticket, post, "whistle.late_told", now, what=what, name=name, by=by)
    return says


def name_of(world: World, party: Party) -> str:
    """A department's or a colleague's name."""
    body = next((each.name for each in world.directory.departments if each.id == party.who), "")
    post = world.directory.staff(party.who)
    return body or (post.name if post else party.who)


@jobs.every("whistle_list", Schedule(Windows(Period.DAY), LIST_AT, Shift.SKIP), late=Late.SKIP)
async def daily(world: World, rows: Sequence[Due], now: datetime) -> list[Say]:
    """Working days at five: what was whistled and nobody came, to the town's desk (else its leader).

    Each is spelled out once, and again on the first working day of a week; else its number stands for it.
    """
    before = _list_before(world, now)
    weekly = world.local(before).isocalendar()[:2] != world.local(now).isocalendar()[:2]
    found: dict[str, list[tuple[Party, Ticket]]] = defaultdict(list)
    for party, ticket in await teamwork.unanswered(now):
        post = _town(world, ticket)
        if post is not None and party.due_at is not None:
            found[post.contact].append((party, ticket))
    says = []
    for contact, waiting in found.items():
        new = [each for each in waiting if weekly or (each[0].due_at or now) > before]
        text = _list(world, new, waiting[: len(waiting) - len(new)], now)
        says.append(Say(world.private(contact), text, "whistle.list"))
    return says


def _list_before(world: World, now: datetime) -> datetime:
    """When the list before this one was made: five o'clock of the working day before."""
    yesterday = world.local(now).date() - timedelta(days=1)
    return world.calendar.at(world.calendar.workday_on_or_before(yesterday), LIST_AT)


def _list(
    world: World, new: Sequence[tuple[Party, Ticket]], old: Sequence[tuple[Party, Ticket]], now: datetime
) -> str:
    lines = []
    for party, ticket in new[:LISTED]:
        assert party.due_at is not None
        by, what = world.texts.moment(party.due_at, now), letters.what(world, ticket)
        name = name_of(world, party)
        lines.append(world.texts.say("whistle.line", no=ticket.no, what=what, name=name, by=by))
    if old:
        numbers = "、".join(dict.fromkeys(f"#{ticket.no}" for _, ticket in old[:LISTED]))
        lines.append(world.texts.say("whistle.listed_before", count=len(old), numbers=numbers))
    return world.texts.say("whistle.list", lines="\n".join(lines))


def _town(world: World, ticket: Ticket) -> Post | None:
    """The nearest desk above a ticket that can be reached, else the leader at the top."""
    above = list(world.directory.up(ticket.grid))
    desks = (post for node in above for post in world.directory.at(node.code, Rank.DESK))
    leaders = (post for node in reversed(above) for post in world.directory.at(node.code, Rank.LEADER))
    return next((post for post in (*desks, *leaders) if post.contact), None)
