"""What happened at some nodes in a span of time: the numbers behind digests and pages.

`gather` reads all facts in a few queries, however many nodes; `figures` adds them up for one leader.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple, TypeVar

from gridbot import jsons
from gridbot.clock import Breath
from gridbot.models import plain
from gridbot.models.cases.casework import LIVE, State
from gridbot.models.cases.dangers import danger
from gridbot.models.database import as_moment, first, moment
from gridbot.models.duty import reporting
from gridbot.models.duty.visits import EVENING, MORNING, PAIR
from gridbot.models.mail import Inbox

MANY = 500  # more grids than this are not named one by one: everything is read
SLICE = 1000  # rows read at a time


@dataclass(frozen=True, slots=True)
class Span:
    """From `start` to `end` (excluded), UTC; `before` is where the span to compare with begins.

    `soon` is the moment up to which a deadline counts as near; `day` the local day of the end.
    """

    start: datetime
    end: datetime
    before: datetime
    soon: datetime
    day: date
    first: date  # the first local day that belongs to it


class Case(NamedTuple):
    """A ticket as far as counting needs it."""

    no: int
    kind: str
    category: str
    sub: str | None
    place: str
    grid: str
    node: str
    assignee: str | None
    urgency: str
    state: str
    opened_at: datetime
    first_reply_due_at: datetime | None
    first_reply_at: datetime | None
    due_at: datetime | None
    promised_at: datetime | None
    resolved_at: datetime | None
    passes: int  # how often it was handed on
    own: bool  # staff found it
    vacancy: str  # the vacant post that should have had it
    danger: str  # what kind of danger an emergency is (fire, life …), "" where nothing tells
    departments: tuple[str, ...]

    def live(self, at: datetime) -> bool:
        """Whether somebody still had to work on it at a moment."""
        if self.opened_at >= at:
            return False
        return self.state in LIVE or (self.resolved_at is not None and self.resolved_at >= at)


class Round(NamedTuple):
    """A visit as far as counting needs it."""

    grid: str
    due_on: date | None
    done_at: datetime | None


_Row = TypeVar("_Row", Case, Round)


class Unsent(NamedTuple):
    """A message that could not be sent: where it should have gone and what it was about."""

    room: str | None
    ticket: int | None


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything of a span, by grid; `rooms` are the messages nobody got."""

    span: Span
    cases: Mapping[str, list[Case]]
    rounds: Mapping[str, list[Round]]
    joined: Mapping[str, int]  # households that joined a ticket
    joined_before: Mapping[str, int]
    candidates: Mapping[str, int]  # unanswered
    look_ins: Mapping[str, int]  # evenings and mornings nobody said 平安
    said: Mapping[str, list[tuple[str, str]]]  # reports that closed within it: name, 有事 / 零报告 / 未报
    unsent: tuple[Unsent, ...]
    parked: int
    skipped: int  # duties left out because nothing ran at their time


@dataclass(frozen=True, slots=True)
class Flow:
    """What came in and what was done in one span."""

    opened: int = 0
    resolved: int = 0
    emergencies: int = 0
    joined: int = 0
    visits: int = 0


@dataclass(frozen=True, slots=True)
class DayFigures:
    """One leader's day (or week, or month): plain numbers and the cases behind them, worst first."""

    nodes: tuple[str, ...]
    span: Span
    flow: Flow
    before: Flow
    live: int
    overdue: tuple[Case, ...]
    soon: tuple[Case, ...]
    unanswered: tuple[Case, ...]  # first reply overdue
    emergencies: tuple[Case, ...]
    opened: tuple[Case, ...]  # new within the span
    opened_before: tuple[Case, ...]  # new within the span before it
    resolved: tuple[Case, ...]
    stuck: tuple[tuple[str, int], ...]  # staff id → cases past their time, most first
    visits_due: int  # fell due within the span
    visits_missed: int  # past their day and not made
    look_ins_missed: int
    said: Mapping[str, Counter[str]]  # report → how many grids said something, zero, nothing
    candidates: int
    unsent: int
    parked: int
    skipped: int

    @property
    def kinds(self) -> tuple[tuple[str, int], ...]:
        """Category → new cases, most first."""
        return tuple(Counter(case.category for case in self.opened).most_common())

    @property
    def happened(self) -> bool:
        """Whether anything happened in the span."""
        return self.flow != Flow() or bool(self.unsent)

    @property
    def pending(self) -> bool:
        """Whether anything is past its time or waits for an answer."""
        return bool(
            self.overdue
            or self.unanswered
            or self.candidates
            or self.parked
            or self.visits_missed
            or self.look_ins_missed
        )


