"""Seven, thirty and ninety days after an agreement somebody asks how it holds; of what lies still, too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta

from gridbot.messages import Say
from gridbot.models.acts import Act
from gridbot.models.cases import disputes, ledger
from gridbot.models.cases.disputes import GREEN, RED, YELLOW
from gridbot.models.duty.duties import Due
from gridbot.models.neighbours.trust import Dispute
from gridbot.models.territory.people import Post
from gridbot.profiles import Period
from gridbot.recurrence import Schedule, Shift, Windows
from gridbot.schedules.jobs import Jobs, Late
from gridbot.world import World

jobs = Jobs()

QUIET_FOR = {RED: timedelta(days=1), YELLOW: timedelta(days=3), GREEN: timedelta(days=7)}
"""How long nothing may be heard of an open dispute, by its colour, before somebody asks."""


@jobs.on("dispute_follow_up", waits=True)
async def follow_up(world: World, rows: Sequence[Due], now: datetime) -> list[Say]:
    """The mediator is reminded in private; the worker of the grid where there is none."""
    says: list[Say] = []
    for row in rows:
        number = int(row.what.removeprefix("dispute:"))
        found = await disputes.find(number)
        if found is None or found.state != disputes.AGREED:
            continue
        post = world.directory.staff(found.mediator) or world.directory.worker(found.node)
        if post is None or not post.contact:
            continue
        text = world.texts.say("dispute.follow_up", no=number, days=row.occurrence)
        says.append(Say(world.private(post.contact), text, "dispute.follow_up", about={"ticket": number}))
    return says


@jobs.every("disputes_still", Schedule(Windows(Period.DAY), time(9, 30), Shift.SKIP), late=Late.SKIP)
async def still(world: World, rows: Sequence[Due], now: datetime) -> list[Say]:
    """Nothing was heard of an open dispute for too long: whoever has it, and of a red one his leader."""
    await disputes.entered(Act("bot", now))
    says: list[Say] = []
    for row, since in await disputes.silent(now - min(QUIET_FOR.values())):
        if now - since < QUIET_FOR[row.risk]:
            continue
        post = await _whose(world, row)
        leader = world.directory.leader(row.node, but=post.staff if post else None)
        days = (now - since).days
        often = (days // QUIET_FOR[row.risk].days).bit_length()  # ever more seldom
        once = f"still:{row.id}:{since.isoformat()}:{often}"
        for each in (post, leader) if row.risk == RED else (post,):
            if each is None or not each.contact:
                continue
            key = "dispute.still" if each is post else "dispute.still_leader"
            text = world.texts.say(key, no=row.ticket, days=days, risk=row.risk)
            say = Say(world.private(each.contact), text, key, about={"ticket": row.ticket or 0})
            says.append(replace(say, once=f"{once}:{each.staff}"))
    return says


async def _whose(world: World, row: Dispute) -> Post | None:
    """Who mediates, else who has the matter now, else the worker of the grid."""
    ticket = await ledger.ticket(row.ticket) if row.ticket is not None else None
    holder = ticket.assignee if ticket is not None else None
    for staff in (row.mediator, holder):
        if staff and (post := world.directory.staff(staff)) is not None:
            return post
    return world.directory.worker(row.node)
