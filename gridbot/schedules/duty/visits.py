"""Visits: planned for each grid every night, reminded of in the morning, told to the leader when late."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from gridbot.clock import sleep
from gridbot.messages import Say
from gridbot.models import board
from gridbot.models.board import Plan
from gridbot.models.cases import workload
from gridbot.models.cases.tickets import Ticket
from gridbot.models.duty import notes, pauses, visits
from gridbot.models.duty.duties import Due, Visit
from gridbot.models.duty.visits import NOWHERE, Door, Open, Owed
from gridbot.models.territory import onduty, register
from gridbot.models.territory.register import of_home
from gridbot.schedules.cases import letters
from gridbot.schedules.duty import lookins
from gridbot.schedules.duty.rounds import Rounds
from gridbot.schedules.jobs import Jobs, Late
from gridbot.world import World

jobs = Jobs()

WEEK = timedelta(days=7)
FULL = 1000  # visits a day nobody makes
ASKED = 2  # questions a visit of the morning list brings
SHOWN = 5  # things of one sort in a morning list
TOGETHER = 20  # grids whose households are read together
MANY = 2000  # overdue visits told in one transaction


@jobs.on("plan_visits")
async def plan_visits(world: World, rows: Sequence[Due], now: datetime) -> list[Say]:
    """Plan the visits of each grid named by the rows; planning twice changes nothing."""
    today = world.local(now).date()
    rest = await pauses.resting_on(today)
    loads: dict[str, dict[date, int]] = {}
    codes = list(dict.fromkeys(row.what.removeprefix("node:") for row in rows))
    for start in range(0, len(codes), TOGETHER):
        await _plan(world, codes[start : start + TOGETHER], loads, rest, now)
    return []


async def _plan(
    world: World,
    codes: Sequence[str],
    loads: dict[str, dict[date, int]],
    rest: Collection[str],
    now: datetime,
) -> None:
    """Plan some grids; `loads` are the days of each worker met so far, `rest` whoever is paused today."""
    today = world.local(now).date()
    homes, owed = await visits.dwellings_of(codes), await visits.owed(codes)
    made = await visits.made(codes, now)
    new: list[Visit] = []
    changed: list[Open] = []
    for code in codes:
        dwellings = homes.get(code, [])
        if not dwellings:  # the last household has left
            changed += [replace(one, dropped=True) for one in owed.get(code, ())]
            continue
        worker = world.directory.worker(code)
        if worker is None:
            continue
        if worker.staff not in loads:
            loads[worker.staff] = await visits.load(worker.staff, today)
            _leave_out(world, worker.staff, loads[worker.staff])
        rounds = Rounds(
            world.directory.profile(code), world.calendar, today, worker.staff, loads[worker.staff]
        )
        resting = {dwelling.id for dwelling in dwellings if of_home(dwelling.id) in rest} if rest else set()
        rounds.plan(dwellings, owed.get(code, ()), made, resting)
        new += rounds.new
        changed += rounds.changed.values()
        await lookins.plan(world, code, worker.staff, dwellings, today, now, rest)
        await sleep(0)
    await visits.store(new, changed)


def _leave_out(world: World, staff: str, load: dict[date, int]) -> None:
    """On days of leave nothing is planned for somebody: they count as full."""
    for away in world.directory.away(staff):
        day, last = world.local(away.starts_at).date(), world.local(away.ends_at).date()
        while day <= last:
            load[day] = FULL
            day += timedelta(days=1)


@jobs.on("morning", late=Late.SKIP, grace_s=8 * 3600)
async def morning(world: World, rows: Sequence[Due], now: datetime) -> list[Say]:
    """One message to whoever has something to do today; nothing where there is nothing."""
    today = world.local(now).date()
    staff = list(dict.fromkeys(row.what.removeprefix("staff:") for row in rows))
    rounds: dict[str, list[Owed]] = defaultdict(list)
    for visit in await visits.near(staff, today + WEEK):
        rounds[visit.worker].append(visit)
    tickets: dict[str, list[Ticket]] = defaultdict(list)
    for ticket in await workload.due_until(staff, world.midnight(now) + timedelta(days=1)):
        tickets[ticket.assignee or ""].append(ticket)
    doors = await visits.doors(visit.household for found in rounds.values() for visit in found)
    held = await notes.take([one for one in staff if onduty.away(world.directory, one, now) is None])
    shown = [visit for found in rounds.values() for visit in found[:SHOWN] if visit.due_on <= today]
    questions = await _questions(world, shown, now)
    says: list[Say] = []
    told: list[Owed] = []
    for one in staff:
        post = world.directory.staff(one)
        soon = [v for v in rounds[one] if v.due_on > today and v.reminded_on is None]
        due = [v for v in rounds[one] if v.due_on <= today]
        kept = held.get(one, [])
        acting = onduty.stand_in(world.directory, post, now) if post is not None else None
        if acting is None or post is None or not acting.contact:
            continue
        if acting.staff != one:
            soon, kept = [], []
        if not (soon or due or kept or tickets[one]):
            continue
        lines = [
            *_rounds(world, due, doors, today, questions),
            *_tickets(world, tickets[one], now),
            *_soon(world, soon, doors),
        ]
        if kept:
            lines += [world.texts.say("burden.held"), *kept] if lines else kept
        key = "visit.morning" if acting.staff == one else "visit.morning_for"
        text = "\n".join([world.texts.say(key, name=post.name), *lines])
        says.append(Say(world.private(acting.contact), text, "visit.morning", once=f"morning:{one}:{today}"))
        told += soon
    await visits.reminded(told, today)
    return says


async def _questions(world: World, due: Sequence[Owed], now: datetime) -> dict[str, str]:
    """What the sheets still want to know of the households of today's list, by id."""
    found = {}
    for page in await register.pages(dict.fromkeys(visit.household for visit in due)):
        missing = register.questions(page, world.directory.profile(page.home.node).care, world.calendar, now)
        if missing:
            found[page.home.id] = world.texts.say("visit.ask", fields="、".join(missing[:ASKED]))
    return found