async def gather(span: Span, grids: Collection[str] | None = None) -> Facts:
    """Read what happened in a span; `grids` None (or very many) reads every grid."""
    named = list(grids) if grids is not None and len(grids) <= MANY else None
    before, start, end = (moment.astimezone(UTC) for moment in (span.before, span.start, span.end))
    joined, joined_before = await _joined(before, start, end, named)
    return Facts(
        span=span,
        cases=_by_grid(await _cases(before, end, named)),
        rounds=_by_grid(await _rounds(span, named)),
        joined=joined,
        joined_before=joined_before,
        candidates=await _candidates(end, named),
        look_ins=await _look_ins(span, named),
        said=await _said(span, named),
        unsent=await _unsent(start, end),
        parked=await Inbox.filter(parked=True).count(),
        skipped=await _skipped(start, end),
    )  # fmt: skip


def of_department(facts: Facts, numbers: Collection[int]) -> Facts:
    """The same span as one department sees it: only the tickets it was called to."""
    cases = {grid: [case for case in found if case.no in numbers] for grid, found in facts.cases.items()}
    return replace(
        facts, cases=cases, rounds={}, joined={}, joined_before={}, candidates={}, look_ins={}, said={},
        unsent=(), parked=0, skipped=0,
    )  # fmt: skip


async def _cases(before: datetime, end: datetime, grids: list[str] | None) -> list[Case]:
    """Tickets that were live, opened or resolved between two moments, by number.

    NOT (… >= ?) says < ? and keeps the database from choosing the index over all that was opened before.
    """
    live = ", ".join(f"'{state}'" for state in sorted(LIVE))
    inside, named = _inside(grids)
    found: list[Case] = []
    for part, values in (
        (f"state IN ({live}) AND NOT (opened_at >= ?)", (end,)),
        (f"state NOT IN ({live}) AND opened_at >= ? AND opened_at < ?", (before, end)),
        (f"state NOT IN ({live}) AND NOT (opened_at >= ?) AND resolved_at >= ?", (before, before)),
    ):
        where, marks = f"FROM ticket WHERE {part}{inside}", [moment(at) for at in values]
        async for rows in _read("no", _COLUMNS, where, *marks, *named, at_once=grids is not None):
            found += [_case(row) for row in rows]
    return sorted(found)


async def _read(
    key: str, columns: Iterable[str], where: str, *values: object, at_once: bool
) -> AsyncIterator[list[tuple[Any, ...]]]:
    """The rows of a table, SLICE at a time: however many there are, nobody else waits for all of them.

    `where` begins with FROM and the table; first only the keys are read, unless a few are wanted at once.
    """
    if at_once:
        yield await plain.table(f"SELECT {', '.join(columns)} {where}", *values)
        return
    table = where.split()[1]
    keys = sorted([number for (number,) in await plain.table(f"SELECT {key} {where}", *values)])
    breath = Breath()
    for start in range(0, len(keys), SLICE):
        part = keys[start : start + SLICE]
        marks = ", ".join("?" * len(part))
        yield await plain.table(
            f"SELECT {', '.join(columns)} FROM {table} WHERE {key} IN ({marks}) ORDER BY {key}", *part
        )
        await breath.take()


def _inside(grids: list[str] | None, column: str = "grid") -> tuple[str, list[str]]:
    """What a statement says to keep to some grids, and its parameters."""
    return ("", []) if grids is None else (f" AND {column} IN ({', '.join('?' * len(grids))})", grids)


_BECAUSE = "CASE WHEN urgency = 'emergency' THEN CAST(because AS TEXT) ELSE '' END"
_COLUMNS = tuple(_BECAUSE if name == "danger" else name for name in Case._fields)
_MOMENTS = tuple(n for n, name in enumerate(Case._fields) if name.endswith("_at"))


