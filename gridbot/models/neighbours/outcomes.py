"""What happened to workers and departments in a quarter, as far as it is recorded anyway."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from gridbot.models.cases.parties import Party
from gridbot.models.cases.teamwork import RETURNED
from gridbot.models.cases.tickets import Ticket
from gridbot.models.duty.duties import Visit
from gridbot.models.duty.visits import PAIR
from gridbot.models.neighbours.trust import Dispute

DAY = timedelta(days=1)
MANY = 500  # more people than this are not named one by one in a query


@dataclass(frozen=True, slots=True)
class Quarter:
    """A calendar quarter; moments are UTC, `end` excluded."""

    name: str  # 2026Q1
    start: datetime
    end: datetime
    today: date  # nothing after this day counts


@dataclass(frozen=True, slots=True)
class Outcome:
    """Something that happened to somebody: `event` is a word of the score rules."""

    who: str
    department: bool
    node: str
    event: str
    source: str
    at: datetime


async def between(
    quarter: Quarter, day_of: Callable[[datetime], date], who: Collection[str] | None = None
) -> list[Outcome]:
    """Everything of a quarter that a rule may count, by time; `day_of` is the local day of a moment.

    `who`: only what happened to these workers and departments; None means everybody.
    """
    one_by_one = who if who is not None and len(who) <= MANY else None
    found = [*await _tickets(quarter, one_by_one), *await _visits(quarter, day_of, one_by_one)]
    found += [*await _disputes(quarter), *await _departments(quarter, one_by_one)]
    mine = found if who is None else [one for one in found if one.who in set(who)]
    return sorted(mine, key=lambda one: (one.at, one.source, one.event))


async def _tickets(quarter: Quarter, who: Collection[str] | None) -> list[Outcome]:
    found: list[Outcome] = []
    span = (quarter.start, quarter.end)
    mine = Ticket.all() if who is None else Ticket.filter(assignee__in=list(who))
    for ticket in await mine.filter(first_reply_at__gte=span[0], first_reply_at__lt=span[1]):
        found += _timed(ticket, "replied", ticket.first_reply_at, ticket.first_reply_due_at)
    for ticket in await mine.filter(resolved_at__gte=span[0], resolved_at__lt=span[1]):
        found += _timed(ticket, "resolved", ticket.resolved_at, ticket.due_at)
    verdicts = {"满意": "satisfied", "不满意": "unsatisfied"}
    for ticket in await mine.filter(
        closed_at__gte=span[0], closed_at__lt=span[1], satisfaction__in=list(verdicts)
    ):
        if ticket.assignee and ticket.closed_at and ticket.satisfaction:
            event = verdicts[ticket.satisfaction]
            found.append(_of(ticket, event, ticket.closed_at))
    return found


def _timed(ticket: Ticket, what: str, at: datetime | None, due: datetime | None) -> list[Outcome]:
    if not ticket.assignee or at is None or due is None:
        return []
    return [_of(ticket, f"{what}_in_time" if at <= due else f"{what}_late", at)]


def _of(ticket: Ticket, event: str, at: datetime) -> Outcome:
    return Outcome(ticket.assignee or "", False, ticket.grid, event, f"ticket:{ticket.no}", at)


async def _visits(
    quarter: Quarter, day_of: Callable[[datetime], date], who: Collection[str] | None
) -> list[Outcome]:
    """Planned visits made in time in the quarter; those that fell due in it and were not; missed look-ins."""
    first, last = day_of(quarter.start), day_of(quarter.end - timedelta(seconds=1))
    found = []
    mine = Visit.filter(dropped=False) if who is None else Visit.filter(dropped=False, worker__in=list(who))
    made = mine.filter(done_at__gte=quarter.start, done_at__lt=quarter.end)
    for visit in await made.exclude(why__in=PAIR).exclude(due_on__isnull=True).exclude(worker=""):
        if visit.done_at is not None and visit.due_on is not None and day_of(visit.done_at) <= visit.due_on:
            found.append(_visit(visit, "visited_in_time", visit.done_at))
    due = mine.filter(due_on__gte=first, due_on__lte=min(last, quarter.today - DAY))
    for visit in await due.exclude(worker=""):
        paired, at = visit.why in PAIR, visit.done_at
        late = at is None or (not paired and visit.due_on is not None and day_of(at) > visit.due_on)
        if late:
            day = quarter.start + timedelta(days=((visit.due_on or first) - first).days)
            found.append(_visit(visit, "look_in_missed" if paired else "visit_missed", at or day))
    return found


def _visit(visit: Visit, event: str, at: datetime) -> Outcome:
    return Outcome(visit.worker, False, visit.grid, event, f"visit:{visit.id}", at)


async def _disputes(quarter: Quarter) -> list[Outcome]:
    rows = await Dispute.filter(agreed_at__gte=quarter.start, agreed_at__lt=quarter.end)
    holders = {t.no: t.assignee for t in await Ticket.filter(no__in=[row.ticket for row in rows])}
    found = []
    for row in rows:
        who = row.mediator or holders.get(row.ticket or 0) or ""
        if who and row.agreed_at is not None:
            source = f"ticket:{row.ticket}"
            found.append(Outcome(who, False, row.node, "dispute_settled", source, row.agreed_at))
    return found


async def _departments(quarter: Quarter, who: Collection[str] | None = None) -> list[Outcome]:
    """How departments came, finished and gave back what they were called to in the quarter."""
    called = Party.filter(department=True, called_at__gte=quarter.start, called_at__lt=quarter.end)
    rows = await (called if who is None else called.filter(who__in=list(who)))
    tickets = {t.no: t for t in await Ticket.filter(no__in=list({row.ticket for row in rows}))}
    found = []
    for row in rows:
        ticket = tickets.get(row.ticket)
        if ticket is None or row.called_at is None:
            continue
        for event, at in _answered(row, ticket, quarter):
            found.append(Outcome(row.who, True, ticket.grid, event, f"ticket:{row.ticket}", at))
    return found


def _answered(row: Party, ticket: Ticket, quarter: Quarter) -> Iterable[tuple[str, datetime]]:
    """How a department came, and how it ended."""
    called, gone = row.called_at or row.asked_at, row.state == RETURNED
    if row.came_at is not None and row.due_at is not None:
        yield ("came_in_time" if row.came_at <= row.due_at else "came_late"), row.came_at
    elif row.due_at is not None and row.due_at.date() < quarter.today and not (row.done_at or gone):
        yield "came_late", row.due_at
    if gone:
        yield "given_back", called
    elif row.done_at is not None and ticket.due_at is not None:
        yield ("done_in_time" if row.done_at <= ticket.due_at else "done_late"), row.done_at


@dataclass(frozen=True, slots=True)
class Rates:
    """How a department does: so many in time of so many, so many given back of so many."""

    came: tuple[int, int]
    done: tuple[int, int]
    returned: tuple[int, int]


async def rates(quarter: Quarter) -> dict[str, Rates]:
    """The three rates of every department that was called in a quarter."""
    found = defaultdict(list)
    for one in await _departments(quarter):
        found[one.who].append(one.event)
    rows = await Party.filter(department=True, called_at__gte=quarter.start, called_at__lt=quarter.end)
    called = [row.who for row in rows]
    result = {}
    for who in sorted(set(called)):
        events = found[who]
        came, came_late = events.count("came_in_time"), events.count("came_late")
        done, done_late = events.count("done_in_time"), events.count("done_late")
        result[who] = Rates(
            (came, came + came_late), (done, done + done_late),
            (events.count("given_back"), called.count(who)),
        )  # fmt: skip
    return result
