"""Which ticket a command means: by number, by quote, by the card just answered, or the only one there is."""

from __future__ import annotations

from collections.abc import Sequence

from gridbot.errors import Refusal
from gridbot.handlers.turn import Turn
from gridbot.models import ledger
from gridbot.models.casework import LIVE, State
from gridbot.models.tickets import Ticket


async def ticket(turn: Turn, *, states: Sequence[State] = LIVE) -> Ticket:
    """The ticket a staff command is about; raises Refusal where it cannot be told."""
    number = await number_of(turn)
    if number is not None:
        found = await ledger.ticket(number)
        if found is None:
            raise Refusal("refuse.no_ticket", no=number)
        return found
    mine = await ledger.assigned(turn.person.who, states) if turn.person.is_staff else []
    if len(mine) == 1:
        return mine[0]
    asked = [
        q.subject for q in await ledger.questions(turn.heard.sender, turn.heard.where.lane, turn.now, "card")
    ]
    if len(asked) == 1 and asked[0] is not None and (found := await ledger.ticket(asked[0])):
        return found
    word = turn.heard.text.split()[0] if turn.heard.text.split() else ""
    raise Refusal("refuse.which_ticket", example=f"{word} {mine[0].no if mine else 12}")


async def number_of(turn: Turn) -> int | None:
    """The number written, or the one the quoted message is about."""
    command = turn.reading.command
    if command is not None and command.numbers:
        return command.numbers[0]
    quote = turn.heard.quote
    if quote is None:
        return None
    found = await ledger.by_message(turn.heard.where.room, quote.id)
    return found.no if found else await ledger.about_sent(quote.id, quote.text)
