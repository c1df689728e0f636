"""A department tells of what it was called to in words of its own: 师傅下午过去, 不归我们管, 到了, 修好了."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from gridbot.errors import Unclear
from gridbot.handlers.own_words import of_work
from gridbot.handlers.routes import Routes
from gridbot.handlers.tickets import cards, chosen, desk, spoken_of, told, which
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models.cases import ledger, teamwork, workload
from gridbot.models.cases.tickets import Ticket
from gridbot.nlp import Command
from gridbot.nlp.slots import answering

routes = Routes()

AFTERWARDS = timedelta(days=1)  # how long words of a department are still about what it gave back or did
RECEIPTS = ("receipt", "yes")  # 收到，师傅下午过去 is more than that


async def said(turn: Turn) -> list[Say] | None:
    """What a department's contact writes in private, about what it has to do; None for all else."""
    body = turn.person.department
    command = turn.reading.command
    if not turn.private or body is None or turn.person.is_staff:
        return None
    if command is not None and not (command.name in RECEIPTS and not command.marked and not command.numbers):
        return None
    text = turn.heard.text.strip()
    how = answering.find(text)
    if how == answering.OTHER:
        return None
    if (number := await chosen.quoted(turn)) is not None:
        mine = [await chosen.by_number(number)]
    else:
        mine = spoken_of.described(turn, await _theirs(turn, body))
    if not mine:
        return await _afterwards(turn, body, text)
    if len(mine) == 1:
        return await _told(turn, mine[0], how, text)
    if answering.receipt(text):
        return []
    some = mine[: chosen.MOST_CHOICES]
    data = {"intent": "body_word", "rest": text, "options": [], "choices": [each.no for each in some]}
    raise Unclear("body.which", "which", data, choices=chosen.choices(turn, some), text=text)


async def _theirs(turn: Turn, body: str) -> list[Ticket]:
    """What the department was called to and has not finished; what came last first, where it only says so."""
    mine = await workload.of_department(body)
    if len(mine) > 1 and answering.receipt(turn.heard.text.strip()):
        return [max(mine, key=lambda each: each.no)]
    return mine


@routes.on("body_word")
async def chosen_one(turn: Turn) -> Sequence[Say]:
    """The words are of the ticket that was chosen."""
    (ticket,) = await chosen.tickets(turn)
    text = turn.rest
    return await _told(turn, ticket, answering.find(text), text)


async def _told(turn: Turn, ticket: Ticket, how: str, text: str) -> list[Say]:
    await chosen.permitted(turn, ticket)
    if how == answering.REFUSED:
        return await _run(turn, "return", ticket, text)
    if how == answering.THERE:
        return await _there(turn, ticket, text)
    if how == answering.DONE:
        return await of_work.finish(turn, [ticket], text) or []
    turn.reading = turn.world.reader.read(answering.message(text), at=turn.heard.at)
    if desk.promised(turn) is not None:
        return await desk.answered(turn, ticket, answering.message(text))
    told_him = _holder_reads(turn, ticket, text)
    holder = turn.world.directory.staff(ticket.assignee)
    if answering.receipt(text) or holder is None or not told_him:
        return told_him
    return [turn.whisper("body.passed_on", no=ticket.no, name=holder.name), *told_him]


async def _there(turn: Turn, ticket: Ticket, text: str) -> list[Say]:
    """It has come; whoever has the ticket reads that in the department's own sentence."""
    says = await _run(turn, "check_in", ticket, text)
    own = _holder_reads(turn, ticket, text)
    return [*(say for say in says if not own or say.key != "work.department_came"), *own]


async def _afterwards(turn: Turn, body: str, text: str) -> list[Say] | None:
    """A department that has given back or finished what it was called to says one thing more of it."""
    part = await teamwork.last_part(body, turn.now - AFTERWARDS)
    ticket = await ledger.ticket(part.ticket) if part is not None else None
    if ticket is None:
        asks = answering.asks(text) and turn.reading.place is None
        return [turn.whisper("body.nothing")] if asks else None
    if answering.receipt(text):
        return []
    told_him = _holder_reads(turn, ticket, text)
    holder = turn.world.directory.staff(ticket.assignee)
    if not told_him or holder is None:
        return None
    return [turn.whisper("body.passed_on", no=ticket.no, name=holder.name), *told_him]


def _holder_reads(turn: Turn, ticket: Ticket, text: str) -> list[Say]:
    """Whoever has the ticket reads the department's own sentence."""
    what = cards.danger_called(turn, ticket)
    return told.staff(turn, ticket, ticket.assignee, "body.says", what=what, name=told.name(turn), text=text)


async def _run(turn: Turn, name: str, ticket: Ticket, text: str) -> list[Say]:
    """One of the commands of a department, said in its own words."""
    turn.reading = replace(turn.reading, command=Command(name, numbers=(ticket.no,), rest=text))
    return list(await which.handlers[name](turn))
