"""Finding tickets, candidates and questions: the reads that handlers need, each by an index."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from tortoise.expressions import Q, Subquery

from gridbot.models import plain, recent
from gridbot.models.cases import casework
from gridbot.models.cases.casework import BAD, LIVE, State
from gridbot.models.cases.parties import Party
from gridbot.models.cases.tickets import Candidate, History, Question, Supporter, Ticket, TicketMessage
from gridbot.models.database import as_moment, first, is_sqlite, moment
from gridbot.models.mail import Outbox
from gridbot.models.territory.directory import Directory
from gridbot.models.territory.org import Household, Resident

_CANDIDATE = re.compile(r"待确认\s?(\d{1,9})")
_LIVE = "(" + ", ".join(f"'{state}'" for state in LIVE) + ")"
MANY = 500  # numbers a statement
MANY_NODES = 1000  # of more the open tickets are gone through by deadline
PAGE = 1000
_NUMBER = re.compile(r"#(\d{1,9})")


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


async def tickets(subjects: Iterable[str]) -> dict[str, Ticket]:
    """The tickets of duties (`ticket:12`), by that name."""
    found: dict[str, Ticket] = {}
    for part in _numbers(subjects):
        marks = ", ".join("?" * len(part))
        for row in await plain.rows(Ticket, f"WHERE no IN ({marks})", *part):
            found[f"ticket:{row.no}"] = row
    return found


def _numbers(subjects: Iterable[str]) -> Iterator[list[int]]:
    """The numbers of tickets in duties (`ticket:12`), MANY at a time."""
    numbers = [int(subject.removeprefix("ticket:")) for subject in subjects]
    for start in range(0, len(numbers), MANY):
        yield numbers[start : start + MANY]


async def ticket(no: int) -> Ticket | None:
    return await casework.ticket(no)


def _is_known(subject: str) -> bool:
    return recent.knows(int(subject.removeprefix("ticket:")))


async def look(subjects: Iterable[str]) -> None:
    """Read once for the running batch the tickets of duties (`ticket:12`), where they are kept."""
    if not is_sqlite():  # elsewhere another process may change them meanwhile
        return
    for found in (await tickets(subject for subject in subjects if not _is_known(subject))).values():
        recent.read(found)


async def last_of(contact: str, room: str | None, since: datetime) -> Ticket | None:
    """The newest ticket this person opened in this conversation since a moment, still live."""
    if (known := recent.reported(contact, since)) is not None:
        return next((row for row in await _live(known) if (row.room or "") == (room or "")), None)
    no = await first(
        f"SELECT no FROM ticket WHERE reporter = ? AND opened_at >= ? AND COALESCE(room, '') = ? "
        f"AND state IN {_LIVE} ORDER BY no DESC LIMIT 1",
        contact,
        moment(since),
        room or "",
    )
    return None if no is None else await ticket(int(str(no)))


async def _live(numbers: Iterable[int]) -> list[Ticket]:
    """Of these tickets those that are live, in this order."""
    found = [await ticket(no) for no in numbers]
    return [row for row in found if row is not None and row.state in LIVE]


async def opened_with(one: Ticket) -> list[Ticket]:
    """The other live tickets that the same message opened."""
    found = Ticket.filter(reporter=one.reporter, opened_at=one.opened_at, state__in=LIVE).exclude(no=one.no)
    return [other for other in await found.order_by("no") if other.room == one.room]


async def alarm_for(household: str, rule: str) -> Ticket | None:
    """The live emergency of a household that one rule stands for, the newest."""
    found = await Ticket.filter(household=household, urgency="emergency", state__in=LIVE).order_by("-no")
    return next((row for row in found if rule in row.because), None)


async def reported_since(contact: str, since: datetime) -> list[Ticket]:
    """What a person reported since a moment that is still live, newest first."""
    if (known := recent.reported(contact, since)) is not None:
        return await _live(known)
    return await Ticket.filter(reporter=contact, opened_at__gte=since, state__in=LIVE).order_by("-no")


async def last_of_person(contact: str, since: datetime) -> Ticket | None:
    """The newest ticket of a person since a moment, wherever he reported it, still live."""
    if (known := recent.reported(contact, since)) is not None:
        return next(iter(await _live(known)), None)
    return await Ticket.filter(reporter=contact, opened_at__gte=since, state__in=LIVE).order_by("-no").first()


async def grid_of(contact: str) -> str:
    """The grid of the newest ticket somebody reported; "" where he never did."""
    newest = await Ticket.filter(reporter=contact).order_by("-no").first().values("grid")
    return str(newest["grid"]) if newest else ""


async def last_candidate_of(contact: str, room: str | None, since: datetime) -> Candidate | None:
    """The newest unanswered candidate of this person in this conversation since a moment."""
    if recent.nothing_to_judge(contact, since):
        return None
    found = await first(
        "SELECT id FROM candidate WHERE contact = ? AND at >= ? AND COALESCE(room, '') = ? AND answer = '' "
        "ORDER BY id DESC LIMIT 1",
        contact,
        moment(since),
        room or "",
    )
    return None if found is None else await candidate(int(str(found)))


async def same_matter(
    grid: str, category: str, sub: str | None, building: str | None, since: datetime
) -> Ticket | None:
    """A live ticket about the same thing in the same building, opened since a moment.

    Where neither tells a building the grid counts as one place.
    """
    if recent.no_like_matter(grid, category, sub, building, since):
        return None
    no = await first(
        "SELECT no FROM ticket WHERE grid = ? AND opened_at >= ? AND category = ? "
        "AND (building IS NULL OR building = '' OR ? IN ('', building)) "
        f"AND (sub IS NULL OR ? IN ('', sub)) AND state IN {_LIVE} ORDER BY no DESC LIMIT 1",
        grid,
        moment(since),
        category,
        building or "",
        sub or "",
    )
    return None if no is None else await ticket(int(str(no)))


async def alarms(grid: str, building: str | None, since: datetime) -> list[Ticket]:
    """The live emergencies of a building since a moment, the newest first; of the grid where none tells."""
    if (known := recent.alarms(grid, since)) is not None:
        found = [each for each in await _live(known) if each.urgency == "emergency"]
    else:
        asked = Ticket.filter(grid=grid, urgency="emergency", opened_at__gte=since, state__in=LIVE)
        found = await asked.order_by("-no")
    return [each for each in found if not building or not each.building or each.building == building]


async def newest_in_room(
    room: str, since: datetime, category: str | None = None, sub: str | None = None
) -> Ticket | None:
    """The newest live report in a group since a moment (of this category): what 我家也是 joins."""
    found = Ticket.filter(room=room, opened_at__gte=since, state__in=LIVE, kind="issue")
    if category is not None:
        found = found.filter(category=category)
    if sub is not None:
        found = found.filter(Q(sub=sub) | Q(sub__isnull=True))
    return await found.order_by("-no").first()


async def newest_candidate(room: str, since: datetime) -> Candidate | None:
    """The newest thing said in a group since a moment that a worker has not judged yet."""
    return await Candidate.filter(room=room, at__gte=since, answer="").order_by("-id").first()


async def by_message(room: str | None, message: str) -> Ticket | None:
    """The ticket a quoted message belongs to."""
    row = await TicketMessage.filter(message=message, room=room, ticket__isnull=False).order_by("-id").first()
    return await ticket(row.ticket) if row and row.ticket else None


async def candidate_by_message(room: str | None, message: str) -> Candidate | None:
    return await Candidate.filter(message=message, room=room).order_by("-id").first()


async def assigned(staff: str, states: Sequence[State] = LIVE) -> list[Ticket]:
    """What a worker has to do, the most urgent deadline first."""
    return await Ticket.filter(assignee=staff, state__in=states).order_by("due_at", "no")


async def of_department(department: str) -> list[Ticket]:
    """What a department was called to and has not finished."""
    found = await Ticket.filter(state__in=LIVE).order_by("due_at", "no").limit(2000)
    return [each for each in found if department in each.departments]


async def waiting_candidates(staff: str) -> list[Candidate]:
    """What a worker was asked to judge and has not."""
    return await Candidate.filter(asked=staff, answer="").order_by("id")


async def reported_by(contact: str) -> list[Ticket]:
    """What a resident reported, newest first."""
    return await Ticket.filter(reporter=contact).order_by("-no").limit(50)


async def concerning(contact: str) -> list[Ticket]:
    """What a resident reported or joined, newest first."""
    joined = await Supporter.filter(contact=contact).order_by("-id").limit(50)
    others = await Ticket.filter(no__in=[row.ticket for row in joined]) if joined else []
    mine = {each.no: each for each in [*await reported_by(contact), *others]}
    return sorted(mine.values(), key=lambda each: -each.no)


async def open_at(
    nodes: Collection[str], most: int, *, department: str = "", everything: bool = False
) -> tuple[list[Ticket], int]:
    """The first `most` open tickets of these nodes (that a department has), by deadline, and how many.

    `everything`: they are all the nodes there are, so that nothing needs to be compared.
    """
    if department:
        numbers = sorted(await numbers_of(department))
        found = [
            row
            for row in (await tickets(map(str, numbers))).values()
            if row.state in LIVE and row.grid in nodes
        ]
        found.sort(key=lambda row: (row.due_at is None, row.due_at, row.no))
        return found[:most], len(found)
    named = list(nodes)
    if everything or len(named) > MANY_NODES:
        count = await _how_many(named, everything=everything)
        return await _soonest(set(named), min(most, count)), count
    here, values = open_here(named)
    rows = await plain.rows(Ticket, f"{here} ORDER BY due_at, no LIMIT {most}", *values)
    return rows, int(str(await first(f"SELECT COUNT(*) FROM ticket {here}", *values)))


def open_here(nodes: Sequence[str]) -> tuple[str, Sequence[object]]:
    """The condition for the open tickets of some nodes: an index answers it, however many are closed."""
    if is_sqlite():
        return f"WHERE state IN {_LIVE} AND grid IN ({', '.join('?' * len(nodes))})", nodes
    return f"WHERE state IN {_LIVE} AND grid = ANY(?::text[])", (list(nodes),)


async def _how_many(nodes: list[str], *, everything: bool) -> int:
    """How many tickets of very many nodes are open: the open ones are few, and are compared by themselves."""
    if everything:
        return int(str(await first(f"SELECT COUNT(*) FROM ticket WHERE state IN {_LIVE}")))
    within = "IN (SELECT value FROM json_each(?))" if is_sqlite() else "= ANY(?::text[])"
    live = f"WITH live AS MATERIALIZED (SELECT grid FROM ticket WHERE state IN {_LIVE})"
    value = json.dumps(nodes) if is_sqlite() else nodes
    return int(str(await first(f"{live} SELECT COUNT(*) FROM live WHERE grid {within}", value)))


async def _soonest(nodes: Collection[str], most: int) -> list[Ticket]:
    """The open tickets of very many nodes whose deadline comes first: state by state, along the index."""
    found: list[int] = []
    for state in LIVE:
        mine: list[int] = []
        start = 0
        while len(mine) < most:
            page = f"WHERE state = ? ORDER BY due_at LIMIT {PAGE} OFFSET {start}"
            rows = await plain.table(f"SELECT no, grid FROM ticket {page}", state)
            mine += [no for no, grid in rows if grid in nodes]
            start += PAGE
            if len(rows) < PAGE:
                break
        found += mine[:most]
    rows_of = await tickets(map(str, found))
    return sorted(rows_of.values(), key=lambda row: (row.due_at is None, row.due_at, row.no))[:most]


async def orphans(directory: Directory) -> list[Ticket]:
    """Open tickets whose holder has no post any more that covers their grid."""
    held = Ticket.filter(state__in=LIVE).exclude(assignee=None)
    pairs = await held.distinct().values_list("assignee", "grid")
    lost = {
        (staff, grid)
        for staff, grid in pairs
        if not any(directory.inside(grid, post.node) for post in directory.posts_of(staff))
    }
    if not lost:
        return []
    found = await Ticket.filter(state__in=LIVE, assignee__in=[staff for staff, _ in lost]).order_by("no")
    return [each for each in found if (each.assignee, each.grid) in lost]


async def numbers_of(department: str) -> set[int]:
    """The tickets a department was called to and did not give back."""
    rows = Party.filter(who=department, department=True).exclude(state="returned")
    return {int(str(no)) for no in await rows.values_list("ticket", flat=True)}


async def finished(nodes: Sequence[str], since: datetime) -> list[Ticket]:
    """What was resolved at these nodes since a moment and not taken back."""
    done = (State.RESOLVED, State.CLOSED)
    return await Ticket.filter(grid__in=list(nodes), state__in=done, resolved_at__gte=since).order_by("no")


async def unreviewed(grids: Sequence[str], since: datetime) -> list[Ticket]:
    """What was finished at these nodes since a moment, closed as 不满意 and not looked into, oldest first."""
    if not grids:
        return []
    bad = Ticket.filter(satisfaction=BAD, state=State.CLOSED, grid__in=grids, resolved_at__gte=since)
    mine = await bad.order_by("no")
    seen = History.filter(ticket__in=[each.no for each in mine], what__in=("verdict", "review", "recheck"))
    last = {line.ticket: line.what for line in await seen.order_by("id")} if mine else {}
    return [each for each in mine if last.get(each.no) == "verdict"]


async def about_place(
    nodes: Sequence[str], since: datetime, building: str | None, unit: str | None, landmark: str | None
) -> list[Ticket]:
    """Tickets of a building, a unit or a landmark since a moment, the newest first."""
    found = Ticket.filter(grid__in=list(nodes), opened_at__gte=since)
    if building:
        found = found.filter(building=building)
    if unit:
        found = found.filter(Q(unit=unit) | Q(unit__isnull=True))
    if landmark:
        found = found.filter(Q(landmark=landmark) | Q(place__contains=landmark))
    return await found.order_by("-no").limit(200)


async def candidate(number: int) -> Candidate | None:
    return await plain.row(Candidate, "WHERE id = ?", number)


async def supporters(no: int) -> list[Supporter]:
    return await Supporter.filter(ticket=no).order_by("id")


async def history(no: int) -> list[History]:
    return await History.filter(ticket=no).order_by("id")


async def last_line(no: int, what: str) -> History | None:
    """The newest line of a ticket's history of one kind."""
    return await History.filter(ticket=no, what=what).order_by("-id").first()


