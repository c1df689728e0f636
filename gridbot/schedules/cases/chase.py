"""Tickets and candidates past their time: worker, deputy and leader hear it in turn."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from gridbot.clock import Breath
from gridbot.messages import Say
from gridbot.models import board
from gridbot.models.acts import Act
from gridbot.models.board import Plan
from gridbot.models.cases import casework, ledger, unjudged
from gridbot.models.cases.casework import LIVE, State
from gridbot.models.cases.tickets import Ticket
from gridbot.models.duty.duties import Due
from gridbot.models.territory import onduty
from gridbot.models.territory.people import Post
from gridbot.profiles import Span
from gridbot.schedules.cases import letters
from gridbot.schedules.jobs import Jobs
from gridbot.world import World

jobs = Jobs()

STEPS = ("worker", "deputy", "leader", "above")


@jobs.on("first_reply")
async def first_reply(world: World, rows: Sequence[Due], now: datetime) -> list[Say]:
    """A first reply is overdue: remind at once, then the deputy, then the leader, as the profile says.

    With `again` in its data the row is about a ticket handed on that nobody has taken.
    """
    says: list[Say] = []
    for row in rows:
        ticket = await ledger.ticket(int(row.what.removeprefix("ticket:")))
        if ticket is None or ticket.state != State.OPEN:
            continue
        if ticket.first_reply_at is not None and not row.data.get("again"):
            continue
        if "held_for" in row.data:
            if row.data["held_for"] == ticket.assignee:
                says += await _step(world, ticket, str(row.data.get("held", STEPS[0])), now)
            continue
        step = int(str(row.data.get("step", 0)))
        called = step == 0 and _called_there(ticket)  # he is reminded of that, in the same minute
        if not called and not await _held(world, ticket, row, step, now):
            says += await _step(world, ticket, STEPS[step], now)
        await _next_step(world, ticket, row, step, now)
    return says


def _called_there(ticket: Ticket) -> bool:
    """Whether whoever was given it has to be on the spot and is not yet."""
    again = ticket.first_reply_at is not None
    return again and ticket.arrive_due_at is not None and ticket.arrived_at is None


async def _held(world: World, ticket: Ticket, row: Due, step: int, now: datetime) -> bool:
    """Who is at his other job is reminded after it, a deputy called in his hours, if nobody has answered."""
    holder = world.directory.staff(ticket.assignee)
    if holder is None or ticket.urgency == "emergency":
        return False
    at = _reached_at(world, holder, step, now)
    if at > now:
        data = {**row.data, "held_for": holder.staff, "held": STEPS[step]}
        await board.again(Plan("first_reply", row.what, at, f"{row.occurrence}job", data))
    return at > now


def _reached_at(world: World, holder: Post, step: int, now: datetime) -> datetime:
    """From when on whom a step is about may be bothered: a worker, or his deputy; the leader at once."""
    name = STEPS[step]
    if name == "worker" and onduty.away(world.directory, holder.staff, now):
        name = "deputy"
    if name == "worker":
        return onduty.reminded_at(world.calendar, holder, now)
    deputy = world.directory.deputy(holder.staff) if name == "deputy" else None
    if deputy is None or onduty.away(world.directory, deputy.staff, now):
        return now
    return onduty.next_on_duty(world.calendar, deputy, now)


async def _next_step(world: World, ticket: Ticket, row: Due, step: int, now: datetime) -> None:
    """Plan the next step; spans are counted from the moment the reply was due."""
    since = datetime.fromisoformat(str(row.data["since"])) if "since" in row.data else now
    at = _step_at(world, ticket, step + 1, since)
    if at is None:
        return
    data = {**row.data, "step": step + 1, "since": since.isoformat()}
    occurrence = f"{row.occurrence.rstrip('+')}{'+' * (step + 1)}"
    await board.again(Plan("first_reply", row.what, max(at, now), occurrence, data))


def _step_at(world: World, ticket: Ticket, step: int, since: datetime) -> datetime | None:
    """When a step comes; an emergency goes up its ladder by the clock and waits for no office hours."""
    profile = world.directory.profile(ticket.grid)
    ladder = profile.routing.ladder
    if ticket.urgency == "emergency":
        if step >= min(len(ladder), len(STEPS)):
            return None
        return since + _length(ladder[step]) - _length(ladder[0])
    spans = (profile.chase.deputy_after, profile.chase.leader_after)
    if step > len(spans):
        return None
    return world.calendar_at(ticket.grid).add(since, spans[step - 1].amount, spans[step - 1].unit)


async def _step(world: World, ticket: Ticket, step: str, now: datetime) -> list[Say]:
    directory = world.directory
    holder = directory.staff(ticket.assignee)
    name = holder.name if holder else ""
    what = letters.matter(world, ticket)
    if step == "worker" and holder is not None and onduty.away(directory, holder.staff, now):
        step = "deputy"
    if step == "worker":
        await casework.move(ticket, "nudge", Act("bot", now))
        key = _key(ticket, "worker")
        return letters.to_staff(world, ticket, holder, key, now, what=what, name=name)
    if step == "deputy":
        deputy = directory.deputy(ticket.assignee) if ticket.assignee else None
        if holder is not None and onduty.away(directory, (deputy or holder).staff, now):
            deputy = onduty.stand_in(directory, deputy or holder, now)
        if deputy is None or not deputy.contact or deputy.staff == ticket.assignee:
            return []
        await casework.move(ticket, "deputise", Act("bot", now), assignee=deputy.staff)
        await letters.ask(world, ticket, deputy.contact, now)
        key, words = _key(ticket, "deputy"), letters.words(world, ticket)
        return [
            *letters.to_staff(world, ticket, deputy, key, now, what=what, name=name, words=words),
            *_relieved(world, ticket, holder, deputy, now),
        ]
    leader = directory.leader(ticket.node or ticket.grid, but=ticket.assignee)
    await casework.move(ticket, "tell_leader", Act("bot", now), step)
    key = _key(ticket, "leader")
    if step == "above":
        leader = directory.leader(_above(world, ticket, leader), but=leader.staff if leader else None)
        return letters.to_staff(world, ticket, leader, key, now, what=what, name=name)
    return [
        *letters.to_staff(world, ticket, leader, key, now, what=what, name=name),
        *letters.to_reporter(world, ticket, "chase.resident", once=f"chased:{ticket.no}"),
    ]


def _relieved(world: World, ticket: Ticket, holder: Post | None, deputy: Post, now: datetime) -> list[Say]:
    """Whoever had it reads that it is his deputy's now; not while he is away."""
    if holder is None or onduty.away(world.directory, holder.staff, now):
        return []
    what = letters.matter(world, ticket)
    return letters.to_staff(world, ticket, holder, "chase.relieved", now, what=what, name=deputy.name)


