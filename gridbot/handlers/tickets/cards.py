"""The cards that staff get in private: what it is, where, who, by when, and the one-word answers."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from gridbot.handlers.reports.said import Said
from gridbot.handlers.turn import Buttons, Turn
from gridbot.messages import Say
from gridbot.models.cases.dangers import CALLS, danger
from gridbot.models.cases.tickets import Candidate, Ticket
from gridbot.models.territory.people import Person
from gridbot.nlp import Kind, Urgency
from gridbot.nlp.slots.quantity import mask, mask_identity

CARD_LIVES = timedelta(days=3)
CARD_BUTTONS: Buttons = (("1 接单", "1"), ("2 不是", "2"))
LONGEST_QUOTE = 200

# Whom to call first where no rule tells the kind of danger.
CALLS_BY_CATEGORY = {
    "safety_hazard": "119",
    "public_facility": "119",
    "utilities_outage": "119",
    "drainage_leak": "119",
    "pollution": "119",
    "public_security": "110",
    "dispute": "110",
}


def called(turn: Turn, category: str | None, sub: str | None = None) -> str:
    """The Chinese name of a category, with its sub-category where there is one."""
    known = turn.profile.categories.get(category or "")
    if known is None:
        return turn.texts.say("card.unknown_kind")
    return known.subs.get(sub or "", known.zh)


def call_first(turn: Turn, ticket: Ticket) -> str:
    """110, 119 or 120, by the emergency rules that fired, else by the category; 120 where nothing tells."""
    what = danger(ticket.because)
    if not what:
        return CALLS_BY_CATEGORY.get(ticket.category, "120")
    number = CALLS.get(what, "120")
    return turn.texts.say("card.call_gas", number=number) if what == "gas" else number


def danger_called(turn: Turn, ticket: Ticket) -> str:
    """What an emergency is called: by its danger, not by the matter that its words look like (搬抬)."""
    what = danger(ticket.because) if ticket.urgency == Urgency.EMERGENCY else ""
    return turn.texts.say(f"danger.{what}") if what in CALLS else called(turn, ticket.category, ticket.sub)


def matter(turn: Turn, ticket: Ticket) -> str:
    """Which one it is, for colleagues: what and where."""
    return "，".join(part for part in (danger_called(turn, ticket), ticket.place) if part)


def speaker(person: Person, name: str = "") -> str:
    """How a worker reads who it was: household and name; only ever in private."""
    return " ".join(part for part in (_door(person), person.name or name or person.contact) if part)


def quoted(text: str) -> str:
    """The resident's words as staff see them: not endless, and no identity number."""
    text = mask_identity(text)
    return text if len(text) <= LONGEST_QUOTE else text[:LONGEST_QUOTE] + "…"


def _door(person: Person) -> str:
    return person.home.door if person.home else ""


async def whereabouts(turn: Turn, ticket: Ticket) -> str:
    """The place as a department reads it: who reported is not told by his own door.

    Where an issue has only its reporter's home for a place that is building and stairwell.
    """
    known = await turn.world.directory.person(ticket.transport, ticket.reporter) if ticket.reporter else None
    if ticket.kind != Kind.ISSUE or known is None or not ticket.place or ticket.place != _door(known):
        return ticket.place or turn.texts.say("places.unknown")
    say, building = turn.texts.say, ticket.building or ""
    unit = say("card.stairwell", unit=ticket.unit) if ticket.unit else ""
    spot = (say("card.building", building=building) if building.isdigit() else building) + unit
    grid = turn.world.directory.nodes.get(ticket.grid)
    return spot or (grid.name if grid is not None else say("places.unknown"))


def waits(turn: Turn, urgency: str) -> bool:
    """Whether it is night and the matter can wait till morning."""
    return urgency not in (Urgency.EMERGENCY, Urgency.HIGH) and turn.world.quiet(turn.now, turn.grid)


def held(turn: Turn, say: Say, urgency: str = Urgency.NORMAL) -> Say:
    """Ordinary work leaves staff alone at night: it arrives when the quiet hours end."""
    if say.urgent or not waits(turn, urgency):
        return say
    return replace(say, not_before=turn.world.quiet_ends(turn.now, turn.grid))


