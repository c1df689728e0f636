"""What may be a report: the worker is asked, the group hears nothing until he says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from gridbot.errors import NotAllowed, Refusal
from gridbot.handlers.reports import joining, learning, locating, opening
from gridbot.handlers.reports.said import Said, heard
from gridbot.handlers.routes import Routes
from gridbot.handlers.tickets import cards, planning, told
from gridbot.handlers.turn import Turn
from gridbot.messages import Address, Say
from gridbot.models import board
from gridbot.models.acts import change
from gridbot.models.board import Plan
from gridbot.models.cases import casework, questions, quoting, unjudged
from gridbot.models.cases.tickets import Candidate, Ticket
from gridbot.nlp import Kind, Reading, Scene, Urgency
from gridbot.nlp.slots import place as places

routes = Routes()

ANSWER_IN_GROUP = timedelta(hours=2)  # later the group has moved on: the resident hears it in private


async def ask_worker(turn: Turn, said: Said | None = None, *, late: bool = False) -> list[Say]:
    """Keep it as a candidate and send the worker a card; after an outage one list for all of them."""
    said = said or heard(turn)
    grid = await locating.find_grid(turn, said, turn.reading.place)
    worker = turn.world.directory.worker(grid)
    candidate = await casework.open_candidate(
        Candidate(
            transport=said.where.transport,
            account=said.where.account,
            room=said.where.room,
            contact=said.contact,
            grid=grid,
            message=said.message,
            text=said.text,
            reading={
                "sub": turn.reading.sub,
                "urgency": turn.reading.urgency,
                "place": locating.said_place(turn.reading.place),
                **_spot(turn, said, grid),
                "late": late,
                **({"called": said.called} if said.called else {}),
                "said_at": turn.heard.at.isoformat(),
            },
            kind=turn.reading.kind if turn.reading.kind != Kind.NONE else Kind.ISSUE,
            category=turn.reading.category,
            confidence=turn.reading.confidence,
            at=turn.now,
            asked=worker.staff if worker else "",
        )
    )
    await casework.add_candidate_message(candidate, media=list(said.media))
    if late:
        listing = turn.now + timedelta(minutes=1)
        await board.put(Plan("late_listing", f"staff:{candidate.asked}", listing, f"{listing:%Y%m%dT%H%M}"))
        return []
    await planning.wondered(turn, candidate)
    contact = worker.contact if worker and worker.contact else next(iter(opening.next_up(turn, grid)), "")
    spans = turn.world.directory.profile(grid).chase
    at = turn.world.calendar.add(turn.now, spans.leader_after.amount, spans.leader_after.unit)
    await board.put(Plan("candidate", f"candidate:{candidate.id}", at))
    return await cards.candidate_card(turn, candidate, contact, said)


def _spot(turn: Turn, said: Said, grid: str) -> dict[str, object]:
    """The building or landmark it is about, as its ticket would have it."""
    place, home = turn.reading.place, locating.home_in(turn, said, grid)
    building = (place.building if place else None) or (home.building if home and place is None else None)
    return {"building": building or "", "landmark": (place.landmark if place else None) or ""}


def may_answer(turn: Turn, candidate: Candidate) -> None:
    """The worker who was asked, or anybody whose post covers the grid; raises NotAllowed."""
    if candidate.asked != turn.person.staff:
        turn.require(candidate.grid)


async def register(turn: Turn, candidate: Candidate, word: str = "") -> list[Say]:
    """Open the candidate's ticket, taken by the speaker; `word` corrects its category (路灯)."""
    may_answer(turn, candidate)
    if candidate.answer:
        raise Refusal("refuse.candidate_answered")
    said = await said_by(turn, candidate)
    reading = reread(turn, said, candidate)
    if word:
        reading = corrected(turn, reading, word)
    post = turn.person.posts[0]
    ticket, cards_of_others = await opening.open_ticket(turn, reading, said=said, taken_by=post)
    await _settle(turn, candidate, "corrected" if word else "yes", ticket)
    if word:
        await learning.put_right(
            turn, candidate.text, what="corrected", was=candidate.category, kind=ticket.kind,
            category=ticket.category, sensitive=ticket.sensitive,
        )  # fmt: skip
    await casework.move_messages(candidate.id, ticket.no, but=candidate.message)
    await casework.move(ticket, "accept", turn.act, first_reply_at=turn.now)
    await planning.answered(ticket)
    return [
        turn.whisper("work.registered", no=ticket.no, what=cards.danger_called(turn, ticket)),
        *_tell_reporter(turn, ticket, said, candidate),
        *await joining.carried_over(turn, candidate, ticket),
        *cards_of_others,
    ]


async def drop(turn: Turn, candidate: Candidate) -> list[Say]:
    """It was no report."""
    may_answer(turn, candidate)
    if candidate.answer:
        raise Refusal("refuse.candidate_answered")
    await _settle(turn, candidate, "no", None)
    known = turn.profile.category(candidate.category or "")
    await learning.put_right(
        turn, candidate.text, what="dropped", was=candidate.category, kind=Kind.NONE, category=None,
        sensitive=known.sensitive,
    )  # fmt: skip
    return [turn.whisper("work.candidate_dropped")]


