"""Tickets and candidates by their numbers, and what belongs to each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from gridbot.models import plain, recent
from gridbot.models.cases.casework import LIVE
from gridbot.models.cases.tickets import Candidate, History, Supporter, Ticket, TicketMessage
from gridbot.models.database import as_moment, is_sqlite

MANY = 500  # numbers a statement


class Held(NamedTuple):
    """What a reminder of a ticket reads of it; a minute may bring a hundred thousand of them."""

    no: int
    state: str
    assignee: str | None
    urgency: str
    grid: str
    category: str
    sub: str | None
    transport: str
    account: str
    due_at: datetime | None


async def ticket(no: int) -> Ticket | None:
    """The ticket of a number as it stands."""
    if (known := recent.ticket(no)) is not None:
        return known
    found = await plain.row(Ticket, "WHERE no = ?", no)
    if found is not None:
        recent.read(found)
    return found


async def tickets(subjects: Iterable[str]) -> dict[str, Ticket]:
    """The tickets of duties (`ticket:12`), by that name."""
    found: dict[str, Ticket] = {}
    for part in _numbers(subjects):
        marks = ", ".join("?" * len(part))
        for row in await plain.rows(Ticket, f"WHERE no IN ({marks})", *part):
            found[f"ticket:{row.no}"] = row
    return found


async def live(numbers: Iterable[int]) -> list[Ticket]:
    """Of these tickets those that are live, in this order."""
    found = [await ticket(no) for no in numbers]
    return [row for row in found if row is not None and row.state in LIVE]


async def look(subjects: Iterable[str]) -> None:
    """Read once for the running batch the tickets of duties (`ticket:12`), where they are kept."""
    if not is_sqlite():  # elsewhere another process may change them meanwhile
        return
    for found in (await tickets(subject for subject in subjects if not _is_known(subject))).values():
        recent.read(found)


def _is_known(subject: str) -> bool:
    return recent.knows(int(subject.removeprefix("ticket:")))


async def held(subjects: Iterable[str]) -> dict[str, Held]:
    """What reminders read of the tickets of duties (`ticket:12`), by that name."""
    columns = ", ".join(Held._fields)
    found: dict[str, Held] = {}
    moments: dict[object, datetime | None] = {}  # what falls due together has the same deadline
    for part in _numbers(subjects):
        marks = ", ".join("?" * len(part))
        sql = f"SELECT {columns} FROM ticket WHERE no IN ({marks})"
        for *values, due_at in await plain.table(sql, *part):
            if due_at not in moments:
                moments[due_at] = as_moment(due_at)
            found[f"ticket:{values[0]}"] = Held._make((*values, moments[due_at]))
    return found


def _numbers(subjects: Iterable[str]) -> Iterator[list[int]]:
    """The numbers of tickets in duties (`ticket:12`), MANY at a time."""
    numbers = [int(subject.removeprefix("ticket:")) for subject in subjects]
    for start in range(0, len(numbers), MANY):
        yield numbers[start : start + MANY]


async def candidate(number: int) -> Candidate | None:
    return await plain.row(Candidate, "WHERE id = ?", number)


async def supporters(no: int) -> list[Supporter]:
    return await Supporter.filter(ticket=no).order_by("id")


async def messages(no: int) -> list[TicketMessage]:
    return await TicketMessage.filter(ticket=no).order_by("id")


async def history(no: int) -> list[History]:
    return await History.filter(ticket=no).order_by("id")


async def last_line(no: int, what: str) -> History | None:
    """The newest line of a ticket's history of one kind."""
    return await History.filter(ticket=no, what=what).order_by("-id").first()


async def last_change(no: int) -> History | None:
    """The newest line of a ticket's history that a person wrote or that changed its state."""
    lines = await History.filter(ticket=no).order_by("-id").limit(10)
    return next((line for line in lines if line.by != "bot" or line.was != line.now), None)
