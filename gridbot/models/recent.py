"""What a batch of turns knows of the last hours without asking the database for each turn.

Mostly that something is *not* there: no open question, no report of this person, no like matter; whoever
may have one is asked for as always. Tickets that were read or written are told as they stand. `look` reads
the newest rows once; what the batch itself adds or changes is learned; any other change of a table makes
the batch forget what it knew of it. Without a batch, or without a look, nothing is known.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, NamedTuple

from gridbot.messages import Say
from gridbot.models import plain
from gridbot.models.batch import running
from gridbot.models.cases.tickets import Candidate, Ticket
from gridbot.models.database import as_moment, is_sqlite

LIVE = frozenset(
    {"open", "accepted", "working", "waiting"}
)  # the states of casework.LIVE, which stands above
SELDOM = ("announcement", "outage", "party")  # tables that turns ask for, and that are often empty
NEWEST = 2000  # rows of a table that are looked at
MANY = 500  # people a statement
EVER = datetime.min.replace(tzinfo=UTC)
NEVER = datetime.max.replace(tzinfo=UTC)


class _Matter(NamedTuple):
    no: int
    at: datetime
    category: str
    sub: str
    building: str
    landmark: str
    urgency: str


@dataclass(slots=True)
class _Matters:
    """Tickets that may be live, opened since a moment; `rows`: some as they stand."""

    since: datetime = EVER
    reporters: dict[str, dict[int, datetime]] = field(default_factory=dict)  # what each reported, and when
    by_grid: dict[str, dict[int, _Matter]] = field(default_factory=dict)
    rows: dict[int, Ticket] = field(default_factory=dict)

    def add(self, reporter: str, grid: str, matter: _Matter) -> None:
        self.reporters.setdefault(reporter, {})[matter.no] = matter.at
        self.by_grid.setdefault(grid, {})[matter.no] = matter


@dataclass(slots=True)
class _Waiting:
    """Who may have an unjudged candidate that came since a moment, and about what in which grid."""

    since: datetime = EVER
    contacts: set[str] = field(default_factory=set)
    by_kind: dict[tuple[str, str], set[str]] = field(default_factory=dict)

    def add(self, contact: str, grid: str, category: str | None) -> None:
        self.contacts.add(contact)
        self.by_kind.setdefault((grid, category or ""), set()).add(contact)


@dataclass(slots=True)
class _Asked:
    """Of these people: where they may have an open question."""

    people: set[str] = field(default_factory=set)
    lanes: set[tuple[str, str]] = field(default_factory=set)


@dataclass(slots=True)
class _Joined:
    """Of the tickets above a number: those that neighbours joined."""

    above: int = 0
    numbers: set[int] = field(default_factory=set)


async def look(contacts: Iterable[str]) -> None:
    """Look once for all turns of the running batch; `contacts` are those who will speak."""
    batch = running()
    if batch is None:
        return
    rows, speaking = _rows(), set(contacts)
    batch.known["ticket"] = await _matters()
    batch.known["ticket"].rows = rows
    batch.known["candidate"] = await _candidates()
    batch.known["question"] = await _questions(speaking)
    batch.known["supporter"] = await _joined()
    batch.known["outbox"] = {}
    showing = await plain.table("SELECT DISTINCT contact FROM early_media")
    batch.known["early_media"] = {str(contact) for (contact,) in showing}
    holds = ", ".join(f"EXISTS(SELECT 1 FROM {name})" for name in SELDOM)
    (found,) = await plain.table(f"SELECT {holds}")
    batch.empty = frozenset(name for name, holding in zip(SELDOM, found, strict=True) if not holding)


async def _matters() -> _Matters:
    known = _Matters()
    found = await plain.table(
        "SELECT state, reporter, grid, no, opened_at, category, sub, building, landmark, urgency FROM ticket "
        "ORDER BY no DESC LIMIT ?",
        NEWEST,
    )
    for state, reporter, grid, no, at, category, sub, building, landmark, urgency in found:
        if state in LIVE:
            said = (category, sub or "", building or "", landmark or "", urgency)
            known.add(reporter, grid, _Matter(no, _moment(at), *said))
    if len(found) == NEWEST:
        known.since = _moment(found[-1][4])
    return known


async def _candidates() -> _Waiting:
    found = await plain.table(
        "SELECT at, contact, answer, grid, category FROM candidate ORDER BY id DESC LIMIT ?", NEWEST
    )
    known = _Waiting()
    for _, contact, answer, grid, category in found:
        if not answer:
            known.add(contact, grid, category)
    if len(found) == NEWEST:
        known.since = _moment(found[-1][0])
    return known


async def _joined() -> _Joined:
    found = await plain.table("SELECT DISTINCT ticket FROM supporter ORDER BY ticket DESC LIMIT ?", NEWEST)
    numbers = {int(no) for (no,) in found}
    return _Joined(min(numbers) if len(found) == NEWEST else 0, numbers)


async def _questions(people: set[str]) -> _Asked:
    known, names = _Asked(people), sorted(people)
    for start in range(0, len(names), MANY):
        part = names[start : start + MANY]
        marks = ", ".join("?" * len(part))
        known.lanes.update(
            (contact, lane)
            for contact, lane in await plain.table(
                f"SELECT contact, lane FROM question WHERE contact IN ({marks})", *part
            )
        )
    return known


def _moment(value: object) -> datetime:
    at = as_moment(value)
    assert at is not None
    return at


# --- what is told -----------------------------------------------------------------------------------------


def is_empty(table: str) -> bool:
    """Whether it is known that a table has no row at all."""
    batch = running()
    return batch is not None and table in batch.empty


def asked_nothing(contact: str, lane: str) -> bool:
    """Whether it is known that a person has no open question in a place."""
    known: _Asked | None = _known("question")
    return known is not None and contact in known.people and (contact, lane) not in known.lanes


def reported(contact: str, since: datetime) -> list[int] | None:
    """The tickets of a person since a moment that may be live, the newest first; None where nobody knows."""
    known: _Matters | None = _known("ticket")
    if known is None or since <= known.since:
        return None
    return sorted((no for no, at in known.reporters.get(contact, {}).items() if at >= since), reverse=True)


def reported_by(people: Iterable[str]) -> Iterator[int]:
    """The tickets of these people that may be live, as far as they are known."""
    known: _Matters | None = _known("ticket")
    if known is not None:
        for each in people:
            yield from known.reporters.get(each, ())


def alarms(grid: str, since: datetime) -> list[int] | None:
    """A grid's emergencies since a moment that may be live, the newest first; None where nobody knows."""
    known: _Matters | None = _known("ticket")
    if known is None or since <= known.since:
        return None
    here = known.by_grid.get(grid, {})
    return sorted(
        (no for no, each in here.items() if each.urgency == "emergency" and each.at >= since), reverse=True
    )