def _case(row: tuple[object, ...]) -> Case:
    """A case of a row as the database gives it."""
    cells = list(row)
    for n in _MOMENTS:
        cells[n] = as_moment(cells[n])
    own, told = Case._fields.index("own"), Case._fields.index("danger")
    cells[told] = danger(jsons.read(str(cells[told]))) if cells[told] else ""
    cells[own], cells[-1] = bool(cells[own]), () if cells[-1] == "[]" else tuple(jsons.read(str(cells[-1])))
    return Case._make(cells)


async def _rounds(span: Span, grids: list[str] | None) -> list[Round]:
    inside, named = _inside(grids)
    kept = ", ".join(f"'{why}'" for why in PAIR)
    found: list[Round] = []
    for part, value in (
        (f"{_waits(grids)} AND due_on <= ?", plain.day(span.day)),
        ("done_at >= ?", moment(span.before.astimezone(UTC))),
    ):
        where = (
            f"FROM visit WHERE {part} AND NOT dropped AND arrive_by IS NULL AND why NOT IN ({kept}){inside}"
        )
        async for rows in _read("id", Round._fields, where, value, *named, at_once=grids is not None):
            found += [
                Round(grid, plain.as_day(due_on) if due_on else None, as_moment(done_at))
                for grid, due_on, done_at in rows
            ]
    return found


def _waits(grids: list[str] | None) -> str:
    """A visit is not made: a city has a million of those, so some grids' own are found by grid and day."""
    return "done_at IS NULL" if grids is None else "NOT (done_at IS NOT NULL)"


async def _look_ins(span: Span, grids: list[str] | None) -> dict[str, int]:
    """Mornings of the span's days, and the evenings before them, that nobody made."""
    eve, last = span.first - timedelta(days=1), span.day - timedelta(days=1)
    inside, named = _inside(grids)
    missed = f"{_waits(grids)} AND NOT dropped AND why = ? AND due_on >= ? AND due_on <= ?"
    found: Counter[str] = Counter()
    for why, since, until in ((MORNING, span.first, span.day), (EVENING, eve, last)):
        days = plain.day(since), plain.day(until)
        found.update(await _counted(f"visit WHERE {missed}{inside}", why, *days, *named))
    return found


async def _counted(where: str, *values: object) -> dict[str, int]:
    """How many rows of a table each grid has."""
    rows = await plain.table(f"SELECT grid, COUNT(*) FROM {where} GROUP BY grid", *values)
    return {str(grid): int(many) for grid, many in rows}


async def _joined(
    before: datetime, start: datetime, end: datetime, grids: list[str] | None
) -> tuple[Counter[str], Counter[str]]:
    """Households that joined a ticket, by grid: in the span, and in the one before it."""
    now, then = Counter[str](), Counter[str]()
    inside, named = _inside(grids, "COALESCE(ticket.grid, '')")  # no index: few joined, tickets are many
    rows = await plain.table(
        "SELECT ticket.grid, supporter.at >= ?, COUNT(*) "
        "FROM supporter JOIN ticket ON ticket.no = supporter.ticket "
        f"WHERE supporter.at >= ? AND supporter.at < ?{inside} GROUP BY 1, 2",
        moment(start), moment(before), moment(end), *named,
    )  # fmt: skip
    for grid, within, many in rows:
        (now if within else then)[grid] += many
    return now, then


async def _candidates(end: datetime, grids: list[str] | None) -> dict[str, int]:
    inside, named = _inside(grids)
    return await _counted(f"candidate WHERE answer = '' AND at < ?{inside}", moment(end), *named)


async def _said(span: Span, nodes: list[str] | None) -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for node, name, state in await reporting.tally(span.first, span.day, nodes):
        found[node].append((name, state))
    return found


async def _unsent(start: datetime, end: datetime) -> tuple[Unsent, ...]:
    """Messages made between two moments that could not be sent: they too have an index of their own."""
    dead = "FROM outbox WHERE state = 'dead' AND made_at >= ? AND made_at < ? ORDER BY id"
    rows = await plain.table(f"SELECT room, ticket {dead}", moment(start), moment(end))
    return tuple([Unsent(*row) for row in rows])


async def _skipped(start: datetime, end: datetime) -> int:
    """Duties left out between two moments; the index holds those alone: the outcome stands in the words."""
    skipped = "FROM due WHERE outcome = 'skipped' AND done_at >= ? AND done_at < ?"
    return int(str(await first(f"SELECT COUNT(*) {skipped}", moment(start), moment(end))))


