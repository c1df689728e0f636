"""More words of the same person: they belong to what he told a moment before, and are kept with it."""

from __future__ import annotations

from gridbot.handlers.reports import locating, sending, spot
from gridbot.handlers.reports.said import heard, keep
from gridbot.handlers.tickets import cards, told
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models.cases import casework, questions, reported, unjudged
from gridbot.models.cases.tickets import Candidate, Ticket
from gridbot.nlp import Kind, Reading, Urgency

TELLING = 4  # characters beside 快点啊 that tell something


async def burst_ticket(turn: Turn) -> Ticket | None:
    """The ticket this person opened here within the last five minutes."""
    since = turn.now - turn.world.conduct.burst
    return await reported.last_of(turn.heard.sender, turn.heard.where.room, since)


async def burst_candidate(turn: Turn) -> Candidate | None:
    """What this person said here within the last five minutes and a worker has not judged yet."""
    since = turn.now - turn.world.conduct.burst
    return await unjudged.last_of(turn.heard.sender, turn.heard.where.room, since)


def another_matter(turn: Turn, ticket: Ticket) -> bool:
    """Whether a clear report is about something else than the ticket before it."""
    reading = turn.reading
    if reading.urgency is Urgency.EMERGENCY and ticket.urgency != Urgency.EMERGENCY:
        return not _only_hurries(reading)
    if reading.category is None or reading.confidence < turn.world.conduct.act_at:
        return False
    if reading.category != ticket.category:
        return True
    return bool(reading.sub and ticket.sub and reading.sub != ticket.sub)


def _only_hurries(reading: Reading) -> bool:
    """快来人看看, behind a report that has been heard: no rule tells of a danger."""
    return "hurry" in reading.flags and not any(one.rule.startswith("emergency.") for one in reading.because)


async def to_ticket(turn: Turn, ticket: Ticket) -> list[Say]:
    """Keep this message with the ticket; its place is filled in if it was missing; its holder is told."""
    said = heard(turn)
    await keep(ticket, said, said.text)
    if not ticket.place and turn.reading.place:
        await located(turn, ticket)
        if sent := await sending.there(turn, ticket):
            return sent
    placed = await spot.noted(turn, ticket) or spot.said(turn) is not None
    news = turn.reading.kind is not Kind.NONE or placed or turn.reading.contact or _hurries_for(turn.reading)
    danger = ticket.urgency == Urgency.EMERGENCY and turn.heard.sender == ticket.reporter
    if not said.text.strip() or not (news or turn.private or danger):
        return []
    return told.staff(turn, ticket, ticket.assignee, "card.added", text=cards.quoted(said.text))


def _hurries_for(reading: Reading) -> bool:
    """快点啊 要流到电箱了: words that hurry, and others that tell why."""
    rest = reading.text
    for _, words in reading.evidence:
        for word in words:
            rest = rest.replace(word, "")
    return "hurry" in reading.flags and sum(map(str.isalnum, rest)) >= TELLING


async def located(turn: Turn, ticket: Ticket) -> None:
    """Write down where it is; the question for the place is settled."""
    place = turn.reading.place
    if place is None:
        return
    await casework.move(
        ticket,
        "locate",
        turn.act,
        place=locating.said_place(place),
        building=place.building,
        unit=place.unit,
        landmark=place.landmark,
    )
    await questions.drop(ticket.no, "place")


async def to_candidate(turn: Turn, candidate: Candidate) -> list[Say]:
    """More words or a picture to something a worker has not judged yet: one matter, no second card."""
    said = heard(turn)
    await casework.add_candidate_message(
        candidate, media=list(said.media), text=said.text, message=said.message, at=said.at
    )
    return []
