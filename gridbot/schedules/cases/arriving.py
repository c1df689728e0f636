"""五必到: nobody came in time, so the next one up hears of it, and the one above him half an hour later."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from gridbot.messages import Say
from gridbot.models import board
from gridbot.models.board import Plan
from gridbot.models.cases import ledger
from gridbot.models.cases.casework import State
from gridbot.models.duty import arriving, visits
from gridbot.models.duty.duties import Due, Visit
from gridbot.schedules.jobs import Jobs
from gridbot.world import World

jobs = Jobs()

NEXT_AFTER = timedelta(minutes=30)
STEPS = 2  # 片长, then 社区


@jobs.on("must_arrive")
async def must_arrive(world: World, rows: Sequence[Due], now: datetime) -> list[Say]:
    """Nobody is there: the worker and the next leader hear of it, then the one above him."""
    says: list[Say] = []
    for row in rows:
        visit = await arriving.visit(int(row.what.removeprefix("visit:")))
        if visit is None or await _on_the_spot(visit, now) or not await arriving.missed(visit, now):
            continue
        step = int(row.occurrence)
        holder = await _holder(visit)
        leaders = _leaders(world, visit.grid, holder)
        told = leaders[step - 1 : step]
        worker = world.directory.staff(holder)
        doors = await visits.doors([visit.household])
        by = world.texts.moment(visit.arrive_by or now, now)
        about = {"why": visit.why, "door": doors.get(visit.household) or await _place(visit), "by": by}
        text = world.texts.say(
            "must.missed", name=worker.name if worker is not None else "", **about,
            state=world.texts.say("must.coming_yet" if visit.coming_at else "must.nobody_yet"),
        )  # fmt: skip
        if step == 1 and worker is not None and worker.contact:
            own = world.texts.say("must.missed_yours", **about)
            says.append(Say(world.private(worker.contact), own, "must.missed", urgent=True))
        says += [Say(world.private(to), text, "must.missed", urgent=True) for to in dict.fromkeys(told) if to]
        if step < STEPS and len(leaders) > step:
            await board.put(Plan("must_arrive", row.what, now + NEXT_AFTER, str(step + 1)))
    return says


async def _holder(visit: Visit) -> str:
    """Whose it is now: whoever has the ticket, which may have gone to a deputy meanwhile."""
    ticket = await ledger.ticket(visit.ticket) if visit.ticket is not None else None
    return (ticket.assignee if ticket is not None else None) or visit.worker


async def _place(visit: Visit) -> str:
    """Where it is, of what happens at nobody's door."""
    ticket = await ledger.ticket(visit.ticket) if visit.ticket is not None else None
    return ticket.place or "" if ticket is not None else ""


async def _on_the_spot(visit: Visit, now: datetime) -> bool:
    """Whether the ticket of a must-visit tells that somebody came, or that nobody need come any more."""
    ticket = await ledger.ticket(visit.ticket) if visit.ticket is not None else None
    if ticket is not None and ticket.arrive_due_at is not None and ticket.arrived_at is None:
        return True  # its route has sent somebody, and chases him by itself
    if ticket is None or ticket.state in (State.OPEN, State.ACCEPTED, State.WAITING):
        return False
    if ticket.state in (State.WORKING, State.RESOLVED, State.CLOSED):
        await arriving.came(visit, ticket.resolved_at or now, done=ticket.state != State.WORKING)
    return True


def _leaders(world: World, grid: str, but: str) -> list[str]:
    """Who leads, level by level upwards, each once."""
    found = []
    for node in world.directory.up(grid):
        leader = world.directory.leader(node.code, but=but)
        if leader is not None and leader.contact and leader.contact not in found:
            found.append(leader.contact)
    return found
