"""A resident reports that something is wrong, or asks for a service."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from gridbot.handlers import cards, opening
from gridbot.handlers.candidate import ask_worker
from gridbot.handlers.routes import Routes
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models import casework, ledger
from gridbot.models.tickets import Supporter, Ticket
from gridbot.nlp import Kind, Reading, Urgency

routes = Routes()

SAME_MATTER = timedelta(hours=2)


@routes.on("found", "report", "request")
async def report(turn: Turn) -> Sequence[Say]:
    """Open a ticket, join it to one that is open, or ask the worker whether it is one."""
    reading = turn.reading
    asked_for = turn.reading.command is not None or turn.private or turn.heard.mentions_bot
    conduct = turn.world.conduct
    if reading.kind is Kind.NONE or reading.category is None:
        return []
    if reading.resolved and not asked_for:
        return await resolved_by_itself(turn)
    if turn.heard.late or (reading.confidence < conduct.act_at and not asked_for):
        return await ask_worker(turn) if reading.confidence >= conduct.ask_at else []
    if (joined := await _burst(turn)) is not None:
        return joined
    if (joined := await _neighbours(turn)) is not None:
        return joined
    return await _new(turn)


async def _new(turn: Turn) -> Sequence[Say]:
    ticket, says = await opening.open_ticket(turn, turn.reading)
    others = []
    for other in turn.reading.also:
        second, more = await opening.open_ticket(turn, other)
        others.append(second)
        says += more
    return [*_answer(turn, ticket, others), *says]


def _answer(turn: Turn, ticket: Ticket, others: Sequence[Ticket]) -> list[Say]:
    """The one answer at intake: a number and a time; neutral where the matter is nobody's business."""
    due = ticket.first_reply_due_at
    assert due is not None
    by = turn.when(due)
    if ticket.urgency == Urgency.EMERGENCY:
        call = cards.call_first([str(rule) for rule in ticket.because])
        return [turn.say("intake.emergency", urgent=True, no=ticket.no, call=call)]
    if ticket.sensitive and not turn.private:
        return [
            turn.say("intake.private"),
            turn.whisper("intake.registered_private", no=ticket.no, by=by),
        ]
    if others:
        return [turn.say("intake.registered_two", no=ticket.no, other=others[0].no, by=by)]
    return [turn.say("intake.registered", no=ticket.no, by=by)]


async def _burst(turn: Turn) -> Sequence[Say] | None:
    """What one person says within five minutes is one matter: added without another answer."""
    since = turn.now - turn.world.conduct.burst
    ticket = await ledger.last_of(turn.heard.sender, turn.heard.where.room, since)
    if ticket is None:
        return None
    if turn.reading.urgency is Urgency.EMERGENCY and ticket.urgency != Urgency.EMERGENCY:
        return None
    return await add_to(turn, ticket)


async def add_to(turn: Turn, ticket: Ticket) -> list[Say]:
    """Keep this message with the ticket and let its holder know."""
    await casework.add_message(
        ticket,
        room=turn.heard.where.room,
        contact=turn.heard.sender,
        message=turn.heard.id,
        text=turn.heard.text,
        media=[item.kind.value for item in turn.media],
        at=turn.now,
    )
    holder = turn.world.directory.staff(ticket.assignee)
    if holder is None or not holder.contact or not turn.heard.text.strip():
        return []
    return [turn.tell(holder.contact, "card.added", no=ticket.no, text=cards.quoted(turn.heard.text))]


async def _neighbours(turn: Turn) -> Sequence[Say] | None:
    """The same matter in the same building within two hours: one ticket, one more household."""
    reading = turn.reading
    if reading.matters > 1 or reading.kind is not Kind.ISSUE:
        return None
    place, home = reading.place, turn.person.home
    building = (place.building if place else None) or (home.building if home else None)
    grid = opening.grid_of(turn, reading)
    ticket = await ledger.same_matter(
        grid, reading.category or "", reading.sub, building, turn.now - SAME_MATTER
    )
    if ticket is None or ticket.sensitive or ticket.reporter == turn.heard.sender:
        return None
    if reading.urgency is Urgency.EMERGENCY and ticket.urgency != Urgency.EMERGENCY:
        return None
    return await join(turn, ticket)


async def join(turn: Turn, ticket: Ticket) -> list[Say]:
    """Add the speaker's household to a ticket; he hears of it in private and is told at the close."""
    household = turn.person.home.id if turn.person.home else None
    known = await ledger.supporters(ticket.no)
    if any(s.contact == turn.heard.sender for s in known) or ticket.reporter == turn.heard.sender:
        return await add_to(turn, ticket)
    await Supporter.create(
        ticket=ticket.no,
        contact=turn.heard.sender,
        household=household,
        room=turn.heard.where.room,
        at=turn.now,
    )
    await casework.move(ticket, "support", turn.act)
    said = await add_to(turn, ticket)
    return [turn.whisper("intake.joined", no=ticket.no, count=len(known) + 2), *said]


@routes.on("talk")
async def talk(turn: Turn) -> Sequence[Say]:
    """What is no report by itself: +1, "it works again", a photo or "快点啊" after a report."""
    reading = turn.reading
    quoted = turn.heard.quote
    if quoted is not None and (ticket := await ledger.by_message(turn.heard.where.room, quoted.id)):
        return await join(turn, ticket) if reading.plus_one else await add_to(turn, ticket)
    if reading.plus_one and turn.heard.where.room is not None:
        newest = await ledger.newest_in_room(turn.heard.where.room, turn.now - SAME_MATTER)
        return await join(turn, newest) if newest is not None and not newest.sensitive else []
    if reading.resolved:
        return await resolved_by_itself(turn)
    if _continues(reading, turn):
        since = turn.now - turn.world.conduct.burst
        ticket = await ledger.last_of(turn.heard.sender, turn.heard.where.room, since)
        return await add_to(turn, ticket) if ticket is not None else []
    return []


def _continues(reading: Reading, turn: Turn) -> bool:
    """Whether a wordless or hurried message belongs to the report before it."""
    words = turn.heard.text.strip()
    return bool(turn.media) or "hurry" in reading.flags or (bool(words) and "thanks" not in reading.flags)


async def resolved_by_itself(turn: Turn) -> Sequence[Say]:
    """Somebody writes that it works again: the worker is offered to close, nothing is closed by itself."""
    room = turn.heard.where.room
    if room is None:
        return []
    ticket = await ledger.newest_in_room(room, turn.now - timedelta(days=7))
    holder = turn.world.directory.staff(ticket.assignee) if ticket else None
    if ticket is None or holder is None or not holder.contact:
        return []
    what = cards.called(turn, ticket.category, ticket.sub)
    text = cards.quoted(turn.heard.text)
    return [turn.tell(holder.contact, "intake.done_offer", no=ticket.no, what=what, text=text)]
