"""A leader answers, in words of his own, a colleague who gave a matter back to him: 你先去看看再说."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from gridbot.handlers.routes import Routes
from gridbot.handlers.tickets import cards, which
from gridbot.handlers.turn import Buttons, Turn
from gridbot.messages import Say
from gridbot.models.cases import ledger, questions
from gridbot.models.cases.casework import State
from gridbot.models.cases.tickets import Ticket
from gridbot.models.territory.people import Post
from gridbot.nlp import Command

routes = Routes()

LATELY = timedelta(hours=6)  # so long words may answer the card
GIVEN = ("return", "reassign", "handover")
CHOICES: Buttons = (("1 交回办", "1"), ("2 只转告", "2"), ("3 都不是", "3"))


async def asked(turn: Turn) -> list[Say] | None:
    """One question, whether he is to read these words; None where nobody has given anything back."""
    text = turn.heard.text.strip()
    command = turn.reading.command
    if not (turn.private and turn.person.is_staff and text) or (command is not None and not command.own):
        return None
    found = await _given(turn)
    if found is None:
        return None
    ticket, giver = found
    await turn.ask(turn.heard.sender, "given_back", subject=ticket.no, data={"to": giver.staff, "text": text})
    what = cards.matter(turn, ticket)
    return [
        turn.whisper("desk.given_back", no=ticket.no, what=what, name=giver.name, text=text, buttons=CHOICES)
    ]


async def _given(turn: Turn) -> tuple[Ticket, Post] | None:
    """The only open card of a matter that a colleague has just given to the speaker, and that colleague."""
    open_cards = await questions.cards(turn.heard.sender, turn.heard.where.lane, turn.now)
    new = [card for card in open_cards if card.kind == "card" and turn.now - card.asked_at <= LATELY]
    if not new or new[-1].subject is None:
        return None
    ticket = await ledger.ticket(new[-1].subject)
    line = await ledger.last_change(new[-1].subject)
    if ticket is None or line is None or ticket.state != State.OPEN or line.what not in GIVEN:
        return None
    giver = turn.world.directory.staff(line.by)
    if giver is None or not giver.contact or giver.staff == turn.person.staff:
        return None
    return ticket, giver


@routes.on("?given_back")
async def told(turn: Turn) -> Sequence[Say]:
    """1: it goes back to him with these words; 2: he reads them; 3: neither."""
    question, command = turn.asked, turn.reading.command
    choice = 1 if command is not None and command.name == "yes" else command.choice if command else None
    if choice not in (1, 2, 3):
        return await which.anew(turn)
    await questions.answered(question)
    no, text = question.subject or 0, str(question.data.get("text") or "")
    giver = turn.world.directory.staff(str(question.data.get("to")))
    ticket = await ledger.ticket(no)
    if choice == 3 or giver is None or ticket is None:
        return [turn.whisper("own.not_meant")]
    if choice == 2:
        name = turn.person.posts[0].name
        note = turn.tell(giver.contact, "desk.given_back_told", no=no, name=name, text=text)
        return [turn.whisper("desk.given_back_done", name=giver.name), cards.held(turn, note)]
    turn.question = None
    turn.reading = replace(turn.reading, command=Command("reassign", (no,), f"{giver.staff} {text}"))
    return await which.handlers["reassign"](turn)
