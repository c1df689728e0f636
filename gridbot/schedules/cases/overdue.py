"""Past the deadline: holder, deputy and leader hear it, then the next level has it; promises not kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from gridbot.messages import Say
from gridbot.models import board
from gridbot.models.acts import Act
from gridbot.models.board import Plan
from gridbot.models.cases import casework, ledger, teamwork
from gridbot.models.cases.casework import LIVE, State
from gridbot.models.cases.tickets import Ticket
from gridbot.models.duty.duties import Due
from gridbot.models.territory.people import Post
from gridbot.schedules.cases import letters
from gridbot.schedules.jobs import Jobs
from gridbot.schedules.tempering import tempered
from gridbot.world import World

jobs = Jobs()

EMERGENCY_UP = timedelta(minutes=30)  # an emergency past its deadline waits for no office hours

KEPT = frozenset({"arrive", "check_in", "part", "watch"})  # that somebody was there


async def _late(row: Due, now: datetime) -> Ticket | None:
    """The ticket of a row, where it is still past its deadline."""
    ticket = await ledger.ticket(int(row.what.removeprefix("ticket:")))
    if ticket is None or ticket.state not in LIVE or ticket.due_at is None or ticket.due_at > now:
        return None
    return ticket


@jobs.on("deadline", waits=True)
async def deadline(world: World, rows: Sequence[Due], now: datetime) -> list[Say]:
    """The deadline has passed: whoever has the ticket, his deputy and his leader hear it, once."""
    says: list[Say] = []
    for row in rows:
        ticket = await _late(row, now)
        if ticket is None:
            continue
        await casework.move(ticket, "overdue", Act("bot", now))
        directory, what = world.directory, letters.matter(world, ticket)
        holder = directory.staff(ticket.assignee)
        deputy = directory.deputy(ticket.assignee) if ticket.assignee else None
        leader = directory.leader(ticket.node, but=ticket.assignee)
        name = holder.name if holder else ""
        says += letters.to_staff(world, ticket, holder, "chase.overdue", now, what=what)
        says += letters.to_staff(world, ticket, deputy, "route.overdue_deputy", now, what=what, name=name)
        says += letters.to_staff(world, ticket, leader, "chase.overdue_leader", now, what=what, name=name)
        await _plan_up(world, ticket, ticket.due_at or now, 1)
    return says


async def _plan_up(world: World, ticket: Ticket, since: datetime, times: int) -> None:
    span = world.directory.profile(ticket.grid).routing.escalate_after
    at = world.calendar_at(ticket.grid).add(since, span.amount, span.unit)
    if ticket.urgency == "emergency":
        at = since + EMERGENCY_UP
    await board.again(Plan("deadline_up", f"ticket:{ticket.no}", at, f"{times}", {"times": times}))


@jobs.on("deadline_up", tempers=True)
async def up(world: World, rows: Sequence[Due], now: datetime) -> list[Say]:
    """Still not done: the next level has it; the level below goes on answering to the resident."""
    says: list[Say] = []
    told: list[Say] = []
    for row in rows:
        ticket = await _late(row, now)
        if ticket is None or ticket.state == State.WAITING:
            continue
        holder, following = world.directory.staff(ticket.assignee), _next(world, ticket)
        if following is None:
            continue
        says += await _handed_up(world, ticket, following, now)
        told += _told(world, ticket, holder, following[2], now)
        await _plan_up(world, ticket, now, int(str(row.data.get("times", 1))) + 1)
    return [*says, *await tempered(world, told, now)]


def _told(world: World, ticket: Ticket, holder: Post | None, above: Post, now: datetime) -> list[Say]:
    """Whoever had it reads where it went; that can wait."""
    what = letters.matter(world, ticket)
    key = "route.auto_up_told" if ticket.reporter and not ticket.own else "route.auto_up_told_own"
    return letters.to_staff(world, ticket, holder, key, now, what=what, name=above.name)


def _next(world: World, ticket: Ticket) -> tuple[int, str, Post] | None:
    """Step, node and leader above; None at the top."""
    directory = world.directory
    holder = directory.staff(ticket.assignee)
    above = holder is not None and _leads(holder) and directory.inside(ticket.node, holder.node)
    node = next(iter(directory.up(holder.node if above and holder else ticket.node)), None)
    while node is not None and node.parent:
        leader = next((post for post in directory.at(node.parent) if _leads(post)), None)
        if leader is not None and leader.staff != ticket.assignee:
            return ticket.step, node.parent, leader
        node = directory.nodes.get(node.parent)
    return None


def _leads(post: Post) -> bool:
    return post.rank.value == "leader"


async def _handed_up(world: World, ticket: Ticket, to: tuple[int, str, Post], now: datetime) -> list[Say]:
    step, node, leader = to
    holder, what, act = world.directory.staff(ticket.assignee), letters.matter(world, ticket), Act("bot", now)
    words = letters.words(world, ticket)
    before = ticket.assignee
    note = world.texts.say("route.auto_up")
    await casework.move(ticket, "escalate", act, note, assignee=leader.staff, node=node, step=step)
    if before:
        await teamwork.call(act, ticket, before, teamwork.BELOW, department=False)
    if leader.contact:
        await letters.ask(world, ticket, leader.contact, now)
    name = holder.name if holder else ""
    level = world.directory.nodes[node].name
    return [
        *letters.to_staff(
            world, ticket, leader, "route.auto_up_card", now, what=what, name=name, words=words
        ),
        *letters.to_reporter(
            world, ticket, "work.escalated_resident", once=f"up:{ticket.no}:{node}", level=level
        ),
    ]


@jobs.on("promise_kept")
async def promise_kept(world: World, rows: Sequence[Due], now: datetime) -> list[Say]:
    """Nobody has gone there or done it though the promised moment is over: the leader hears it."""
    says: list[Say] = []
    for row in rows:
        ticket = await ledger.ticket(int(row.what.removeprefix("ticket:")))
        if ticket is None or ticket.state not in LIVE or ticket.promised_at is None:
            continue
        line = await ledger.last_line(ticket.no, "promise")
        done = [each for each in await ledger.history(ticket.no) if each.what in KEPT]
        over = (ticket.promised_until or ticket.promised_at) <= now
        if line is None or any(each.id > line.id for each in done) or not over:
            continue
        await casework.move(ticket, "late", Act("bot", now), world.texts.say("route.promise_broken"))
        holder, what = world.directory.staff(ticket.assignee), letters.what(world, ticket)
        leader = world.directory.leader(ticket.node, but=ticket.assignee)
        by, name = world.texts.moment(ticket.promised_at, now), holder.name if holder else ""
        params = {"what": what, "by": by, "name": name}
        says += letters.to_staff(world, ticket, leader, "route.promise_late", now, **params)
    return says


@jobs.on("arrive")
async def not_there(world: World, rows: Sequence[Due], now: datetime) -> list[Say]:
    """Whoever had to be on the spot has not said 到场: he is reminded, his leader told."""
    says: list[Say] = []
    for row in rows:
        ticket = await ledger.ticket(int(row.what.removeprefix("ticket:")))
        if ticket is None or ticket.state not in LIVE or ticket.arrived_at or not ticket.arrive_due_at:
            continue
        await casework.move(ticket, "late", Act("bot", now))
        holder, what = world.directory.staff(ticket.assignee), letters.what(world, ticket)
        leader = world.directory.leader(ticket.node, but=ticket.assignee)
        by, name = world.texts.moment(ticket.arrive_due_at, now), holder.name if holder else ""
        says += letters.to_staff(world, ticket, holder, "route.arrive_late", now, what=what, by=by)
        says += letters.to_staff(world, ticket, leader, "route.arrive_late_leader", now, what=what, name=name)
    return says