def moment(turn: Turn, at: datetime | None, urgency: str) -> str:
    """A moment as staff read it when the card reaches them: 明天 of the night is 今天 in the morning."""
    seen_at = turn.world.quiet_ends(turn.now, turn.grid) if waits(turn, urgency) else turn.now
    return turn.texts.moment(at, seen_at) if at is not None else ""


def _promised(turn: Turn, ticket: Ticket) -> str:
    """The moment that was promised, or the while in which somebody comes."""
    by = moment(turn, ticket.promised_at, ticket.urgency)
    if ticket.promised_until is None:
        return by
    return turn.texts.say("work.between", at=by, until=f"{turn.world.local(ticket.promised_until):%H:%M}")


async def ticket_card(
    turn: Turn, ticket: Ticket, contact: str, *, said: Said | None = None, why: str = ""
) -> list[Say]:
    """A ticket for whoever has to take it; opens the question that `1` and `2` answer.

    `why`: the words of the colleague who hands it on.
    """
    if not contact:
        return []
    if why and ticket.promised_at is not None and (ticket.promised_until or ticket.promised_at) > turn.now:
        why += turn.texts.say("card.promised", by=_promised(turn, ticket))
    await turn.ask(contact, "card", where=turn.private_with(contact), subject=ticket.no, lives=CARD_LIVES)
    emergency = ticket.urgency == Urgency.EMERGENCY
    by = ticket.due_at if ticket.first_reply_at else ticket.first_reply_due_at
    say = turn.tell(
        contact,
        "card.emergency" if emergency else "card.handed" if why else "card.ticket",
        buttons=CARD_BUTTONS,
        urgent=emergency,
        no=ticket.no,
        what=danger_called(turn, ticket),
        urgency=turn.texts.say("card.high") if ticket.urgency == Urgency.HIGH else "",
        place=ticket.place or turn.texts.say("places.unknown"),
        who=await reporter(turn, ticket, said),
        text=quoted(ticket.summary) or turn.texts.say("card.no_words"),
        by=moment(turn, by, ticket.urgency),
        call=call_first(turn, ticket),
        why=why,
    )
    return [held(turn, say, ticket.urgency)]


async def reporter(turn: Turn, ticket: Ticket, said: Said | None = None) -> str:
    """Who told of it, for whoever works on it: door and name, else how he calls himself in the group."""
    if said is not None:
        return speaker(said.person, said.name) or turn.texts.say("card.nobody")
    if not ticket.reporter:
        return turn.texts.say("card.nobody")
    person = await turn.world.directory.person(ticket.transport, ticket.reporter)
    if person.home or person.name:
        return speaker(person)
    return turn.texts.say("card.unbound_called" if ticket.called else "card.unbound", name=ticket.called)


async def candidate_card(turn: Turn, candidate: Candidate, contact: str, said: Said) -> list[Say]:
    """What may be a report, for the worker to say 1 or 2 to."""
    if not contact:
        return []
    await turn.ask(
        contact, "candidate", where=turn.private_with(contact), subject=candidate.id, lives=CARD_LIVES
    )
    group = turn.world.directory.group(said.where.transport, said.where.room)
    place = str(candidate.reading.get("place") or "")
    urgency = str(candidate.reading.get("urgency") or Urgency.NORMAL)
    say = turn.tell(
        contact,
        "card.candidate",
        urgent=urgency == Urgency.EMERGENCY,
        buttons=(("1 登记", "1"), ("2 不是", "2")),
        candidate=candidate.id,
        who=speaker(said.person, said.name),
        group=turn.world.directory.called(group) if group else turn.texts.say("card.private_chat"),
        text=quoted(candidate.text),
        what=called(turn, candidate.category, str(candidate.reading.get("sub") or "")),
        place=turn.texts.say("card.at", place=place) if place else "",
    )
    return [held(turn, say, urgency)]


def masked(text: str) -> str:
    """Words that leave the private chat they were said in: numbers masked, not endless."""
    return quoted(mask(text))
