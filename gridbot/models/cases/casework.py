"""What may become of a ticket: the table of lawful moves, and the history that every move writes."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import nullcontext
from datetime import datetime
from enum import StrEnum

from gridbot.errors import IllegalMove
from gridbot.models import plain, recent
from gridbot.models.acts import Act, change, created
from gridbot.models.batch import keeping, running
from gridbot.models.cases.tickets import Candidate, History, Supporter, Ticket, TicketMessage
from gridbot.models.database import connection


class State(StrEnum):
    CANDIDATE = "candidate"
    OPEN = "open"
    ACCEPTED = "accepted"
    WORKING = "working"
    WAITING = "waiting"
    RESOLVED = "resolved"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    DECLINED = "declined"
    MERGED = "merged"


S = State
LIVE = (S.OPEN, S.ACCEPTED, S.WORKING, S.WAITING)
LIVE_SQL = "(" + ", ".join(f"'{state}'" for state in LIVE) + ")"
ENDED = (S.CLOSED, S.WITHDRAWN, S.DECLINED, S.MERGED)
_SAME = {state: state for state in LIVE}

# move → {state before: state after}. What is not here cannot happen.
MOVES: Mapping[str, Mapping[State, State]] = {
    "accept": {S.OPEN: S.ACCEPTED, S.WAITING: S.ACCEPTED},
    "arrive": {S.OPEN: S.WORKING, S.ACCEPTED: S.WORKING, S.WAITING: S.WORKING, S.WORKING: S.WORKING},
    "resolve": dict.fromkeys(LIVE, S.RESOLVED),
    "return": dict.fromkeys(LIVE, S.OPEN),
    "reassign": dict.fromkeys(LIVE, S.OPEN),
    "escalate": dict.fromkeys(LIVE, S.OPEN),
    "handover": dict.fromkeys(LIVE, S.OPEN),
    "succeed": _SAME,  # whoever takes a whole grid over has said yes to it
    "take_over": dict.fromkeys(LIVE, S.ACCEPTED),
    "extend": _SAME,
    "suspend": {S.OPEN: S.WAITING, S.ACCEPTED: S.WAITING, S.WORKING: S.WAITING, S.WAITING: S.WAITING},
    "wake": {S.WAITING: S.ACCEPTED},
    "promise": {S.OPEN: S.ACCEPTED, S.ACCEPTED: S.ACCEPTED, S.WORKING: S.WORKING, S.WAITING: S.WAITING},
    "recategorise": _SAME,
    "whistle": _SAME,
    "check_in": _SAME,
    "supervise": _SAME,
    "urge": _SAME,
    "nudge": _SAME,
    "deputise": _SAME,
    "tell_leader": _SAME,
    "support": _SAME,
    "add": _SAME,
    "locate": _SAME,
    "split": _SAME,
    "watch": _SAME,
    "overdue": _SAME,
    "report": _SAME,
    "joint": _SAME,
    "part": _SAME,
    "call": _SAME,
    "respond": _SAME,
    "warn": _SAME,
    "late": _SAME,
    "recount": _SAME,
    "recheck": {S.RESOLVED: S.CLOSED, S.CLOSED: S.CLOSED},
    "rate": {S.RESOLVED: S.RESOLVED, S.CLOSED: S.CLOSED},
    "collect": {**dict.fromkeys(LIVE, S.ACCEPTED), S.WORKING: S.WORKING},
    "take_in": {**dict.fromkeys(LIVE, S.ACCEPTED), S.WORKING: S.WORKING},
    "gather": _SAME,
    "run": dict.fromkeys(LIVE, S.WORKING),
    "give_back": {S.RESOLVED: S.RESOLVED, S.CLOSED: S.CLOSED},
    "sign": {S.RESOLVED: S.RESOLVED, S.CLOSED: S.CLOSED},
    "contact": {state: state for state in (*LIVE, S.RESOLVED, S.CLOSED)},
    "export": {state: state for state in (*LIVE, S.RESOLVED, S.CLOSED)},
    "merge": dict.fromkeys(LIVE, S.MERGED),
    "withdraw": dict.fromkeys(LIVE, S.WITHDRAWN),
    "decline": dict.fromkeys(LIVE, S.DECLINED),
    "answer": {state: state for state in (*LIVE, S.RESOLVED)},
    "verdict": {S.RESOLVED: S.CLOSED, S.CLOSED: S.CLOSED},
    "review": {S.RESOLVED: S.RESOLVED, S.CLOSED: S.CLOSED},
    "lapse": {S.RESOLVED: S.CLOSED},
    "reopen": {S.RESOLVED: S.ACCEPTED, S.CLOSED: S.ACCEPTED},
}


JOINED = "joined"  # in what was read of a candidate: who has the same
BAD = "不满意"  # the verdict that a leader looks into
# Somebody else has it from then on.
PASSING = frozenset({"reassign", "escalate", "handover", "return", "succeed"})


async def next_number(name: str = "matter") -> int:
    """The next whole number of a sequence, never given twice; "matter" is the #numbers."""
    batch = running()
    if batch is not None and name in batch.numbers:
        batch.numbers[name] += 1
        return batch.numbers[name]
    rows = await connection().execute_query_dict(
        f"INSERT INTO number (name, value) VALUES ('{name}', 1) "
        "ON CONFLICT (name) DO UPDATE SET value = number.value + 1 RETURNING value"
    )
    value = int(rows[0]["value"])
    if batch is not None:
        batch.numbers[name] = value
    return value