def _rounds(
    world: World, due: Sequence[Owed], doors: dict[str, Door], today: date, questions: dict[str, str]
) -> Iterable[str]:
    """The oldest few, sorted by stairwell, and how many more there are."""
    if not due:
        return
    yield world.texts.say("visit.due", count=len(due), what=_called(world, due[0].worker))
    shown = sorted(due[:SHOWN], key=lambda visit: doors.get(visit.household, NOWHERE).stairwell)
    for visit in shown:
        late = (today - visit.due_on).days
        key = "visit.line_late" if late else "visit.line"
        line = world.texts.say(key, door=doors.get(visit.household, NOWHERE), why=visit.why, days=late)
        yield line + questions.get(visit.household, "")
    if len(due) > SHOWN:
        yield world.texts.say("visit.more", count=len(due) - SHOWN)
    yield world.texts.say("visit.how", door=doors.get(shown[0].household, NOWHERE))


def _called(world: World, worker: str) -> str:
    """What visits are called in somebody's grids, if all are of one kind: 走访, 走访商户, 入户走访."""
    directory = world.directory
    grids = [
        directory.nodes[post.node] for post in directory.posts_of(worker) if directory.is_grid(post.node)
    ]
    said = {directory.profile(node.code).territory.kind(node.kind).visit for node in grids}
    return (said.pop() if len(said) == 1 else "") or world.texts.say("visit.plain")


def _tickets(world: World, tickets: Sequence[Ticket], now: datetime) -> Iterable[str]:
    if not tickets:
        return
    yield world.texts.say("visit.tickets", count=len(tickets))
    for ticket in tickets[:SHOWN]:
        assert ticket.due_at is not None
        what = letters.what(world, ticket)
        key = "visit.ticket_late" if ticket.due_at < now else "visit.ticket"
        by = world.texts.moment(ticket.due_at, now)
        yield world.texts.say(key, no=ticket.no, what=what, place=ticket.place, by=by)
    if len(tickets) > SHOWN:
        yield world.texts.say("visit.more", count=len(tickets) - SHOWN)


def _soon(world: World, soon: Sequence[Owed], doors: dict[str, Door]) -> Iterable[str]:
    if not soon:
        return
    names = "、".join(str(doors.get(visit.household, NOWHERE)) for visit in soon[:SHOWN])
    yield world.texts.say("visit.soon", count=len(soon), doors=names + ("…" if len(soon) > SHOWN else ""))


@jobs.on("visits_overdue", waits=True)
async def visits_overdue(world: World, rows: Sequence[Due], now: datetime) -> list[Say]:
    """Each leader hears once of each visit that is past its day."""
    today = world.local(now).date()
    late = await visits.overdue(today, MANY)
    by_leader: dict[str, list[Visit]] = defaultdict(list)
    for visit in late:
        leader = world.directory.leader(visit.grid)
        if leader is not None and leader.contact:
            by_leader[leader.contact].append(visit)
    doors = await visits.doors(visit.household for visit in late)
    known = {contact: await _known_already(world, contact, today) for contact in by_leader}
    await visits.escalated(late, today)
    if len(late) == MANY:
        more = f"{rows[0].occurrence}+"
        await board.put(Plan("visits_overdue", "all", now + timedelta(seconds=1), more))
    return [
        _told(world, contact, found, doors, known[contact], today) for contact, found in by_leader.items()
    ]


async def _known_already(world: World, contact: str, today: date) -> int:
    """How many visits a leader has heard of that are not made yet."""
    directory = world.directory
    nodes = {code for post in directory.posts_by_contact(contact) for code in directory.under(post.node)}
    return await visits.escalated_at(nodes, today)


def _told(
    world: World, contact: str, late: Sequence[Visit], doors: dict[str, Door], known: int, today: date
) -> Say:
    lines = [world.texts.say("visit.overdue", count=len(late))]
    for visit in late[:SHOWN]:
        worker = world.directory.staff(visit.worker)
        lines.append(
            world.texts.say(
                "visit.overdue_line", door=doors.get(visit.household, NOWHERE), why=visit.why,
                name=worker.name if worker else "", day=world.texts.on(visit.due_on or today),
            )
        )  # fmt: skip
    if len(late) > SHOWN:
        lines.append(world.texts.say("visit.more", count=len(late) - SHOWN))
    if known:
        lines.append(world.texts.say("visit.overdue_before", count=known + len(late)))
    return Say(world.private(contact), "\n".join(lines), "visit.overdue")
