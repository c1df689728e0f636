"""On the spot by the clock: a watch ends, a hazard is looked at again, signals gather in one place."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from gridbot.messages import Address, Button, Say
from gridbot.models import board
from gridbot.models.acts import Act
from gridbot.models.board import Plan
from gridbot.models.cases import casework, clusters, ledger, questions
from gridbot.models.cases.casework import LIVE, State
from gridbot.models.cases.clusters import Cluster
from gridbot.models.cases.tickets import Ticket
from gridbot.models.duty.duties import Due
from gridbot.models.territory.people import Post
from gridbot.schedules.cases import letters
from gridbot.schedules.jobs import Jobs
from gridbot.world import World

jobs = Jobs()

SILENT_AFTER = timedelta(minutes=15)
ANSWER_LIVES = timedelta(hours=12)
CHECK_LIVES = timedelta(days=7)
WATCH_BUTTONS = (Button("1 还在守", "1"), Button("2 不用守了", "2"), Button("3 交给网格长", "3"))
CHECK_BUTTONS = (Button("1 已消除", "1"), Button("2 还在", "2"))


async def _ticket(row: Due) -> Ticket | None:
    return await ledger.ticket(int(row.what.removeprefix("ticket:")))


def _to(world: World, ticket: Ticket, contact: str) -> Address:
    return world.private(contact, Address(ticket.transport, ticket.account))


@jobs.on("watch")
async def watch(world: World, rows: Sequence[Due], now: datetime) -> list[Say]:
    """A watch on the spot ends: 1 stays another hour, 2 leaves, 3 hands it over; silence is told."""
    says: list[Say] = []
    for row in rows:
        ticket = await _ticket(row)
        watcher = world.directory.staff(str(row.data.get("staff") or (ticket.assignee if ticket else "")))
        if ticket is None or ticket.state not in LIVE or watcher is None or not watcher.contact:
            continue
        to = _to(world, ticket, watcher.contact)
        await questions.ask(watcher.contact, to.lane, "watch", now, ANSWER_LIVES, subject=ticket.no)
        text = world.texts.say("watch.over", no=ticket.no, what=letters.what(world, ticket))
        says.append(
            Say(to, text, "watch.over", buttons=WATCH_BUTTONS, about={"ticket": ticket.no}, urgent=True)
        )
        data: dict[str, object] = {"staff": watcher.staff, "contact": watcher.contact}
        await board.again(Plan("watch_silent", row.what, now + SILENT_AFTER, row.occurrence, data))
    return says


@jobs.on("watch_silent")
async def watch_silent(world: World, rows: Sequence[Due], now: datetime) -> list[Say]:
    """Whoever kept watch has not answered: his leader should call him."""
    says: list[Say] = []
    for row in rows:
        ticket, contact = await _ticket(row), str(row.data.get("contact"))
        if ticket is None or ticket.state not in LIVE:
            continue
        lane = _to(world, ticket, contact).lane
        asked = await questions.waiting(contact, lane, now, "watch")
        if not any(question.subject == ticket.no for question in asked):
            continue
        watcher = world.directory.staff(str(row.data.get("staff")))
        leader = world.directory.leader(ticket.grid, but=watcher.staff if watcher else None)
        name, what = watcher.name if watcher else "", letters.what(world, ticket)
        says += letters.to_staff(world, ticket, leader, "watch.silent", now, what=what, name=name)
    return says


@jobs.on("recheck")
async def recheck(world: World, rows: Sequence[Due], now: datetime) -> list[Say]:
    """A hazard was removed: somebody else than who did it, the leader, looks whether it is gone."""
    says: list[Say] = []
    for row in rows:
        ticket = await _ticket(row)
        if ticket is None or ticket.state not in (State.RESOLVED, State.CLOSED):
            continue
        post = world.directory.leader(ticket.grid, but=ticket.assignee) or world.directory.staff(
            ticket.assignee
        )
        if post is None or not post.contact:
            continue
        to = _to(world, ticket, post.contact)
        await questions.ask(post.contact, to.lane, "recheck", now, CHECK_LIVES, subject=ticket.no)
        text = world.texts.say(
            "hazard.check",
            no=ticket.no,
            what=letters.what(world, ticket),
            place=ticket.place,
            result=ticket.result,
        )
        says.append(Say(to, text, "hazard.check", buttons=CHECK_BUTTONS, about={"ticket": ticket.no}))
    return says


# --- signals that gather ----------------------------------------------------------------------------------


@jobs.on("cluster")
async def cluster(world: World, rows: Sequence[Due], now: datetime) -> list[Say]:
    """Three households or more about one thing in one place: one warning, to the leader of the grid."""
    says: list[Say] = []
    for row in rows:
        found = await clusters.found(row.data, now)
        leader = world.directory.leader(found.grid) if found else None
        if found is None or leader is None:
            continue
        says += await _warned(world, found, leader, now)
    return says


def _grid(world: World, code: str) -> str:
    node = world.directory.nodes.get(code)
    return node.name if node is not None else world.texts.say("warning.here")


async def _warned(world: World, found: Cluster, leader: Post, now: datetime) -> list[Say]:
    """Signals in one ticket raise that ticket; in several, or in none yet, they get a number of their own."""
    what = letters.called(world, found.grid, found.category, found.sub)
    act = Act("bot", now)
    params: dict[str, object] = {
        "place": found.place or _grid(world, found.grid), "count": found.households, "what": what
    }  # fmt: skip
    unsure = world.texts.say("warning.unsure", count=len(found.unsure)) if found.unsure else ""
    if len(found.tickets) == 1:
        ticket = found.tickets[0]
        await casework.move(ticket, "warn", act, f"{found.households}")
        note = world.texts.say("warning.note", note=unsure) if unsure else ""
        return letters.to_staff(world, ticket, leader, "warning.raised", now, note=note, **params)
    cases = "、".join([*(f"#{each.no}" for each in found.tickets), *filter(None, (unsure,))])
    text = world.texts.say("warning.text", minutes=120, **params)
    ticket = await clusters.warning(found, text, leader.staff, act, cases)
    if leader.contact:
        await letters.ask(world, ticket, leader.contact, now)
    return letters.to_staff(world, ticket, leader, "warning.card", now, cases=cases, **params)