async def _line(ticket: Ticket, act: Act, what: str, was: str, now: str, note: str) -> None:
    """One more line of a ticket's history."""
    line = plain.new(
        History,
        ticket=ticket.no, at=act.at, what=what, by=act.by, role=act.role, was=was, now=now, note=note,
    )  # fmt: skip
    await plain.add([line])


def draft(**values: object) -> Ticket:
    """A ticket that is about to be opened."""
    return plain.new(Ticket, **values)


async def open_ticket(ticket: Ticket, act: Act, note: str = "", *, undoable: bool = False) -> Ticket:
    """Store a new ticket (its number is given here) and the first line of its history.

    `undoable`: 撤销 withdraws it; a number once given is never taken away.
    """
    ticket.no = await next_number()
    ticket.state = S.OPEN
    ticket.opened_at = act.at
    await plain.add([ticket])
    recent.opened(ticket)
    await _line(ticket, act, "open", "", S.OPEN, note)
    if undoable:
        await created(act, ticket, undone={"state": S.WITHDRAWN})
    return ticket


async def move(ticket: Ticket, what: str, act: Act, note: str = "", **values: object) -> Ticket:
    """Make one lawful move and write its history; `values` are fields that change with it.

    Raises IllegalMove (nothing is changed) where MOVES has no such move from the ticket's state.
    """
    was = State(ticket.state)
    now = MOVES[what].get(was)
    if what in PASSING:
        values = {**values, "passes": ticket.passes + 1}
    if now is None:
        raise IllegalMove("refuse.illegal", no=ticket.no, state=STATE_ZH[was])
    if now is not was or values:
        await change(act, ticket, state=now, **values)
    await _line(ticket, act, what, was, now, note)
    return ticket


async def dated(ticket: Ticket, act: Act, **moments: datetime | None) -> None:
    """Set dates of a ticket besides a move that has been written already."""
    await change(act, ticket, **moments)


async def taken_back(ticket: Ticket, was: str, act: Act) -> None:
    """Write into the history that the last act was undone; the row itself has been put back already."""
    await _line(ticket, act, "undo", was, ticket.state, "")


async def add_message(
    ticket: Ticket, *, room: str | None, contact: str, message: str, text: str, media: list[str], at: datetime
) -> None:
    """Keep a message that belongs to the ticket."""
    row = plain.new(
        TicketMessage,
        ticket=ticket.no, room=room, contact=contact, message=message, text=text, media=media, at=at,
    )  # fmt: skip
    await plain.add([row])