async def _settle(turn: Turn, candidate: Candidate, answer: str, ticket: Ticket | None) -> None:
    await change(
        turn.act, candidate, answer=answer, answered_at=turn.now, ticket=ticket.no if ticket else None
    )
    what = f"candidate:{candidate.id}"
    await board.cancel(what, "candidate")
    await board.put(Plan("retention", what, turn.now + turn.world.conduct.keep_text))
    await questions.drop(candidate.id, "candidate")


def _tell_reporter(turn: Turn, ticket: Ticket, said: Said, candidate: Candidate) -> list[Say]:
    """The resident hears the answer of intake once: in the group while it is fresh, else in private."""
    if said.contact == turn.heard.sender or not said.contact:
        return []
    due = ticket.due_at
    by = turn.when(due) if due else ""
    fresh = turn.now - candidate.at <= ANSWER_IN_GROUP and not candidate.reading.get("late")
    if said.private or not fresh or ticket.sensitive:
        private = replace(said.where, room=None, contact=said.contact)
        return [turn.tell_at(private, "intake.taken", no=ticket.no, by=by, role=told.holder(turn, ticket))]
    say = turn.tell_at(said.where, "intake.taken", no=ticket.no, by=by, role=told.holder(turn, ticket))
    return [replace(say, mentions=(said.contact,), quote=said.message or None, instead=said.contact)]


async def said_by(turn: Turn, candidate: Candidate) -> Said:
    """The candidate's words as its sender said them."""
    private = candidate.contact if candidate.room is None else None
    return Said(
        where=Address(candidate.transport, candidate.account, candidate.room, private),
        person=await turn.world.directory.person(candidate.transport, candidate.contact),
        message=candidate.message,
        text=candidate.text,
        at=candidate.at,
        node=candidate.grid,
        name=str(candidate.reading.get("called") or ""),
    )


def reread(turn: Turn, said: Said, candidate: Candidate | None = None) -> Reading:
    """What the words mean now that a person says they are a report: read as if said to the bot."""
    node = candidate.grid if candidate else said.node
    scene = Scene(addressed=True, gazetteer=turn.world.gazetteer(node) if node else None)
    reading = turn.world.reader_at(node).read(said.text, at=said.at, scene=scene)
    if candidate is None:
        return reading
    told = str(candidate.reading.get("place") or "") if said.person.home is None else ""
    known = places.find(told) if reading.place is None else None
    reading = replace(reading, place=known or reading.place)  # what only the nickname told
    if candidate.reading.get("urgency") == Urgency.EMERGENCY:
        reading = replace(reading, urgency=Urgency.EMERGENCY)
    if reading.category is not None:
        return reading
    urgency = Urgency(str(candidate.reading.get("urgency") or Urgency.NORMAL))
    sub = candidate.reading.get("sub")
    return replace(
        reading,
        kind=Kind(candidate.kind),
        category=candidate.category,
        sub=str(sub) if sub else None,
        urgency=urgency,
        confidence=candidate.confidence,
    )


def corrected(turn: Turn, reading: Reading, word: str) -> Reading:
    """The reading with the category a person named (路灯, 噪音); raises Refusal for an unknown word."""
    found = turn.profile.category_word(word)
    if found is None:
        raise Refusal("refuse.no_category", word=word[:20])
    category, sub = found
    kind = Kind(turn.profile.category(category).kind)
    return replace(reading, kind=kind, category=category, sub=sub)


@routes.on("make_ticket")
async def make_ticket(turn: Turn) -> Sequence[Say]:
    """转工单, quoting any message: it becomes a ticket, taken by whoever says so."""
    post = turn.require_staff()
    quote = turn.heard.quote
    if quote is None:
        raise Refusal("refuse.quote_it")
    where = turn.heard.where
    found = await unjudged.by_message(where.room, quote.id)
    if found is not None and not found.answer:
        return await register(turn, found, turn.rest)
    if (ticket := await quoting.by_message(where.room, quote.id)) is not None:
        raise Refusal("refuse.already_ticket", no=ticket.no)
    if not turn.world.directory.covers(turn.person, turn.grid):
        raise NotAllowed
    sender = quote.sender or ""
    person = await turn.world.directory.person(where.transport, sender)
    said = Said(where, person, quote.id, quote.text or turn.rest, turn.now, turn.grid)
    reading = reread(turn, said)
    if turn.rest and quote.text:
        reading = corrected(turn, reading, turn.rest)
    ticket, _ = await opening.open_ticket(turn, reading, said=said, taken_by=post)
    await learning.put_right(
        turn, said.text, what="made", was="", kind=ticket.kind, category=ticket.category,
        sensitive=ticket.sensitive,
    )  # fmt: skip
    await casework.move(ticket, "accept", turn.act, first_reply_at=turn.now)
    await planning.answered(ticket)
    says = [turn.whisper("work.registered", no=ticket.no, what=cards.danger_called(turn, ticket))]
    if sender and sender not in (where.account, turn.heard.sender):
        by = turn.when(ticket.due_at) if ticket.due_at else ""
        private = replace(where, room=None, contact=sender)
        says.append(
            turn.tell_at(private, "intake.taken", no=ticket.no, by=by, role=told.holder(turn, ticket))
        )
    return says
