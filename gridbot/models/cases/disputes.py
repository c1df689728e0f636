"""The ledger of disputes: one row a ticket, what was tried, what was agreed, how it held."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import datetime

from tortoise.expressions import Q

from gridbot.models.acts import Act, change, created
from gridbot.models.cases.tickets import Ticket
from gridbot.models.neighbours.trust import Dispute, DisputeLine

CATEGORY = "dispute"
WANTED = ("legal_aid", "mediation")  # somebody asks to be mediated: the same ledger
OPEN, AGREED, CLOSED = "open", "agreed", "closed"
ATTEMPT, SETTLED, FOLLOW_UP, RISK, MEDIATOR = "attempt", "agreed", "follow_up", "risk", "mediator"
RED, YELLOW, GREEN = "红", "黄", "绿"
DROPPED = ("withdrawn", "declined", "merged")
ENDED = (*DROPPED, "resolved", "closed")
_RISKS = {"emergency": RED, "high": YELLOW}


def is_one(ticket: Ticket) -> bool:
    """Whether a matter belongs into the ledger."""
    return ticket.category == CATEGORY or (ticket.category, ticket.sub) == WANTED


async def of_ticket(act: Act, ticket: Ticket) -> Dispute:
    """The ledger's row of a dispute ticket; made at the first look."""
    row = await Dispute.get_or_none(ticket=ticket.no)
    return row or await opened(act, ticket, [ticket.household] if ticket.household else [])


async def find(no: int) -> Dispute | None:
    """The ledger's row of a ticket's number, None where there is none."""
    return await Dispute.get_or_none(ticket=no)


async def opened(act: Act, ticket: Ticket, households: Collection[str], risk: str = "") -> Dispute:
    """Enter a dispute; its risk is the ticket's urgency unless somebody says so."""
    return await Dispute.create(
        ticket=ticket.no, node=ticket.grid, kind=ticket.sub or "", households=list(households),
        risk=risk or _RISKS.get(ticket.urgency, GREEN), words=ticket.summary, by=act.by,
        opened_at=ticket.opened_at,
    )  # fmt: skip


async def entered(act: Act, nodes: Collection[str] | None = None) -> None:
    """Enter every dispute ticket (of these nodes) that is not in the ledger yet."""
    one = Q(category=CATEGORY) | Q(category=WANTED[0], sub=WANTED[1])
    found = Ticket.filter(one).exclude(state__in=DROPPED)
    found = found if nodes is None else found.filter(grid__in=list(nodes))
    known = {row.ticket for row in await Dispute.all().only("id", "ticket")}
    for ticket in await found.order_by("no"):
        if ticket.no not in known:
            await opened(act, ticket, [ticket.household] if ticket.household else [])


async def _kept(rows: list[Dispute], but: Collection[str] = DROPPED) -> list[Dispute]:
    """Without those whose ticket turned out to be none (or is in one of these states)."""
    numbers = [row.ticket for row in rows if row.ticket is not None]
    gone = set(await Ticket.filter(no__in=numbers, state__in=list(but)).values_list("no", flat=True))
    return [row for row in rows if row.ticket not in {int(str(no)) for no in gone}]


async def unsettled(nodes: Collection[str]) -> list[Dispute]:
    """What is not closed at these nodes: red first, then the oldest."""
    rows = await _kept(await Dispute.filter(node__in=list(nodes)).exclude(state=CLOSED).order_by("id"))
    return sorted(rows, key=lambda row: ((RED, YELLOW, GREEN).index(row.risk), row.id))


async def called_to(mediator: str) -> list[Dispute]:
    """The open disputes a mediator has been called to, the oldest first."""
    return await _kept(await Dispute.filter(mediator=mediator, state=OPEN).order_by("id"), ENDED)


async def silent(before: datetime) -> list[tuple[Dispute, datetime]]:
    """Open disputes of which nothing was heard since a moment, with the moment of the last word.

    Left out where the matter itself is done with: whoever ended it has said how.
    """
    rows = await _kept(await Dispute.filter(state=OPEN, opened_at__lt=before).order_by("id"), ENDED)
    last: dict[int, datetime] = {}
    for line in await DisputeLine.filter(dispute__in=[row.id for row in rows]).order_by("id"):
        if line.what != MEDIATOR:
            last[line.dispute] = line.at
    found = [(row, last.get(row.id, row.opened_at)) for row in rows]
    return [(row, at) for row, at in found if at < before]


async def noted(act: Act, row: Dispute, what: str, words: str, **values: object) -> None:
    """One more line about a dispute, and the fields that change with it."""
    line = await DisputeLine.create(dispute=row.id, what=what, words=words, by=act.by, at=act.at)
    await created(act, line)
    if values:
        await change(act, row, **values)


async def lines(dispute: int) -> list[DisputeLine]:
    """What was done, in order."""
    return await DisputeLine.filter(dispute=dispute).order_by("id")


async def attempts(rows: Iterable[Dispute]) -> Counter[int]:
    """How often each was tried, by the row's id."""
    numbers = [row.id for row in rows]
    found = DisputeLine.filter(dispute__in=numbers, what=ATTEMPT).values_list("dispute", flat=True)
    return Counter(int(str(each)) for each in await found)


async def blank(before: datetime) -> None:
    """The time for keeping words is over: kind, risk, times and what came of it stay."""
    old = await Dispute.filter(closed_at__lt=before).exclude(words="").values_list("id", flat=True)
    numbers = [int(str(each)) for each in old]
    await Dispute.filter(id__in=numbers).update(words="", agreement="", households=[])
    await DisputeLine.filter(dispute__in=numbers).update(words="")
