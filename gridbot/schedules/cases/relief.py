"""A deputy's hours are over: what nobody has taken goes to the main post when he is there again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from gridbot.messages import Say
from gridbot.models.acts import Act
from gridbot.models.cases import casework, ledger, questions
from gridbot.models.cases.casework import State
from gridbot.models.cases.tickets import Ticket
from gridbot.models.duty.duties import Due
from gridbot.models.territory import onduty
from gridbot.models.territory.people import Post
from gridbot.schedules.cases import letters
from gridbot.schedules.jobs import Jobs
from gridbot.world import World

jobs = Jobs()


@jobs.on("relief")
async def relief(world: World, rows: Sequence[Due], now: datetime) -> list[Say]:
    """Pass back what still lies open with a deputy who has gone home; its times run on."""
    says: list[Say] = []
    for row in rows:
        ticket = await ledger.ticket(int(row.what.removeprefix("ticket:")))
        main = _main(world, ticket, now) if ticket is not None and ticket.state == State.OPEN else None
        if ticket is None or main is None:
            continue
        note = world.texts.say("chase.relief_note", name=main.name)
        await casework.move(ticket, "deputise", Act("bot", now), note, assignee=main.staff)
        await questions.drop(ticket.no, "card")
        if main.contact:
            await letters.ask(world, ticket, main.contact, now)
        what, words = letters.matter(world, ticket), letters.words(world, ticket)
        due = ticket.first_reply_due_at
        late = ticket.first_reply_at is None and due is not None and due <= now
        by, key = world.texts.moment(due, now) if due else "", "chase.relief_late" if late else "chase.relief"
        says += letters.to_staff(world, ticket, main, key, now, what=what, words=words, by=by)
    return says


def _main(world: World, ticket: Ticket, now: datetime) -> Post | None:
    """Whose deputy has it, where the deputy is off duty now and he himself is not."""
    directory, calendar = world.directory, world.calendar_at(ticket.grid)
    holder = directory.staff(ticket.assignee)
    main = directory.staff(holder.deputy_of) if holder is not None and holder.deputy_of else None
    if holder is None or main is None or onduty.away(directory, main.staff, now):
        return None
    there = onduty.on_duty(calendar, main, now) and not onduty.on_duty(calendar, holder, now)
    return main if there else None
