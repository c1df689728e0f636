"""Departments and colleagues who take part in a ticket: called, come, done, returned."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from gridbot.models import plain
from gridbot.models.acts import Act, change, created
from gridbot.models.cases.casework import LIVE
from gridbot.models.cases.parties import Party
from gridbot.models.cases.tickets import Ticket
from gridbot.models.database import moment

LEAD, SUPPORT, CALLED, BELOW = "lead", "support", "called", "below"
WORKING = (LEAD, SUPPORT)  # whose answer a ticket waits for
ASKED, CALLED_NOW, CAME, DONE, RETURNED = "asked", "called", "came", "done", "returned"
OPEN = (ASKED, CALLED_NOW, CAME)
ANEW = ("state", "by", "asked_at", "called_at", "due_at", "came_at", "done_at", "words")
CALLED_AGAIN = "ON CONFLICT (ticket, who, role) DO UPDATE SET " + ", ".join(
    f"{name} = excluded.{name}" for name in ANEW
)
_LIVE = ", ".join(f"'{state}'" for state in LIVE)


async def call(
    act: Act,
    ticket: Ticket,
    who: str,
    role: str,
    *,
    department: bool,
    due_at: datetime | None = None,
    asked: bool = False,
) -> Party:
    """Call somebody to a ticket, again if he was called before; `asked`: the desk has yet to confirm.

    Whoever is at work on it already stays so: another role only adds to his one part, leading counts most.
    """
    called_at = None if asked else act.at
    state = ASKED if asked else CALLED_NOW
    party = plain.new(
        Party,
        ticket=ticket.no, who=who, role=role, department=department, state=state, by=act.by,
        asked_at=act.at, called_at=called_at, due_at=due_at,
    )  # fmt: skip
    if act.turn is None:  # nobody takes it back: what was there before need not be known
        await plain.add([party], CALLED_AGAIN)
        return party
    before = await _part(ticket.no, who, role)
    if before is not None:
        role = LEAD if LEAD in (role, before.role) else role
        if before.state in (CALLED_NOW, CAME):
            await change(act, before, role=role)
            return before
        await change(
            act, before, role=role, state=state, by=act.by, asked_at=act.at, called_at=called_at,
            due_at=due_at, came_at=None, done_at=None, words="",
        )  # fmt: skip
        return before
    await party.save(force_create=True)
    await created(act, party)
    return party


async def _part(no: int, who: str, role: str) -> Party | None:
    """The one part somebody has in the work on a ticket; in any other role the row of that role."""
    parts = await of(no, *(WORKING if role in WORKING else (role,)))
    return next((each for each in parts if each.who == who), None)


async def at_work(no: int) -> dict[str, Party]:
    """Who has been called and has not finished, by id."""
    parts = await of(no, *WORKING)
    return {each.who: each for each in parts if each.state in (CALLED_NOW, CAME)}


async def mark(act: Act, party: Party, state: str, **values: object) -> None:
    """Another state of one who takes part, undoable."""
    await change(act, party, state=state, **values)


async def rate(act: Act, party: Party, rating: str) -> None:
    """What the town says of a department's part."""
    await change(act, party, rating=rating)


async def of(no: int, *roles: str) -> list[Party]:
    """Who takes part in a ticket (in these roles), in order of the calls."""
    found = await plain.rows(Party, "WHERE ticket = ? ORDER BY id", no)
    return [each for each in found if not roles or each.role in roles]


async def party(number: int) -> Party | None:
    return await plain.row(Party, "WHERE id = ?", number)


async def part_of(no: int, *names: str | None) -> Party | None:
    """The part of a person or department in a ticket that is not finished."""
    return next((each for each in await of(no, *WORKING) if each.who in names and each.state in OPEN), None)


async def takes_part(no: int, *names: str | None) -> bool:
    """Whether one of these was called to the ticket."""
    return any(each.who in names and each.state != ASKED for each in await of(no))


async def working(who: str) -> list[Ticket]:
    """Live tickets in which somebody's part is not finished, the nearest deadline first."""
    return await plain.rows(
        Ticket,
        "WHERE no IN (SELECT ticket FROM party WHERE who = ? AND role IN ('lead', 'support') "
        f"AND state IN ('called', 'came')) AND state IN ({_LIVE}) ORDER BY due_at, no",
        who,
    )


async def last_part(who: str, since: datetime) -> Party | None:
    """Where somebody who was called has ended his part last, since a moment."""
    return await plain.row(
        Party,
        "WHERE who = ? AND state IN ('done', 'returned') AND done_at >= ? ORDER BY done_at DESC LIMIT 1",
        who,
        moment(since),
    )


async def joint_now() -> list[Ticket]:
    """Live tickets in which somebody who was called has not finished his part."""
    return await plain.rows(
        Ticket,
        "WHERE no IN (SELECT ticket FROM party WHERE role IN ('lead', 'support') "
        f"AND state IN ('asked', 'called', 'came')) AND state IN ({_LIVE}) ORDER BY due_at, no",
    )


async def unanswered(until: datetime) -> list[tuple[Party, Ticket]]:
    """Whistles past their time at a moment, of live tickets: nobody has come, or nobody has confirmed."""
    found = await plain.rows(
        Party, "WHERE due_at < ? AND state IN ('asked', 'called') ORDER BY due_at, id", moment(until)
    )
    waiting = [each for each in found if each.role in WORKING]
    tickets = await _live({each.ticket for each in waiting})
    return [(each, tickets[each.ticket]) for each in waiting if each.ticket in tickets]


async def _live(numbers: Iterable[int]) -> dict[int, Ticket]:
    wanted: Sequence[int] = sorted(numbers)
    if not wanted:
        return {}
    return {row.no: row for row in await Ticket.filter(no__in=wanted, state__in=LIVE)}


async def of_many(numbers: Sequence[int]) -> list[Party]:
    """Who takes part in these tickets."""
    return await Party.filter(ticket__in=list(numbers)).order_by("id")