async def last_change(no: int) -> History | None:
    """The newest line of a ticket's history that a person wrote or that changed its state."""
    lines = await History.filter(ticket=no).order_by("-id").limit(10)
    return next((line for line in lines if line.by != "bot" or line.was != line.now), None)


async def call_back(turn: int) -> list[Outbox]:
    """Keep what a turn wanted to say and has not left from leaving; returns what has left already."""
    rows = await Outbox.filter(turn=turn).order_by("id")
    waiting = [row.id for row in rows if row.state == "queued" and row.attempts == 0]
    await Outbox.filter(id__in=waiting).update(state="dropped", due_at=None, once=None)
    return [row for row in rows if row.id not in waiting and row.state in ("sent", "unknown", "sending")]


async def messages(no: int) -> list[TicketMessage]:
    return await TicketMessage.filter(ticket=no).order_by("id")


async def open_question(contact: str, lane: str, now: datetime) -> Question | None:
    """What a person was asked last in a place and has not answered."""
    if recent.asked_nothing(contact, lane):
        return None
    found = await first(
        "SELECT id FROM question WHERE contact = ? AND lane = ? AND expires_at > ? ORDER BY id DESC LIMIT 1",
        contact,
        lane,
        moment(now),
    )
    return None if found is None else await plain.row(Question, "WHERE id = ?", found)


