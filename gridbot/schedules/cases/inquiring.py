"""核实 that nobody has answered: the next one up is asked, and the asker hears that it is still open."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from gridbot.messages import Address, Button, Say
from gridbot.models.cases import questions
from gridbot.models.duty.duties import Due
from gridbot.models.neighbours import inquiries
from gridbot.models.neighbours.trust import Inquiry
from gridbot.models.territory.people import Post
from gridbot.profiles import Rank
from gridbot.schedules.jobs import Jobs
from gridbot.world import World

jobs = Jobs()

ASKED_LIVES = timedelta(hours=12)


@jobs.on("really_waits")
async def really_waits(world: World, rows: Sequence[Due], now: datetime) -> list[Say]:
    """A quarter of an hour without an answer: another leader is asked; the asker should not pay meanwhile."""
    says: list[Say] = []
    for row in rows:
        found = await inquiries.get(int(row.what.removeprefix("inquiry:")))
        if found is None or found.closed_at is not None:
            continue
        asker = Address(found.transport, found.account, None, found.contact)
        asked = await _ask_above(world, found, now)
        say, phone = world.texts.say, world.office.phone
        next_one = say("guard.asked_above" if asked else "guard.nobody_else")
        call = say("guard.call", phone=phone) if phone else ""
        text = say("guard.still_open", next=next_one, call=call)
        says += [Say(asker, text, "guard.still_open"), *asked]
    return says


async def _ask_above(world: World, row: Inquiry, now: datetime) -> list[Say]:
    post = _next(world, row)
    if post is None:
        return []
    to = world.private(post.contact)
    await questions.ask(post.contact, to.lane, "really", now, ASKED_LIVES, subject=row.id)
    text = world.texts.say("guard.ask", number=row.id, text=row.text)
    buttons = (Button("1 是", "1"), Button("2 不是", "2"))
    return [Say(to, text, "guard.ask", buttons=buttons, urgent=True)]


def _next(world: World, row: Inquiry) -> Post | None:
    """The next leader up who has an account and was not asked before."""
    for above in world.directory.up(row.node):
        for post in world.directory.at(above.code, Rank.LEADER):
            if post.contact and post.staff != row.staff and post.contact != row.contact:
                return post
    return None
