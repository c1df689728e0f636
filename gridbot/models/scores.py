"""Scores of a quarter: points for outcomes that are recorded anyway, each with the row it comes from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from gridbot.models.acts import Act, change
from gridbot.models.duties import Visit
from gridbot.models.parties import Party
from gridbot.models.teamwork import RETURNED
from gridbot.models.tickets import Ticket
from gridbot.models.trust import Dispute, ScoreEntry, Star
from gridbot.models.visits import PAIR
from gridbot.profiles import ScoreRule

DAY = timedelta(days=1)
MANY = 500  # more people than this are not named one by one in a query
COUNTED, APPEALED, STRUCK = "counted", "appealed", "struck"


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


def name_of(day: date) -> str:
    """2026Q1"""
    return f"{day.year}Q{(day.month - 1) // 3 + 1}"


def before(name: str, number: int = 1) -> str:
    """The quarter so many before another."""
    year, part = int(name[:4]), int(name[5:])
    index = year * 4 + part - 1 - number
    return f"{index // 4}Q{index % 4 + 1}"


# --- what happened ----------------------------------------------------------------------------------------


async def outcomes(
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
            found.append(_visit(visit, "look_in_missed" if paired else "visit_missed", at or quarter.start))
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


# --- the ledger -------------------------------------------------------------------------------------------

Rules = Callable[[Outcome], Sequence[ScoreRule]]


async def settle(
    quarter: Quarter, found: Iterable[Outcome], rules: Rules, who: Collection[str] | None = None
) -> None:
    """Write the ledger of a quarter (of these) anew: what was struck stays struck, what is no longer so goes.

    A rule's points stop at its cap; safe to call at any time, also twice.
    """
    rows = ScoreEntry.filter(quarter=quarter.name)
    if who is not None and len(who) <= MANY:
        rows = rows.filter(who__in=list(who))
    mine = None if who is None else set(who)
    known = {(row.who, row.rule, row.source): row for row in await rows if mine is None or row.who in mine}
    sums: dict[tuple[str, str], float] = defaultdict(float)
    wanted: set[tuple[str, str, str]] = set()
    new: list[ScoreEntry] = []
    for one in found:
        for rule in rules(one):
            if rule.event != one.event:
                continue
            key = (one.who, rule.id, one.source)
            row = known.get(key)
            if row is not None and row.state != COUNTED:
                wanted.add(key)
                continue
            if abs(sums[one.who, rule.id] + rule.points) > rule.cap:
                continue
            sums[one.who, rule.id] += rule.points
            wanted.add(key)
            if row is None:
                new.append(
                    ScoreEntry(
                        who=one.who, department=one.department, node=one.node, quarter=quarter.name,
                        rule=rule.id, points=rule.points, source=one.source, at=one.at,
                    )
                )  # fmt: skip
    gone = [row.id for key, row in known.items() if key not in wanted]
    if gone:
        await ScoreEntry.filter(id__in=gone).delete()
    await ScoreEntry.bulk_create(new, batch_size=500)


async def entries(quarter: str, who: Collection[str] = ()) -> list[ScoreEntry]:
    """The entries of a quarter, in order (of these people only)."""
    found = ScoreEntry.filter(quarter=quarter)
    return await (found.filter(who__in=list(who)) if who else found).order_by("at", "id")


def sums(rows: Iterable[ScoreEntry]) -> Mapping[str, float]:
    """Points by who, without what was struck and without the base."""
    found: dict[str, float] = defaultdict(float)
    for row in rows:
        found[row.who] += row.points if row.state != STRUCK else 0
    return found


async def entry(number: int) -> ScoreEntry | None:
    return await ScoreEntry.get_or_none(id=number)


async def appealed(act: Act, row: ScoreEntry, words: str) -> None:
    """Whom it concerns says that it is wrong."""
    await change(act, row, state=APPEALED, appeal=words)


async def ruled(act: Act, row: ScoreEntry, *, upheld: bool, words: str) -> None:
    """A leader decides: upheld, the entry is struck."""
    state = STRUCK if upheld else COUNTED
    await change(act, row, state=state, ruling=words, ruled_by=act.by, ruled_at=act.at)


# --- stars ------------------------------------------------------------------------------------------------


async def star(who: str, quarter: str) -> Star | None:
    """The stars of somebody in a quarter."""
    return await Star.get_or_none(who=who, quarter=quarter)


async def drafted(who: str, node: str, quarter: str, total: float, stars: int) -> Star:
    """What the score is worth; what a person has decided stays."""
    row = await Star.get_or_none(who=who, quarter=quarter)
    if row is None:
        return await Star.create(who=who, node=node, quarter=quarter, total=total, draft=stars)
    row.total, row.draft = total, stars
    await row.save(update_fields=["total", "draft"])
    return row


async def given(act: Act, row: Star, stars: int, reason: str) -> None:
    """A person has decided."""
    await change(act, row, stars=stars, reason=reason, decided_by=act.by, decided_at=act.at)


async def stars_of(quarters: Collection[str]) -> dict[str, dict[str, int]]:
    """Who → quarter → stars (the draft where nobody has decided)."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for row in await Star.filter(quarter__in=list(quarters)):
        found[row.who][row.quarter] = row.stars if row.stars is not None else row.draft
    return found


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
