"""A worker answers a resident where he wrote, in the group: that is the first reply and is said once."""

from __future__ import annotations

from datetime import timedelta

from gridbot.errors import NotAllowed
from gridbot.handlers.own_words import of_work
from gridbot.handlers.tickets import chosen, desk, spoken_of, which
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models.cases import ledger
from gridbot.models.cases.casework import LIVE, State
from gridbot.models.cases.tickets import Ticket
from gridbot.nlp.slots import doing

FRESH = timedelta(hours=2)  # so long words without a quote may answer what the group has read
LONGEST = 60  # characters of an answer; a longer one is told to everybody
ACKNOWLEDGES = frozenset({"yes", "receipt", "noted", "accept"})
# what the reporter has read in the group already
READ = frozenset({"desk.told", "desk.told_by", "desk.said", "work.accepted_resident"})


async def answered(turn: Turn) -> list[Say] | None:
    """好的彭叔 我下午带人来修, quoting the report: answered, and taken on; None for all else.

    修好了 asks him, in private, whether that closes it.
    """
    command = turn.reading.command
    of_staff = turn.person.is_staff and turn.group is not None and turn.group.residents
    spoken = command is None or command.name in ACKNOWLEDGES
    if not of_staff or not spoken or turn.heard.late or not turn.heard.text.strip():
        return None
    ticket = await _quoted(turn) if turn.heard.quote is not None else await _named(turn)
    if ticket is None or ticket.state not in LIVE or ticket.reporter == turn.heard.sender:
        return None
    try:
        await chosen.permitted(turn, ticket)
    except NotAllowed:
        return None
    return await _noted(turn, ticket)


async def _noted(turn: Turn, ticket: Ticket) -> list[Say]:
    text, first = turn.heard.text.strip(), ticket.first_reply_at is None
    done = doing.find(text) == doing.DONE or turn.reading.resolved
    at, mine = desk.promised(turn), ticket.assignee == turn.person.staff
    says = await desk.answered(turn, ticket, text)
    if ticket.state == State.OPEN and (mine or done or doing.takes_on(text)):
        says += await which.again(turn, {"intent": "accept"}, ticket.no)
    kept = [say for say in says if say.key not in READ]
    if done:
        return [*kept, *await of_work.asked_in_private(turn, ticket, text)]
    if at is not None:
        return [*kept, turn.whisper("in_group.noted_by", no=ticket.no, by=turn.when(at))]
    return kept or ([turn.whisper("in_group.noted", no=ticket.no)] if first else [])


async def _quoted(turn: Turn) -> Ticket | None:
    number = await chosen.quoted(turn)
    return await ledger.ticket(number) if number is not None else None


async def _named(turn: Turn) -> Ticket | None:
    """What the group has read lately and his words plainly describe, or whose reporter they mention."""
    if len(turn.heard.text) > LONGEST or not doing.told(turn.heard.text):
        return None
    room, since = turn.heard.where.room, turn.now - FRESH
    every = await spoken_of.his_and_around(turn)
    here = [each for each in every if each.room == room and each.opened_at >= since]
    of_them = [each for each in here if each.reporter in turn.heard.mentions]
    found = of_them or spoken_of.fitting(turn, here, least=spoken_of.SORT)
    return found[0] if len(found) == 1 else None
