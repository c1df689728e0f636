"""Reports that fall due by the calendar: who owes one, what was said, who signed; and workers' diaries."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from gridbot.models import plain
from gridbot.models.acts import Act, change, created, record
from gridbot.models.cases.tickets import History, Ticket
from gridbot.models.duty.care import Patrol
from gridbot.models.duty.duties import Visit
from gridbot.models.duty.owed import Diary, Duty, Said

MANY = 500  # nodes a statement


@dataclass(frozen=True, slots=True)
class Owed:
    """A report of some days that closes at the end of one of them."""

    name: str
    first: date
    last: date
    closes_on: date
    focus: str = ""


async def owe(owed: Owed, nodes: Iterable[str], *, sheet: bool = False) -> None:
    """These nodes owe it; who owes it already goes on as he is."""
    rows = [
        plain.new(
            Duty, name=owed.name, node=node, window_start=owed.first, window_end=owed.last,
            closes_on=owed.closes_on, focus=owed.focus, sheet=sheet,
        )
        for node in nodes
    ]  # fmt: skip
    for start in range(0, len(rows), MANY):
        await plain.add(
            rows[start : start + MANY], "ON CONFLICT (name, node, window_start, sheet) DO NOTHING"
        )


async def of(name: str, first: date, nodes: Collection[str], *, sheet: bool = False) -> list[Duty]:
    """What some nodes owe (or have delivered) for the days that begin then."""
    wanted, found = sorted(nodes), list[Duty]()
    owed = f"WHERE name = ? AND window_start = ? AND {'' if sheet else 'NOT '}sheet AND node IN"
    for start in range(0, len(wanted), MANY):
        part = wanted[start : start + MANY]
        marks = ", ".join("?" * len(part))
        found += await plain.rows(Duty, f"{owed} ({marks})", name, plain.day(first), *part)
    return sorted(found, key=lambda row: row.id)


async def during(name: str, first: date, last: date, nodes: Collection[str]) -> list[Duty]:
    """What some nodes owe or have said under a name for windows that begin within some days, oldest first."""
    if not name:
        return []
    found = Duty.filter(name=name, sheet=False, window_start__gte=first, window_start__lte=last)
    return await found.filter(node__in=list(nodes)).order_by("window_start", "id")


async def open_for(nodes: Collection[str], day: date) -> list[Duty]:
    """What these nodes still owe on a day."""
    found = Duty.filter(
        node__in=list(nodes), state=Said.MISSING, sheet=False, window_start__lte=day, closes_on__gte=day
    )
    return await found.order_by("closes_on", "id")


async def standing(nodes: Collection[str], day: date) -> list[Duty]:
    """What these nodes owe or have delivered of the windows a day lies in, the first to close first."""
    found = Duty.filter(node__in=list(nodes), sheet=False, window_start__lte=day, closes_on__gte=day)
    return await found.order_by("closes_on", "name", "id")


async def unsigned(nodes: Collection[str]) -> list[Duty]:
    """Reports of these nodes that wait for a signature, oldest first."""
    found = Duty.filter(node__in=list(nodes), sheet=True, signed_at__isnull=True).exclude(text="")
    return await found.order_by("window_start", "id")


async def say(act: Act, row: Duty, said: Said, line: str = "") -> None:
    """Note what was found, or that nothing was."""
    lines = [*row.lines, line] if line else row.lines
    await change(act, row, state=said, lines=lines, by=act.by, at=act.at)


async def found_anyway(rows: Sequence[Duty], at: datetime, said: Said = Said.SOMETHING) -> None:
    """What is on record speaks for whoever has said nothing."""
    for row in rows:
        row.state, row.by, row.at = said, "bot", at
    await plain.save(rows, "state", "by", "at")


async def look_at(act: Act, rows: Sequence[Duty], focus: str) -> None:
    """A leader has these nodes look at something else this time."""
    for row in rows:
        await change(act, row, focus=focus)


async def draft(row: Duty, text: str) -> None:
    """The report as it would be signed now."""
    if row.signed_at is None:
        row.text = text
        await row.save(update_fields=["text"])


async def sign(act: Act, row: Duty, text: str) -> str:
    """Freeze a report; returns its mark, by which every later copy can be compared."""
    mark = hashlib.sha256(text.encode()).hexdigest()[:16]
    await change(
        act, row, signed_by=act.by, signed_at=act.at, text=text, mark=mark, state=Said.SOMETHING, at=act.at
    )
    await record(act.by, act.at, "sign", f"{row.name} {row.node} {row.window_start} {mark}")
    return mark


async def happened(nodes: Collection[str], since: datetime, until: datetime) -> set[str]:
    """Nodes at which something is on record: a ticket, a visit, a round."""
    wanted = list(nodes)
    tickets = Ticket.filter(grid__in=wanted, opened_at__gte=since, opened_at__lt=until)
    visits = Visit.filter(grid__in=wanted, done_at__gte=since, done_at__lt=until)
    rounds = Patrol.filter(grid__in=wanted, at__gte=since, at__lt=until)
    found = set()
    for rows in (tickets, visits, rounds):
        found |= {str(grid) for grid in await rows.distinct().values_list("grid", flat=True)}
    return found


async def opened_between(nodes: Collection[str], since: datetime, until: datetime) -> int:
    """How many matters came in at these nodes."""
    return await Ticket.filter(grid__in=list(nodes), opened_at__gte=since, opened_at__lt=until).count()


async def tally(
    closes_from: date, closes_to: date, nodes: Sequence[str] | None = None
) -> list[tuple[str, str, str]]:
    """(node, name, state) of what closes within some days (and is owed by these nodes)."""
    within = "closes_on >= ? AND closes_on <= ? AND NOT sheet"
    inside = "" if nodes is None else f" AND node IN ({', '.join('?' * len(nodes))})"
    return await plain.table(
        f"SELECT node, name, state FROM duty WHERE {within}{inside} ORDER BY id",
        plain.day(closes_from), plain.day(closes_to), *(nodes or ()),
    )  # fmt: skip


# --- diaries ----------------------------------------------------------------------------------------------


async def write(act: Act, node: str, day: date, text: str) -> Diary:
    """A worker's own words."""
    row = await Diary.create(worker=act.by, node=node, day=day, text=text, at=act.at)
    await created(act, row)
    return row