def showed_nothing(contact: str) -> bool:
    """Whether it is known that no picture of a person waits for words."""
    known: set[str] | None = _known("early_media")
    return known is not None and contact not in known


def nothing_to_judge(contact: str, since: datetime) -> bool:
    """Whether it is known that nothing a person said since a moment waits for a judgement."""
    known: _Waiting | None = _known("candidate")
    return known is not None and since > known.since and contact not in known.contacts


def nothing_unsure(grid: str, category: str, since: datetime, but: str) -> bool:
    """Whether it is known that nobody else's words about a category wait for a judgement in a grid."""
    known: _Waiting | None = _known("candidate")
    return (
        known is not None and since > known.since and not known.by_kind.get((grid, category), set()) - {but}
    )


def no_like_matter(grid: str, category: str, sub: str | None, building: str | None, since: datetime) -> bool:
    """Whether it is known that `around.same_matter` would find nothing."""
    known: _Matters | None = _known("ticket")
    if known is None or since <= known.since:
        return False
    return not any(
        other.at >= since
        and other.category == category
        and (not other.sub or (sub or "") in ("", other.sub))
        and (not other.building or (building or "") in ("", other.building))
        for other in known.by_grid.get(grid, {}).values()
    )


def like(grid: str, category: str, place: str | None, since: datetime) -> list[int] | None:
    """The tickets of a kind since a moment at this building or landmark that may be live, in their order.

    `place` None: anywhere in the grid. None where nobody knows.
    """
    known: _Matters | None = _known("ticket")
    if known is None or since <= known.since:
        return None
    return sorted(
        no
        for no, other in known.by_grid.get(grid, {}).items()
        if other.at >= since
        and other.category == category
        and (place is None or place in (other.building, other.landmark))
    )


