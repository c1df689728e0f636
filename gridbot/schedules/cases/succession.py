"""The org has changed: what somebody had by his office goes to whoever holds it now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from gridbot.messages import Say
from gridbot.models.acts import Act
from gridbot.models.cases import casework, ledger, workload
from gridbot.models.cases.tickets import Ticket
from gridbot.models.duty.duties import Due
from gridbot.models.territory.directory import Directory
from gridbot.models.territory.people import Post
from gridbot.schedules.cases import letters
from gridbot.schedules.jobs import Jobs
from gridbot.world import World

jobs = Jobs()

PASSED_ON = ("reassign", "handover", "succeed")  # given to him by name, wherever his posts are


@jobs.on("succession")
async def succession(world: World, rows: Sequence[Due], now: datetime) -> list[Say]:
    """Open tickets of people who no longer answer for their place get a new holder, with a word to him."""
    says: list[Say] = []
    for ticket in await workload.orphans(world.directory):
        posts = world.directory.posts_of(ticket.assignee or "")
        if posts and [line for what in PASSED_ON if (line := await ledger.last_line(ticket.no, what))]:
            continue
        heir = _heir(world.directory, ticket)
        if heir is None or heir.staff == ticket.assignee or _stands_in(world.directory, ticket, heir):
            continue
        note = world.texts.say("chase.succession", name=heir.name)
        await casework.move(ticket, "deputise", Act("bot", now), note, assignee=heir.staff)
        if heir.contact:
            await letters.ask(world, ticket, heir.contact, now)
        what, words = letters.matter(world, ticket), letters.words(world, ticket)
        says += letters.to_staff(world, ticket, heir, "chase.inherited", now, what=what, words=words)
    return says


def _stands_in(directory: Directory, ticket: Ticket, heir: Post) -> bool:
    """Whether the holder only has it while the other is away."""
    return any(away.stand_in == ticket.assignee for away in directory.away(heir.staff))


def _heir(directory: Directory, ticket: Ticket) -> Post | None:
    """Whoever leads the level that has it, else whoever works the grid."""
    return directory.leader(ticket.node) if ticket.node != ticket.grid else directory.worker(ticket.grid)
