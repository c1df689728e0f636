"""What may become of a ticket: the table of lawful moves, and the history that every move writes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from gridbot.errors import IllegalMove
from gridbot.models.acts import Act, change, created
from gridbot.models.database import connection
from gridbot.models.tickets import History, Ticket, TicketMessage


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
    "merge": dict.fromkeys(LIVE, S.MERGED),
    "withdraw": dict.fromkeys(LIVE, S.WITHDRAWN),
    "decline": dict.fromkeys(LIVE, S.DECLINED),
    "answer": {state: state for state in (*LIVE, S.RESOLVED)},
    "verdict": {S.RESOLVED: S.CLOSED, S.CLOSED: S.CLOSED},
    "review": {S.RESOLVED: S.RESOLVED, S.CLOSED: S.CLOSED},
    "lapse": {S.RESOLVED: S.CLOSED},
    "reopen": {S.RESOLVED: S.ACCEPTED, S.CLOSED: S.ACCEPTED},
}


async def next_number(name: str = "matter") -> int:
    """The next whole number of a sequence, never given twice; "matter" is the #numbers."""
    rows = await connection().execute_query_dict(
        f"INSERT INTO number (name, value) VALUES ('{name}', 1) "
        "ON CONFLICT (name) DO UPDATE SET value = number.value + 1 RETURNING value"
    )
    return int(rows[0]["value"])


async def open_ticket(ticket: Ticket, act: Act, note: str = "") -> Ticket:
    """Store a new ticket (its number is given here) and the first line of its history."""
    ticket.no = await next_number()
    ticket.state = S.OPEN
    ticket.opened_at = act.at
    await ticket.save(force_create=True)
    await History.create(ticket=ticket.no, at=act.at, what="open", by=act.by, was="", now=S.OPEN, note=note)
    await created(act, ticket) if act.turn is not None and act.by != "bot" else None
    return ticket


async def move(ticket: Ticket, what: str, act: Act, note: str = "", **values: object) -> Ticket:
    """Make one lawful move and write its history; `values` are fields that change with it.

    Raises IllegalMove (nothing is changed) where MOVES has no such move from the ticket's state.
    """
    was = State(ticket.state)
    now = MOVES[what].get(was)
    if now is None:
        raise IllegalMove("refuse.illegal", no=ticket.no, state=STATE_ZH[was])
    await change(act, ticket, state=now, **values)
    await History.create(ticket=ticket.no, at=act.at, what=what, by=act.by, was=was, now=now, note=note)
    return ticket


async def add_message(
    ticket: Ticket, *, room: str | None, contact: str, message: str, text: str, media: list[str], at: datetime
) -> None:
    """Keep a message that belongs to the ticket."""
    await TicketMessage.create(
        ticket=ticket.no, room=room, contact=contact, message=message, text=text, media=media, at=at
    )


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