@dataclass(frozen=True, slots=True)
class DayOf:
    """What is on record of one person's day: numbers of tickets, and counts."""

    taken: tuple[int, ...]
    resolved: tuple[int, ...]
    visits: int
    rounds: int

    @property
    def empty(self) -> bool:
        return not (self.taken or self.resolved or self.visits or self.rounds)


async def day_of(staff: str, since: datetime, until: datetime) -> DayOf:
    """What somebody did between two moments."""
    moves = History.filter(by=staff, at__gte=since, at__lt=until, what__in=["accept", "resolve"])
    lines = [(str(what), int(no)) for what, no in await moves.order_by("id").values_list("what", "ticket")]
    visits = Visit.filter(worker=staff, done_at__gte=since, done_at__lt=until)
    rounds = Patrol.filter(worker=staff, at__gte=since, at__lt=until)
    return DayOf(
        taken=tuple(dict.fromkeys(no for what, no in lines if what == "accept")),
        resolved=tuple(dict.fromkeys(no for what, no in lines if what == "resolve")),
        visits=await visits.count(),
        rounds=await rounds.count(),
    )


async def offer(worker: str, node: str, day: date, text: str, at: datetime) -> Diary | None:
    """A draft of a day, unless there is an entry of his own or a draft already."""
    if await Diary.filter(worker=worker, day=day).exists():
        return None
    return await Diary.create(worker=worker, node=node, day=day, text=text, accepted=False, at=at)


async def accept(act: Act, number: int) -> Diary | None:
    """The draft is his entry now; None where there is none."""
    row = await Diary.get_or_none(id=number, worker=act.by)
    if row is not None:
        await change(act, row, accepted=True)
    return row


async def diaries(worker: str, first: date, last: date) -> list[Diary]:
    """What a worker has accepted of some days."""
    found = Diary.filter(worker=worker, day__gte=first, day__lte=last, accepted=True)
    return await found.order_by("day", "id")
