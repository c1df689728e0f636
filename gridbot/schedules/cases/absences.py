"""Somebody's leave begins: what he has on his hands goes to whoever stands in, in one message."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from gridbot.messages import Say
from gridbot.models.acts import Act
from gridbot.models.cases import casework
from gridbot.models.cases.casework import State
from gridbot.models.cases.parties import Absence
from gridbot.models.cases.tickets import Ticket
from gridbot.models.duty.duties import Due
from gridbot.models.territory import absences, onduty
from gridbot.schedules.cases import letters
from gridbot.schedules.jobs import Jobs
from gridbot.world import World

jobs = Jobs()


@jobs.on("away")
async def away(world: World, rows: Sequence[Due], now: datetime) -> list[Say]:
    """Matters nobody has taken, and those due before he is back, are the stand-in's from now on."""
    says: list[Say] = []
    for row in rows:
        absence = await absences.absence(int(row.what.removeprefix("absence:")))
        if absence is not None and absence.ends_at > now:
            says += await _moved(world, absence, now)
    return says


async def _moved(world: World, absence: Absence, now: datetime) -> list[Say]:
    post = world.directory.staff(absence.staff)
    other = onduty.stand_in(world.directory, post, now) if post else None
    if post is None or other is None or other.staff == post.staff:
        return []
    found = await absences.left_behind(absence.staff, absence.ends_at)
    note = world.texts.say("route.leave", name=post.name, other=other.name)
    for ticket in found:
        await _move(world, ticket, other.staff, note, now)
        if other.contact:
            await letters.ask(world, ticket, other.contact, now)
    if not found or not other.contact:
        return []
    lines = "\n".join(_line(world, ticket, now) for ticket in found)
    text = world.texts.say("absence.moved", name=post.name, count=len(found), lines=lines)
    morning = world.quiet_ends(now) if world.quiet(now) else None
    return [Say(world.private(other.contact), text, "absence.moved", not_before=morning)]


async def _move(world: World, ticket: Ticket, staff: str, note: str, now: datetime) -> None:
    """Taken matters stay taken: only who has them changes."""
    if ticket.state == State.OPEN:
        await casework.move(ticket, "reassign", Act("bot", now), note, assignee=staff)
        return
    await casework.move(ticket, "deputise", Act("bot", now), note, assignee=staff)


def _line(world: World, ticket: Ticket, now: datetime) -> str:
    by = world.texts.moment(ticket.due_at, now) if ticket.due_at else ""
    return f"· #{ticket.no} {letters.what(world, ticket)} {ticket.place} {by}".rstrip()
