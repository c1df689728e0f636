"""The cards that staff get in private: what it is, where, who, by when, and the one-word answers."""

from __future__ import annotations

from datetime import timedelta

from gridbot.handlers.turn import Buttons, Turn
from gridbot.messages import Say
from gridbot.models.people import Person
from gridbot.models.tickets import Candidate, Ticket
from gridbot.nlp.slots.quantity import mask

CARD_LIVES = timedelta(days=3)
CARD_BUTTONS: Buttons = (("1 接单", "1"), ("2 不是", "2"))
LONGEST_QUOTE = 200

# Whom to call first, by the kind of emergency (the id of the rule that saw it).
CALLS = {"fire": "119", "gas": "119", "collapse": "119", "violence": "110", "missing": "110", "life": "120"}


def called(turn: Turn, category: str | None, sub: str | None = None) -> str:
    """The Chinese name of a category, with its sub-category where there is one."""
    known = turn.profile.categories.get(category or "")
    if known is None:
        return turn.texts.say("card.unknown_kind")
    return known.subs.get(sub or "", known.zh)


def call_first(rules: list[str]) -> str:
    """110, 119 or 120, by the emergency rules that fired; 120 where nothing tells."""
    for rule in rules:
        parts = rule.split(".")
        if parts[0] == "emergency":
            return next((CALLS[part] for part in parts[1:] if part in CALLS), "120")
    return "120"


def speaker(person: Person, name: str = "") -> str:
    """How a worker reads who it was: household and name; only ever in private."""
    home = person.home
    where = "-".join(part for part in (home.building, home.unit, home.room) if part) if home else ""
    return " ".join(part for part in (where, person.name or name or person.contact) if part)


def quoted(text: str) -> str:
    """The resident's words as staff see them: numbers masked, not endless."""
    masked = mask(text)
    return masked if len(masked) <= LONGEST_QUOTE else masked[:LONGEST_QUOTE] + "…"


async def ticket_card(turn: Turn, ticket: Ticket, contact: str, *, urgent: bool = False) -> list[Say]:
    """A new ticket for whoever has to take it; opens the question that `1` and `2` answer."""
    if not contact:
        return []
    await turn.ask(contact, "card", where=turn.private_with(contact), subject=ticket.no, lives=CARD_LIVES)
    rules = [str(rule) for rule in ticket.because]
    emergency = ticket.urgency == "emergency"
    by = ticket.first_reply_due_at
    return [
        turn.tell(
            contact,
            "card.emergency" if emergency else "card.ticket",
            buttons=CARD_BUTTONS,
            urgent=urgent or emergency,
            no=ticket.no,
            what=called(turn, ticket.category, ticket.sub),
            urgency=turn.texts.say("card.high") if ticket.urgency == "high" else "",
            place=ticket.place or turn.texts.say("places.unknown"),
            who=speaker(turn.person, turn.heard.sender_name),
            text=quoted(turn.heard.text),
            by=turn.when(by) if by else "",
            call=call_first(rules),
        )
    ]


async def candidate_card(turn: Turn, candidate: Candidate, contact: str) -> list[Say]:
    """What may be a report, for the worker to say 1 or 2 to."""
    if not contact:
        return []
    await turn.ask(
        contact,
        "candidate",
        where=turn.private_with(contact),
        subject=candidate.id,
        lives=CARD_LIVES,
    )
    sub = str(candidate.reading.get("sub") or "")
    place = str(candidate.reading.get("place") or "")
    return [
        turn.tell(
            contact,
            "card.candidate",
            buttons=(("1 登记", "1"), ("2 不是", "2")),
            who=speaker(turn.person, turn.heard.sender_name),
            group=turn.group.name or turn.group.room if turn.group else turn.texts.say("card.private_chat"),
            text=quoted(candidate.text),
            what=called(turn, candidate.category, sub),
            place=turn.texts.say("card.at", place=place) if place else "",
        )
    ]