async def questions(contact: str, lane: str, now: datetime, kind: str | None = None) -> list[Question]:
    """What a person was asked in a place and has not answered, newest first."""
    asked = Question.filter(contact=contact, lane=lane, expires_at__gt=now)
    if kind:
        asked = asked.filter(kind=kind)
    return await asked.order_by("-id")


async def ask(
    contact: str,
    lane: str,
    kind: str,
    now: datetime,
    lives: timedelta,
    *,
    subject: int | None = None,
    data: dict[str, object] | None = None,
) -> None:
    """Remember what a person is asked in a place, for what he answers there."""
    row = plain.new(
        Question,
        lane=lane,
        contact=contact,
        kind=kind,
        subject=subject,
        data=data or {},
        asked_at=now,
        expires_at=now + lives,
    )
    await plain.add([row])
    recent.asked(contact, lane)


async def open_cards(contact: str, lane: str, now: datetime) -> list[Question]:
    """The cards a person has not answered yet, oldest first."""
    return await Question.filter(
        contact=contact, lane=lane, expires_at__gt=now, kind__in=("card", "candidate")
    ).order_by("id")


async def answered(question: Question) -> None:
    """A question is settled."""
    await Question.filter(id=question.id).delete()


async def card_sent(message: str, text: str) -> tuple[int | None, int | None]:
    """The ticket or the candidate that a card the bot sent is about; by its text where it is forgotten."""
    row = await Outbox.filter(sent_id=message).order_by("-id").first()
    if row is not None:
        about = row.extra.get("about")
        candidate = about.get("candidate") if isinstance(about, dict) else None
        return row.ticket, candidate
    if (found := _CANDIDATE.search(text)) is not None:
        return None, int(found[1])
    return await about_sent(message, text), None