def _by_report(facts: Facts, grids: Collection[str]) -> dict[str, Counter[str]]:
    found: dict[str, Counter[str]] = defaultdict(Counter)
    if facts.said:
        for grid in grids:
            for name, state in facts.said.get(grid, ()):
                found[name][state] += 1
    return found


def figures(facts: Facts, nodes: Iterable[str], grids: Collection[str], rooms: Collection[str]) -> DayFigures:
    """Add up the facts of `grids`, every node at or below `nodes`; `rooms` are their groups."""
    span = facts.span
    joined, joined_before = (
        sum(counts.get(grid, 0) for grid in grids) for counts in (facts.joined, facts.joined_before)
    )
    cases = [case for grid in grids for case in facts.cases.get(grid, ())]
    rounds = [visit for grid in grids for visit in facts.rounds.get(grid, ())]
    live = [case for case in cases if case.live(span.end)]
    overdue = sorted((c for c in live if _late(c.due_at, span.end)), key=_by_deadline)
    unanswered = [
        c for c in live
        if c.first_reply_at is None and c.state == State.OPEN and _late(c.first_reply_due_at, span.end)
    ]  # fmt: skip
    opened = _opened(cases, span.start, span.end)
    numbers = {case.no for case in cases}
    return DayFigures(
        nodes=tuple(nodes),
        span=span,
        flow=_flow(cases, rounds, span.start, span.end, joined),
        before=_flow(cases, rounds, span.before, span.start, joined_before),
        live=len(live),
        overdue=tuple(overdue),
        soon=tuple(sorted((c for c in live if _soon(c, span)), key=_by_deadline)),
        unanswered=tuple(sorted(unanswered, key=lambda c: (c.first_reply_due_at or c.opened_at, c.no))),
        emergencies=tuple(c for c in opened if c.urgency == "emergency"),
        opened=opened,
        opened_before=_opened(cases, span.before, span.start),
        resolved=_resolved(cases, span.start, span.end),
        stuck=_stuck(dict.fromkeys((*overdue, *unanswered))),
        visits_due=sum(1 for v in rounds if v.due_on and span.first <= v.due_on <= span.day),
        visits_missed=sum(1 for v in rounds if v.due_on and v.due_on < span.day and v.done_at is None),
        look_ins_missed=sum(facts.look_ins.get(g, 0) for g in grids),
        said=_by_report(facts, grids),
        candidates=sum(facts.candidates.get(g, 0) for g in grids),
        unsent=sum(1 for u in facts.unsent if u.room in rooms or u.ticket in numbers),
        parked=facts.parked,
        skipped=facts.skipped,
    )  # fmt: skip


def _flow(
    cases: Iterable[Case], rounds: Iterable[Round], start: datetime, end: datetime, joined: int
) -> Flow:
    opened = _opened(cases, start, end)
    return Flow(
        opened=len(opened),
        resolved=len(_resolved(cases, start, end)),
        emergencies=sum(1 for case in opened if case.urgency == "emergency"),
        joined=joined,
        visits=sum(1 for visit in rounds if visit.done_at and start <= visit.done_at < end),
    )


def _opened(cases: Iterable[Case], start: datetime, end: datetime) -> tuple[Case, ...]:
    return tuple(case for case in cases if start <= case.opened_at < end)


def _resolved(cases: Iterable[Case], start: datetime, end: datetime) -> tuple[Case, ...]:
    return tuple(case for case in cases if case.resolved_at and start <= case.resolved_at < end)


def _stuck(cases: Iterable[Case]) -> tuple[tuple[str, int], ...]:
    return tuple(Counter(case.assignee for case in cases if case.assignee).most_common())


def _late(due_at: datetime | None, at: datetime) -> bool:
    return due_at is not None and due_at < at


def _soon(case: Case, span: Span) -> bool:
    return case.due_at is not None and span.end <= case.due_at <= span.soon


def _by_deadline(case: Case) -> tuple[datetime, int]:
    return case.due_at or case.opened_at, case.no


def _by_grid(rows: Iterable[_Row]) -> dict[str, list[_Row]]:
    found: dict[str, list[_Row]] = defaultdict(list)
    for row in rows:
        found[row.grid].append(row)
    return found