async def open_candidate(candidate: Candidate) -> Candidate:
    """Store what may be a ticket; its number is known then."""
    batch = running()
    with batch.keeping("candidate") if batch is not None else nullcontext():
        await candidate.save(force_create=True)
    recent.waits(candidate)
    return candidate


async def add_candidate_message(
    candidate: Candidate,
    *,
    media: list[str],
    text: str | None = None,
    message: str | None = None,
    at: datetime | None = None,
) -> None:
    """Keep a message that belongs to a candidate: its own, or one that came a moment later."""
    await TicketMessage.create(
        candidate=candidate.id,
        room=candidate.room,
        contact=candidate.contact,
        message=message or candidate.message,
        text=candidate.text if text is None else text,
        media=media,
        at=at or candidate.at,
    )


async def join_candidate(candidate: Candidate, contact: str, household: str | None) -> None:
    """A neighbour has the same, while nobody has judged it yet; said twice it counts once."""
    joined = candidate.reading.get(JOINED)
    known = joined if isinstance(joined, list) else []
    if contact != candidate.contact and contact not in [one for one, _ in known]:
        candidate.reading = {**candidate.reading, JOINED: [*known, [contact, household]]}
        await candidate.save(update_fields=["reading"])


def joined_to(candidate: Candidate) -> list[tuple[str, str | None]]:
    """The neighbours who have the same: contacts with their households."""
    joined = candidate.reading.get(JOINED)
    return [(str(contact), household) for contact, household in joined] if isinstance(joined, list) else []


async def move_messages(candidate: int, ticket: int, *, but: str = "") -> None:
    """A candidate became a ticket: what was said with it belongs to the ticket (`but` is there already)."""
    if but:
        await TicketMessage.filter(candidate=candidate, message=but, ticket__isnull=True).delete()
    await TicketMessage.filter(candidate=candidate).update(ticket=ticket)


async def forget_message(ticket: Ticket, message: str) -> bool:
    """Blank a message that its sender took back; returns whether the ticket was opened by it."""
    rows = await TicketMessage.filter(ticket=ticket.no).order_by("id")
    if not rows:
        return False
    first = rows[0].message == message
    await TicketMessage.filter(ticket=ticket.no, message=message).update(text="", media=[])
    if first and len(rows) == 1:
        ticket.summary = ""
        await ticket.save(update_fields=["summary"])
    return first


async def support(ticket: Ticket, act: Act, contact: str, household: str | None, room: str | None) -> None:
    """A neighbour joins the ticket."""
    with keeping("supporter"):
        row = await Supporter.create(
            ticket=ticket.no, contact=contact, household=household, room=room, at=act.at
        )
    recent.joined(ticket.no)
    await created(act, row)
    await move(ticket, "support", act)


async def inherited(ticket: Ticket, act: Act, heir: Supporter) -> None:
    """The reporter takes it back, but a neighbour has it too: from now on it is his."""
    await move(ticket, "support", act, reporter=heir.contact, household=heir.household)
    await heir.delete()


def rebuilt_state(history: list[History]) -> State | None:
    """The state as the history tells it, oldest line first; None for an empty history."""
    state: State | None = None
    for line in history:
        if line.what in ("open", "undo"):
            state = State(line.now) if line.now else None
        else:
            assert state is not None
            state = MOVES[line.what][state]
    return state


# How people name the states.
STATE_ZH: Mapping[State, str] = {
    S.CANDIDATE: "待确认",
    S.OPEN: "待接单",
    S.ACCEPTED: "已接单",
    S.WORKING: "处理中",
    S.WAITING: "挂起",
    S.RESOLVED: "已办结，待评价",
    S.CLOSED: "已结案",
    S.WITHDRAWN: "已撤回",
    S.DECLINED: "不予登记",
    S.MERGED: "已合并",
}
