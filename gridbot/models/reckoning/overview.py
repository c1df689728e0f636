"""What the pages show: reads only, each bounded, each within the nodes the reader covers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from tortoise.expressions import Q, Subquery
from tortoise.functions import Count
from tortoise.queryset import QuerySet

from gridbot.messages import Address, Outgoing
from gridbot.models import acts
from gridbot.models.cases.casework import LIVE, State
from gridbot.models.cases.tickets import Candidate, Ticket
from gridbot.models.database import connection, first, transaction
from gridbot.models.duty.duties import Due, Visit
from gridbot.models.mail import Inbox, Outbox
from gridbot.models.territory.org import Household, Node, Resident
from gridbot.wire import say_from

READ_BACK = 200  # messages of the bot shown again after a restart
MOST_PEOPLE = 2_000


async def said(where: Address) -> list[tuple[datetime, Outgoing]]:
    """What the bot said in a conversation, oldest first, the newest 200."""
    rows = await Outbox.filter(lane=where.lane, state="sent").order_by("-id").limit(READ_BACK)
    return [
        (
            row.sent_at or row.made_at,
            Outgoing(str(row.id), say_from(where, row.text, row.key, row.urgent, row.extra)),
        )
        for row in reversed(rows)
    ]


async def residents_with_account() -> list[str]:
    """The contacts of residents, in the order of the register."""
    rows = await Resident.exclude(contact="").order_by("id").limit(MOST_PEOPLE)
    return [row.contact for row in rows]


async def neighbour(nodes: Sequence[str], *, building: str) -> str | None:
    """Some resident with an account who lives at one of the nodes, in that building if anybody does."""
    homes = Household.filter(node__in=list(nodes))
    for found in (homes.filter(building=building), homes):
        ids = await found.order_by("id").limit(200).values_list("id", flat=True)
        row = await Resident.filter(household__in=ids).exclude(contact="").order_by("id").first()
        if row is not None:
            return row.contact
    return None


async def answers() -> None:
    """Return when the database has answered a question; raises what it raises."""
    await connection().execute_query("SELECT 1")


# --- the console ------------------------------------------------------------------------------------------

PAGE = 30  # tickets a page
MANY_NODES = 2000  # more may be the whole tree
MOST_VISITS = 500
OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class Numbers:
    """How things stand at one moment."""

    opened_today: int
    done_today: int
    live: int
    unanswered: int  # past the time of the first reply, nobody has answered
    overdue: int  # past the deadline
    emergencies: int  # live ones
    verdicts: int  # resolved, the resident has not said how
    candidates: int  # waiting for a worker's yes or no
    visits_due: int  # today
    visits_late: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """A choice of tickets; empty means any. `words`: a number, or part of a place."""

    state: str = ""  # a State, "live", or "overdue"
    category: str = ""
    grid: str = ""
    words: str = ""
    since: datetime | None = None  # opened then or later
    until: datetime | None = None  # opened before


@dataclass(frozen=True, slots=True)
class VisitLine:
    """A visit that is owed, with the household's door."""

    due_on: date
    why: str
    worker: str
    address: str
    head: str
    node: str


@dataclass(frozen=True, slots=True)
class Reporter:
    """Whom to call back."""

    name: str
    phone: str
    address: str


async def numbers(nodes: Sequence[str], midnight: datetime, now: datetime) -> Numbers:
    """The day's numbers of some nodes; `midnight` is when the local day began."""
    mine = await _of(nodes)
    live = mine.filter(state__in=LIVE)
    owed = _owed(nodes)
    today = midnight.date()
    return Numbers(
        opened_today=await mine.filter(opened_at__gte=midnight).count(),
        done_today=await mine.filter(resolved_at__gte=midnight).count(),
        live=await live.count(),
        unanswered=await live.filter(first_reply_at__isnull=True, first_reply_due_at__lt=now).count(),
        overdue=await live.filter(due_at__lt=now).count(),
        emergencies=await live.filter(urgency="emergency").count(),
        verdicts=await mine.filter(state=State.RESOLVED).count(),
        candidates=await Candidate.filter(grid__in=list(nodes), answer="").count(),
        visits_due=await owed.filter(due_on=today).count(),
        visits_late=await owed.filter(due_on__lt=today).count(),
    )


