"""Tickets as other programs may see them: a reporter's own, and what anybody may know of a matter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from gridbot.models.cases import reported
from gridbot.models.cases.casework import ENDED, LIVE, STATE_ZH, State
from gridbot.models.cases.tickets import History, Ticket, TicketMessage
from gridbot.models.database import moment
from gridbot.models.plain import rows
from gridbot.models.territory.directory import Directory
from gridbot.nlp.slots.quantity import mask

MOST = 1000  # requests an answer
CLOSED = (*ENDED, State.RESOLVED)


@dataclass(frozen=True, slots=True)
class Own:
    """How one's own matter stands; moments are UTC."""

    no: int
    kind: str
    what: str
    state: str
    state_zh: str
    stage: str | None
    opened_at: datetime
    due_at: datetime | None
    promised_at: datetime | None
    result: str
    satisfaction: str | None


async def own(directory: Directory, contact: str) -> list[Own]:
    """The matters of an account, newest first."""
    return [
        Own(
            no=each.no, kind=each.kind, what=_called(directory, each), state=each.state,
            state_zh=STATE_ZH[State(each.state)], stage=each.stage, opened_at=each.opened_at,
            due_at=each.due_at if each.state in LIVE else None, promised_at=each.promised_at,
            result=each.result, satisfaction=each.satisfaction,
        )
        for each in await reported.concerning(contact)
    ]  # fmt: skip


def _called(directory: Directory, ticket: Ticket) -> str:
    category = directory.profile(ticket.grid).category(ticket.category)
    return category.subs.get(ticket.sub or "", category.zh)


@dataclass(frozen=True, slots=True)
class Public:
    """What anybody may know of a matter that is nobody's secret: no words, no room, no person."""

    no: int
    open: bool
    state_zh: str
    service: str  # category, or category.sub
    name: str
    area: str  # the grid
    place: str  # a building or a landmark
    opened_at: datetime
    updated_at: datetime
    expected_at: datetime | None
    words: str  # the reporter's; for a reader with the token alone


async def requests(
    directory: Directory,
    *,
    numbers: Sequence[int] = (),
    since: datetime | None = None,
    until: datetime | None = None,
    is_open: bool | None = None,
    services: Sequence[str] = (),
) -> list[Public]:
    """Matters by number, or opened in a span, newest first; sensitive ones and services are left out."""
    wanted = ["NOT sensitive", "kind = 'issue'"]
    values: list[object] = []
    if numbers:
        wanted.append(f"no IN ({', '.join('?' * len(numbers))})")
        values += numbers
    for clause, at in (("opened_at >= ?", since), ("opened_at <= ?", until)):
        if at is not None:
            wanted.append(clause)
            values.append(moment(at))
    if is_open is not None:
        wanted.append(f"state {'NOT IN' if is_open else 'IN'} ({', '.join('?' * len(CLOSED))})")
        values += CLOSED
    found = await rows(Ticket, f"WHERE {' AND '.join(wanted)} ORDER BY no DESC LIMIT ?", *values, MOST)
    fit = [each for each in found if not services or {_service(each), each.category} & set(services)]
    changed = await _changed([each.no for each in fit])
    return [_public(directory, each, changed.get(each.no, each.opened_at)) for each in fit]


def _service(ticket: Ticket) -> str:
    return f"{ticket.category}.{ticket.sub}" if ticket.sub else ticket.category


async def _changed(numbers: Sequence[int]) -> dict[int, datetime]:
    """When each was last touched."""
    lines = await History.filter(ticket__in=list(numbers)).order_by("id").only("id", "ticket", "at")
    return {line.ticket: line.at for line in lines}


def _public(directory: Directory, ticket: Ticket, changed: datetime) -> Public:
    node = directory.nodes.get(ticket.grid)
    return Public(
        no=ticket.no,
        open=ticket.state not in CLOSED,
        state_zh=STATE_ZH[State(ticket.state)],
        service=_service(ticket),
        name=_called(directory, ticket),
        area=node.name if node else "",
        place=ticket.landmark or (f"{ticket.building}号楼" if ticket.building else ""),
        opened_at=ticket.opened_at,
        updated_at=changed,
        expected_at=ticket.due_at if ticket.state in LIVE else None,
        words=mask(ticket.summary),
    )


async def by_message(contact: str, message: str) -> int | None:
    """The number of the ticket that a message of an account belongs to; None while there is none."""
    row = await TicketMessage.filter(contact=contact, message=message, ticket__isnull=False).first()
    return row.ticket if row is not None else None
