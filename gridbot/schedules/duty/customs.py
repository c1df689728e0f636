"""The night's patrol is reminded; the eve of a feast the worker looks in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from gridbot.messages import Say
from gridbot.models.duty import visits
from gridbot.models.duty.duties import Due
from gridbot.models.neighbours import customs
from gridbot.schedules.jobs import Jobs, Late
from gridbot.world import World

jobs = Jobs()


@jobs.on("patrol_tonight", late=Late.SKIP, grace_s=4 * 3600)
async def patrol_tonight(world: World, rows: Sequence[Due], now: datetime) -> list[Say]:
    """Those with an account are reminded; whoever has none is named to the leader, to be called."""
    says = []
    for row in rows:
        node = row.what.removeprefix("patrol:")
        found = await customs.patrol(node, date.fromisoformat(row.occurrence))
        if found is None:
            continue
        area = world.directory.under(node)
        missing = []
        for name in found.people:
            contact = await _account(world, area, name)
            if not contact:
                missing.append(name)
                continue
            others = "、".join(found.people)
            text = world.texts.say("customs.tonight", people=others)
            says.append(Say(world.private(contact), text, "customs.tonight"))
        leader = world.directory.leader(node)
        if missing and leader is not None and leader.contact:
            text = world.texts.say("customs.call_them", names="、".join(missing))
            says.append(Say(world.private(leader.contact), text, "customs.call_them"))
    return says


async def _account(world: World, area: Sequence[str], name: str) -> str:
    """The account of a colleague, else of a resident of that name."""
    post = next((p for p in world.directory.posts if p.name == name and p.contact), None)
    if post is not None:
        return post.contact
    found = await visits.people_named(area, name)
    exact = [who for who, _ in found if who is not None and who.name == name and who.contact]
    return exact[0].contact if len(exact) == 1 else ""


@jobs.on("feast_eve", late=Late.SKIP, grace_s=12 * 3600)
async def feast_eve(world: World, rows: Sequence[Due], now: datetime) -> list[Say]:
    """The worker is asked to look at stove, wires, exits and parking."""
    says = []
    for row in rows:
        found = await customs.get_feast(int(row.what.removeprefix("feast:")))
        worker = world.directory.worker(found.node) if found is not None else None
        if found is None or worker is None or not worker.contact:
            continue
        day = f"{found.day.month}月{found.day.day}日"
        guests = world.texts.say("customs.guests", count=found.guests) if found.guests else ""
        what = "，".join(part for part in (found.kind, day, found.place, guests) if part)
        text = world.texts.say("customs.eve", what=what)
        says.append(Say(world.private(worker.contact), text, "customs.eve"))
    return says
