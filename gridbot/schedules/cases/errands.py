"""Errands by the clock: the batch of four o'clock, papers due back or late; opinions waited for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from gridbot.messages import Say
from gridbot.models.acts import Act
from gridbot.models.cases import casework, errands, ledger, opinions
from gridbot.models.cases.casework import LIVE
from gridbot.models.cases.errands import Stage
from gridbot.models.cases.tickets import Ticket
from gridbot.models.duty.duties import Due
from gridbot.models.territory import facilities
from gridbot.models.territory.people import Post
from gridbot.profiles import Rank
from gridbot.schedules.cases import letters
from gridbot.schedules.jobs import Jobs
from gridbot.world import World

jobs = Jobs()

RUNNER = "代办"


@jobs.on("errand_batch")
async def batch(world: World, rows: Sequence[Due], now: datetime) -> list[Say]:
    """Close the batch of a desk: what was taken in goes together, listed for whoever takes it there."""
    says: list[Say] = []
    for row in rows:
        code = row.what.removeprefix("node:")
        if code not in world.directory.nodes:
            continue
        found = await _own(world, code)
        runner = _runner(world, code)
        if not found:
            continue
        day = world.local(now).date()
        await errands.close_batch(code, day, runner.staff if runner else "", found, now)
        for ticket in found:
            await casework.move(ticket, "gather", Act("bot", now), day.isoformat(), stage=Stage.GATHERED)
        if runner is not None:
            says.append(await _list(world, code, found, runner, now))
    return says


async def _own(world: World, code: str) -> list[Ticket]:
    """What the desk of this very node took in; the desk below has a batch of its own."""
    found = []
    for ticket in await errands.taken_in(world.directory.under(code)):
        line = await ledger.last_line(ticket.no, "take_in")
        if line is None or errands.desk_node(world.directory.posts_of(line.by)) in ("", code):
            found.append(ticket)
    return found


def _runner(world: World, code: str) -> Post | None:
    """Who goes and can be reached: the desk's runner, the desk, a runner above, else the leader."""
    directory = world.directory
    desks = [post for post in directory.at(code, Rank.DESK) if post.contact]
    named = [post for post in desks if RUNNER in post.role]
    above = (post for node in directory.up(code) for post in directory.at(node.code, Rank.DESK))
    runner = next((post for post in above if post.contact and RUNNER in post.role), None)
    leader = directory.leader(code)
    usual = runner or (leader if leader is not None and leader.contact else None)
    return next(iter(named or desks), usual)


async def _list(world: World, code: str, found: Sequence[Ticket], runner: Post, now: datetime) -> Say:
    say, local = world.texts.say, world.local(now)
    lines = []
    for n, ticket in enumerate(found, 1):
        item = world.services.item(ticket.summary, ticket.category, ticket.sub)
        level = say(f"errand.at_{item.at.name.lower()}") if item else say("errand.at_village")
        who = await _applicant(world, ticket)
        what = letters.what(world, ticket)
        above = [node.code for node in world.directory.up(ticket.grid)]
        found_at = await facilities.doing(above, item.category, item.where) if item else None
        centre = say("errand.to_centre", name=found_at.name) if found_at else ""
        lines.append(
            say("errand.batch_line", n=n, no=ticket.no, what=what, who=who, level=level, centre=centre)
        )
    text = say(
        "errand.batch",
        day=say("errand.day", month=local.month, day=local.day),
        node=world.directory.nodes[code].name,
        count=len(found),
        lines="\n".join(lines),
    )
    return Say(world.private(runner.contact), text, "errand.batch", once=f"batch:{code}:{local.date()}")


async def _applicant(world: World, ticket: Ticket) -> str:
    if not ticket.reporter:
        return ticket.place or world.texts.say("card.nobody")
    person = await world.directory.person(ticket.transport, ticket.reporter)
    return " ".join(part for part in (ticket.place, person.name or ticket.reporter) if part)


@jobs.on("errand_waits", waits=True)
async def desk_waits(world: World, rows: Sequence[Due], now: datetime) -> list[Say]:
    """A desk has not taken in what was collected: it is reminded, and its leader told, once."""
    says: list[Say] = []
    for row in rows:
        ticket = await ledger.ticket(int(row.what.removeprefix("ticket:")))
        desk = world.directory.staff(str(row.data.get("desk") or ""))
        if ticket is None or ticket.stage != Stage.COLLECTING or ticket.state not in LIVE or desk is None:
            continue
        what, leader = letters.what(world, ticket), world.directory.leader(desk.node, but=desk.staff)
        for post in (desk, leader):
            says += letters.to_staff(world, ticket, post, "errand.desk_again", now, what=what, name=desk.name)
    return says


@jobs.on("errand_return", waits=True)
async def return_today(world: World, rows: Sequence[Due], now: datetime) -> list[Say]:
    """Papers have to be back with the resident today."""
    says: list[Say] = []
    for row in rows:
        ticket = await _owed(row)
        if ticket is not None:
            worker = world.directory.worker(ticket.grid)
            what = letters.what(world, ticket)
            says += letters.to_staff(world, ticket, worker, "errand.return_today", now, what=what)
    return says


@jobs.on("errand_late", waits=True)
async def return_late(world: World, rows: Sequence[Due], now: datetime) -> list[Say]:
    """Papers were not handed back in time: the worker and his leader hear it, once."""
    says: list[Say] = []
    for row in rows:
        ticket = await _owed(row)
        if ticket is None or ticket.return_due_at is None:
            continue
        worker = world.directory.worker(ticket.grid)
        leader = world.directory.leader(ticket.grid, but=worker.staff if worker else None)
        by = world.texts.moment(ticket.return_due_at, now)
        for post in (worker, leader):
            what = letters.what(world, ticket)
            says += letters.to_staff(world, ticket, post, "errand.return_late", now, what=what, by=by)
    return says


@jobs.on("opinion", waits=True)
async def opinion_waits(world: World, rows: Sequence[Due], now: datetime) -> list[Say]:
    """A signed opinion was asked for two working days ago: the worker is reminded, once."""
    says: list[Say] = []
    for row in rows:
        asked = await opinions.get(int(row.what.removeprefix("opinion:")))
        worker = (
            world.directory.staff(asked.worker) if asked is not None and asked.signed_at is None else None
        )
        if asked is None or worker is None or not worker.contact:
            continue
        text = world.texts.say("opinion.again", number=asked.id, matter=asked.matter)
        wait = world.quiet_ends(now) if world.quiet(now) else None
        says.append(Say(world.private(worker.contact), text, "opinion.again", not_before=wait))
    return says


async def _owed(row: Due) -> Ticket | None:
    """The ticket of a duty whose papers are still not back."""
    ticket = await ledger.ticket(int(row.what.removeprefix("ticket:")))
    if ticket is None or ticket.stage != Stage.DONE or ticket.state in LIVE:  # it is being done again
        return None
    return ticket