async def names_anybody(grid: str, household: str | None, text: str) -> bool:
    """Whether a text holds the name of somebody who lives in the grid."""
    for home in await Household.filter(node=grid).only("id", "head"):
        if len(home.head) > 1 and home.head in text:
            return True
    nearby = Resident.filter(household__in=Subquery(Household.filter(node=grid).values("id")))
    return any(len(person.name) > 1 and person.name in text for person in await nearby.only("id", "name"))


async def drop_questions(subject: int, *kinds: str) -> None:
    """The matter is settled: nobody needs to answer about it any more."""
    await Question.filter(subject=subject, kind__in=kinds).delete()


async def about_sent(message: str, text: str) -> int | None:
    """The ticket that a message of the bot's own was about, by its id, else by the number in its text."""
    row = await Outbox.filter(sent_id=message, ticket__isnull=False).order_by("-id").first()
    if row is not None:
        return row.ticket
    numbers = set(_NUMBER.findall(text))  # of several nobody can tell which is meant
    return int(numbers.pop()) if len(numbers) == 1 else None


async def attended(now: datetime, since: datetime) -> set[tuple[str, str]]:
    """(room, contact) of whoever said something about a ticket since a moment or owes an answer there."""
    said = TicketMessage.filter(at__gte=since, room__isnull=False)
    asked = Question.filter(expires_at__gt=now, lane__contains="/#")
    found = {(room, contact) for room, contact in await said.values_list("room", "contact")}
    return found | {
        (lane.split("/#", 1)[1], contact) for lane, contact in await asked.values_list("lane", "contact")
    }


async def forget_questions(now: datetime) -> None:
    """Drop questions that can no longer be answered."""
    await Question.filter(expires_at__lte=now).delete()


async def due_until(staff: Sequence[str], until: datetime) -> list[Ticket]:
    """What these people have to finish before a moment, the nearest deadline first."""
    if not staff:
        return []
    people, states = ", ".join("?" * len(staff)), ", ".join("?" * len(LIVE))
    live = f"WHERE assignee IN ({people}) AND state IN ({states}) AND due_at < ? ORDER BY due_at, no"
    return await plain.rows(Ticket, live, *staff, *LIVE, moment(until))


async def live_until_later(now: datetime, after: int, limit: int) -> list[Ticket]:
    """Live tickets whose deadline lies ahead, by number: the first few above `after`."""
    later = f"WHERE state IN {_LIVE} AND due_at > ? AND no > ? ORDER BY no LIMIT ?"
    return await plain.rows(Ticket, later, moment(now), after, limit)