def only_one(ticket: Ticket, place: str | None, since: datetime) -> bool:
    """Whether it is known that nothing else of its kind was opened there: see `like`."""
    numbers = like(ticket.grid, ticket.category, place, since)
    return numbers is not None and not set(numbers) - {ticket.no}


def nobody_joined(numbers: Collection[int]) -> bool:
    """Whether it is known that no neighbour joined any of these tickets."""
    known: _Joined | None = _known("supporter")
    return known is not None and known.numbers.isdisjoint(numbers) and min(numbers, default=0) >= known.above


def messages(since: datetime) -> dict[str, int]:
    """How many messages groups have had since a moment, as far as counted in this batch; to be added to."""
    return _counted("all", since)


def said_by_clock(since: datetime) -> dict[str, int]:
    """The same for what nobody's message caused, in private chats too."""
    return _counted("clock", since)


def _counted(what: str, since: datetime) -> dict[str, int]:
    known: dict[tuple[str, datetime], dict[str, int]] | None = _known("outbox")
    return {} if known is None else known.setdefault((what, since), {})


def ticket(no: int) -> Ticket | None:
    """A ticket as it stands, if that is known; the caller's own."""
    known: _Matters | None = _known("ticket")
    row = None if known is None else known.rows.get(no)
    return None if row is None else plain.copied(row)


def knows(no: int) -> bool:
    """Whether a ticket is known as it stands."""
    known: _Matters | None = _known("ticket")
    return known is not None and no in known.rows


# --- what is learned --------------------------------------------------------------------------------------


def asked(contact: str, lane: str) -> None:
    """A person was asked something."""
    known: _Asked | None = _known("question")
    if known is not None:
        known.lanes.add((contact, lane))


def read(ticket: Ticket) -> None:
    """A whole ticket was read."""
    if running() is not None and is_sqlite():  # elsewhere another process may change it meanwhile
        _rows()[ticket.no] = plain.copied(ticket)


def _rows() -> dict[int, Ticket]:
    """The tickets that are known, to be added to."""
    batch = running()
    assert batch is not None
    known: _Matters = batch.known.setdefault("ticket", _Matters(NEVER))
    return known.rows


def changed(ticket: Ticket, names: Iterable[str]) -> None:
    """Some fields of a ticket are different now."""
    known: _Matters | None = _known("ticket")
    row = None if known is None else known.rows.get(ticket.no)
    if row is not None:
        values = plain.copied(ticket).__dict__
        row.__dict__.update({name: values[name] for name in names})
    stands(ticket)


def opened(ticket: Ticket) -> None:
    """A new ticket."""
    read(ticket)
    stands(ticket)


def stands(ticket: Ticket) -> None:
    """A ticket is open, or different now."""
    known: _Matters | None = _known("ticket")
    if known is not None:
        matter = _Matter(
            ticket.no, ticket.opened_at, ticket.category,
            ticket.sub or "", ticket.building or "", ticket.landmark or "", ticket.urgency,
        )  # fmt: skip
        known.add(ticket.reporter, ticket.grid, matter)


def joined(no: int) -> None:
    """A neighbour joined a ticket."""
    known: _Joined | None = _known("supporter")
    if known is not None:
        known.numbers.add(no)


def waits(candidate: Candidate) -> None:
    """Something waits for a judgement."""
    known: _Waiting | None = _known("candidate")
    if known is not None:
        known.add(candidate.contact, candidate.grid, candidate.category)


def said(says: Iterable[Say], *, by_clock: bool) -> None:
    """Messages were queued; one with `once` perhaps, if it had not been before."""
    known: dict[tuple[str, datetime], dict[str, int]] = _known("outbox") or {}
    for (what, _), counts in known.items():
        if not by_clock and what != "all":
            continue
        for say in says:
            lane = say.to.lane
            if say.once is not None:
                counts.pop(lane, None)
            elif not say.urgent and lane in counts:
                counts[lane] += 1


def _known(table: str) -> Any:
    batch = running()
    return None if batch is None else batch.known.get(table)