def _key(ticket: Ticket, who: str) -> str:
    """The sentence for who is chased, or the one for a ticket whose resident was answered before."""
    return f"chase.{who}" if ticket.first_reply_at is None else f"chase.{who}_again"


def _length(span: Span) -> timedelta:
    """A span by the clock: minutes, hours or days."""
    return timedelta(**{f"{span.unit.lower()}s": span.amount})


def _above(world: World, ticket: Ticket, leader: Post | None) -> str:
    """The node above the one that the leader answers for."""
    node = world.directory.nodes.get(leader.node if leader else ticket.grid)
    return (node.parent or node.code) if node is not None else ticket.grid


@jobs.on("candidate")
async def candidate_waits(world: World, rows: Sequence[Due], now: datetime) -> list[Say]:
    """Nobody has said whether it is a report: the leader is asked too."""
    says: list[Say] = []
    for row in rows:
        candidate = await ledger.candidate(int(row.what.removeprefix("candidate:")))
        if candidate is None or candidate.answer:
            continue
        leader = world.directory.leader(candidate.grid, but=candidate.asked)
        if leader is None or not leader.contact:
            continue
        says.append(await letters.candidate_for(world, candidate, leader, now))
    return says


@jobs.on("late_listing")
async def late_listing(world: World, rows: Sequence[Due], now: datetime) -> list[Say]:
    """After an outage: everything that may be a report, to its worker, in one message."""
    says: list[Say] = []
    for row in rows:
        staff = row.what.removeprefix("staff:")
        waiting = await unjudged.waiting(staff)
        late = [each for each in waiting if each.reading.get("late") and not each.reading.get("listed")]
        if not late:
            continue
        for each in late:
            each.reading = {**each.reading, "listed": True}
            await each.save(update_fields=["reading"])
        says += await letters.late_list(world, staff, late, now)
    return says


@jobs.on("deadline_warning", waits=True)
async def deadline_warning(world: World, rows: Sequence[Due], now: datetime) -> list[Say]:
    """The deadline is near: a word to whoever has the ticket."""
    says: list[Say] = []
    tickets, breath = await ledger.held(row.what for row in rows), Breath()
    for row in rows:
        await breath.take()
        ticket = tickets.get(row.what)
        if ticket is None or ticket.state not in LIVE or ticket.due_at is None or ticket.due_at < now:
            continue
        if world.quiet(now, ticket.grid) and ticket.due_at <= world.quiet_ends(now, ticket.grid):
            continue  # nobody reads it in time; the chase at the end of the night tells more
        holder = world.directory.staff(ticket.assignee)
        by = world.texts.moment(ticket.due_at, now)
        whole = await ledger.ticket(ticket.no) if ticket.urgency == "emergency" else None
        what = letters.what(world, whole or ticket)
        says += letters.to_staff(world, ticket, holder, "chase.due_soon", now, what=what, by=by)
    return says
