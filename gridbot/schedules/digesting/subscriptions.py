"""Personal digests: what somebody subscribed to, at the time he chose; nothing new is not told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from gridbot.messages import Address, Say
from gridbot.models import board
from gridbot.models.board import Plan
from gridbot.models.cases.casework import STATE_ZH, State
from gridbot.models.cases.serving import Subscription
from gridbot.models.cases.tickets import Ticket
from gridbot.models.duty import following
from gridbot.models.duty.duties import DigestRow, Due
from gridbot.schedules.cases import letters
from gridbot.schedules.jobs import Jobs, Late
from gridbot.world import World

jobs = Jobs()

SHOWN = 8


@jobs.on("subscription", late=Late.FOLD)
async def subscription(world: World, rows: Sequence[Due], now: datetime) -> list[Say]:
    """Tell what happened since the last time, and plan the next."""
    says: list[Say] = []
    for what in dict.fromkeys(row.what for row in rows):
        row = await following.subscription(int(what.removeprefix("sub:")))
        if row is None or row.node not in world.directory.nodes:
            continue
        at = following.next_at(world.calendar, row.period, now)
        await board.again(Plan("subscription", what, at, f"{at:%Y%m%dT%H%M}"))
        opened, done = await following.news(row, world.directory.under(row.node), row.told_at or row.at)
        await following.told(row, now)
        if not opened and not done:
            continue
        person = await world.directory.person(row.transport, row.contact)
        text = _text(world, row, opened, done, now, staff=person.is_staff)
        await DigestRow.create(to=person.who[:64], node=row.node, period=row.period, at=now, text=text)
        to = Address(row.transport, row.account, None, row.contact)
        wait = world.quiet_ends(now) if world.quiet(now) else None
        says.append(Say(to, text, "following.news", not_before=wait))
    return says


def _text(
    world: World,
    row: Subscription,
    opened: Sequence[Ticket],
    done: Sequence[Ticket],
    now: datetime,
    *,
    staff: bool,
) -> str:
    """Counts, and for colleagues a line a matter; a resident reads no place of a neighbour."""
    say = world.texts.say
    what = letters.called(world, row.node, row.category, row.sub) if row.category else say("following.all")
    local = world.local(now)
    text = say(
        "following.news",
        what=what,
        node=world.directory.nodes[row.node].name,
        day=say("errand.day", month=local.month, day=local.day),
        opened=len(opened),
        done=len(done),
    )
    if not staff:
        return text
    shown = list(dict.fromkeys([*opened, *done]))[:SHOWN]
    lines = [
        say(
            "following.line",
            ticket=f"#{each.no}",
            what=letters.what(world, each),
            place=each.place,
            state=STATE_ZH[State(each.state)],
        )
        for each in shown
    ]
    return "\n".join([text, *lines])