async def tickets(nodes: Sequence[str], wanted: Wanted, now: datetime, page: int) -> tuple[list[Ticket], int]:
    """One page (from 1) of tickets at these nodes, and how many fit altogether.

    What is to be done comes by deadline, everything else newest first.
    """
    found = Ticket.filter(grid=wanted.grid) if wanted.grid in nodes else await _of(nodes)
    order = "-no"
    if wanted.state in ("live", OVERDUE):
        found, order = found.filter(state__in=LIVE), "due_at"
        if wanted.state == OVERDUE:
            found = found.filter(due_at__lt=now)
    elif wanted.state:
        found = found.filter(state=wanted.state)
    if wanted.category:
        found = found.filter(category=wanted.category)
    if wanted.since is not None:
        found = found.filter(opened_at__gte=wanted.since)
    if wanted.until is not None:
        found = found.filter(opened_at__lt=wanted.until)
    if wanted.words:
        found = found.filter(_named(wanted.words))
    rows = await found.order_by(order, "-no").offset((page - 1) * PAGE).limit(PAGE)
    return rows, await found.count()


async def _of(nodes: Sequence[str]) -> QuerySet[Ticket]:
    """The tickets of these nodes; where they are all there are nothing needs to be looked for."""
    if len(nodes) > MANY_NODES and len(set(nodes)) >= await Node.all().count():
        return Ticket.all()
    return Ticket.filter(grid__in=list(nodes))


def _named(words: str) -> Q:
    number = words.strip().lstrip("#＃")
    if number.isdecimal() and len(number) < 10:
        return Q(no=int(number)) | Q(place__contains=number)
    return Q(place__contains=words) | Q(landmark__contains=words)


async def visits(nodes: Sequence[str], until: date) -> list[VisitLine]:
    """Visits owed at these nodes up to a day, the oldest first, at most 500."""
    rows = await _owed(nodes).filter(due_on__lte=until).order_by("due_on", "id").limit(MOST_VISITS)
    homes = {home.id: home for home in await Household.filter(id__in={row.household for row in rows})}
    return [
        VisitLine(row.due_on, row.why, row.worker, home.address, home.head, home.node)
        for row in rows
        if row.due_on is not None and (home := homes.get(row.household)) is not None
    ]


def _owed(nodes: Sequence[str]) -> QuerySet[Visit]:
    """Visits that are planned and not yet made."""
    homes = Subquery(Household.filter(node__in=list(nodes)).values("id"))
    return Visit.filter(household__in=homes, done_at__isnull=True, dropped=False)


async def reporter(contact: str, household: str | None) -> Reporter | None:
    """The resident behind an account or a household; None for a stranger."""
    row = await Resident.filter(contact=contact).order_by("id").first() if contact else None
    home = await Household.get_or_none(id=row.household if row else household or "")
    if row is None and home is None:
        return None
    name = row.name if row else home.head if home else ""
    phone = (row.phone if row else "") or (home.phone if home else "")
    return Reporter(name, phone, home.address if home else "")


async def resident_names(contacts: Iterable[str]) -> dict[str, str]:
    """Names by contact, of those who are residents."""
    rows = await Resident.filter(contact__in=list(contacts)).exclude(contact="")
    return {row.contact: row.name for row in rows}


async def looked_at(staff: str, no: int, now: datetime) -> None:
    """Record that somebody opened a ticket on the console."""
    async with transaction():
        await acts.record(staff, now, "console.look", f"ticket:{no}")


# --- what is queued ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Depths:
    """How much waits."""

    inbox: int
    parked: int
    outbox: int
    dead: int
    due_lag_s: float  # how long the oldest due row has been due; 0 where none is


async def depths(now: datetime) -> Depths:
    late = await Due.filter(due_at__lte=now).order_by("due_at").first()
    return Depths(
        inbox=await Inbox.filter(parked=False).count(),
        parked=await Inbox.filter(parked=True).count(),
        outbox=int(str(await first("SELECT COUNT(*) FROM outbox WHERE due_at IS NOT NULL"))),
        dead=await Outbox.filter(state="dead").count(),
        due_lag_s=(now - late.due_at).total_seconds() if late and late.due_at else 0.0,
    )


async def ticket_states() -> dict[str, int]:
    """How many tickets are in each state."""
    rows = await Ticket.all().annotate(many=Count("no")).group_by("state").values_list("state", "many")
    return {str(state): int(many) for state, many in rows}
