"""A list of days of rest was imported: deadlines that were reckoned without it are reckoned anew."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime

from gridbot.messages import Say
from gridbot.models import board
from gridbot.models.acts import Act
from gridbot.models.board import Plan
from gridbot.models.cases import casework, deadlines, workload
from gridbot.models.cases.tickets import Ticket
from gridbot.models.duty.duties import Due
from gridbot.schedules.cases import letters
from gridbot.schedules.jobs import Jobs
from gridbot.workdays import WorkCalendar
from gridbot.world import World

jobs = Jobs()

SOME = 200  # tickets a step; others get their turn in between


async def plant(world: World, now: datetime) -> None:
    """Once for every calendar there has been; safe to call at every change of the org."""
    known = hashlib.sha256(world.calendar.fingerprint.encode()).hexdigest()[:32]
    await board.put(Plan("recount", "all", now, known))


@jobs.on("recount", waits=True)
async def recount(world: World, rows: Sequence[Due], now: datetime) -> list[Say]:
    """Live tickets whose deadline is what the calendar said before get the one it says now."""
    before = [world.calendar.without(year) for year in (None, *world.calendar.own_years)]
    says: list[Say] = []
    done = max(int(str(row.data.get("after", 0))) for row in rows)
    tickets = await workload.live_until_later(now, done, SOME)
    if len(tickets) == SOME:
        last = tickets[-1].no
        occurrence = f"{rows[0].occurrence.partition('@')[0]}@{last}"
        await board.put(Plan("recount", "all", now, occurrence, {"after": last}))
    for ticket in tickets:
        due = _due(world, ticket, world.calendar)
        was = {_due(world, ticket, calendar).deadline for calendar in before}
        if ticket.due_at in was and ticket.due_at != due.deadline and due.deadline > now:
            says += await _moved(world, ticket, due, now)
    return says


def _due(world: World, ticket: Ticket, calendar: WorkCalendar) -> deadlines.Due:
    profile = world.directory.profile(ticket.grid)
    level = profile.service_level(ticket.category, ticket.sub, ticket.urgency)
    at = ticket.opened_at
    waits = ticket.urgency not in ("emergency", "high") and world.quiet(at)
    awake = world.quiet_ends(at) if waits else at
    return deadlines.of(level, calendar.with_hours(profile.office_hours), at, awake)


async def _moved(world: World, ticket: Ticket, due: deadlines.Due, now: datetime) -> list[Say]:
    reply = ticket.first_reply_due_at
    if ticket.first_reply_at is None and due.first_reply > now:
        reply = due.first_reply
        await board.again(Plan("first_reply", f"ticket:{ticket.no}", reply))
    await casework.move(ticket, "recount", Act("bot", now), due_at=due.deadline, first_reply_due_at=reply)
    what, when = f"ticket:{ticket.no}", f"{due.deadline:%Y%m%dT%H%M}"
    await board.cancel(what, "deadline", "deadline_warning")
    await board.again(
        Plan("deadline", what, due.deadline, when),
        Plan("deadline_warning", what, max(now, due.deadline - letters.WARN_BEFORE), when),
    )
    holder, by = world.directory.staff(ticket.assignee), world.texts.moment(due.deadline, now)
    name = letters.what(world, ticket)
    says = letters.to_staff(world, ticket, holder, "route.recounted", now, what=name, by=by)
    if ticket.first_reply_at is None:
        return says  # nobody has told the resident a day yet
    key, once = "route.recounted_resident", f"recounted:{ticket.no}:{when}"
    return [*says, *letters.to_reporter(world, ticket, key, once=once, by=by)]
