"""办结, 返还, 签收: the papers of an errand come back to the resident."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from gridbot.errors import NotAllowed, Refusal
from gridbot.handlers.errands.batch import meant
from gridbot.handlers.routes import Routes
from gridbot.handlers.tickets import cards, chosen, told
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models import board
from gridbot.models.board import Plan
from gridbot.models.cases import casework, errands
from gridbot.models.cases.errands import Stage
from gridbot.models.cases.tickets import Ticket

routes = Routes()


def _day(turn: Turn, at: datetime) -> str:
    local = turn.world.local(at)
    return turn.texts.say("errand.day", month=local.month, day=local.day)


def has_papers(ticket: Ticket) -> bool:
    """Whether somebody has taken papers in for it, which have to go back when it is done."""
    return errands.of(ticket) is not None and not errands.before(ticket, Stage.TAKEN_IN)


def promised(turn: Turn, ticket: Ticket, result: str) -> str:
    """A result as its resident reads it: with the day on which his papers come back."""
    if errands.of(ticket) is None or ticket.return_due_at is None or not ticket.reporter:
        return result
    return turn.texts.say(
        "errand.with_return", result=result.rstrip("。"), by=_day(turn, ticket.return_due_at)
    )


async def done(turn: Turn, ticket: Ticket) -> list[Say]:
    """After 办结: the papers have to be back on the second working day after; who brings them is told."""
    if ticket.return_due_at is None:
        return []
    what, due = f"ticket:{ticket.no}", ticket.return_due_at
    morning = turn.world.calendar.at(turn.world.local(due).date(), time(8, 30))
    await board.again(
        Plan("errand_return", what, morning), Plan("errand_late", what, due + timedelta(minutes=1))
    )
    says: list[Say] = []
    by = _day(turn, due)
    bringer = turn.world.directory.worker(ticket.grid)
    if bringer is not None and bringer.contact:
        kind = cards.danger_called(turn, ticket)
        say = turn.tell(bringer.contact, "errand.done_worker", no=ticket.no, what=kind, by=by)
        says.append(cards.held(turn, say))
    return says


@routes.on("give_back")
async def give_back(turn: Turn) -> Sequence[Say]:
    """返还: the papers are back with the resident, who is asked to sign for them."""
    turn.require_staff()
    says: list[Say] = []
    for ticket in await _given_back(turn):
        await casework.move(ticket, "give_back", turn.act, turn.rest, stage=Stage.GIVEN_BACK)
        await board.cancel(f"ticket:{ticket.no}", "errand_return", "errand_late")
        says.append(turn.reply("errand.given_back", no=ticket.no))
        if ticket.reporter:
            to = told.private(ticket, ticket.reporter)
            buttons = ((turn.texts.say("errand.sign"), f"签收 {ticket.no}"),)
            says.append(turn.tell_at(to, "errand.sign_please", buttons=buttons, no=ticket.no))
    return says


async def _given_back(turn: Turn) -> list[Ticket]:
    """What is meant by 返还; raises Refusal where it is not done yet."""
    command = turn.reading.command
    if command is None or not command.numbers:
        return await meant(turn, Stage.DONE)
    for number in command.numbers:
        if errands.before(await chosen.by_number(number), Stage.DONE):
            raise Refusal("errand.too_early", no=number)
    return await meant(turn, Stage.DONE, Stage.GIVEN_BACK)


async def received(turn: Turn) -> list[Say] | None:
    """收到了，谢谢, in private from whoever was asked to sign: that is his signature; None for all else."""
    command = turn.reading.command
    if not turn.private or turn.person.is_staff or command is None or command.name != "receipt":
        return None
    owed = await errands.owed(turn.heard.sender)
    return await _signed(turn, owed[0]) if len(owed) == 1 else None


@routes.on("sign_for")
async def sign_for(turn: Turn) -> Sequence[Say]:
    """签收: the resident (or the worker, for a signature on paper) has everything back."""
    return await _signed(turn, await _handed_back(turn))


async def _signed(turn: Turn, ticket: Ticket) -> list[Say]:
    if errands.of(ticket) is None:
        raise Refusal("errand.no_errand", no=ticket.no)
    mine = ticket.reporter == turn.heard.sender  # who has them in hand need not wait for the worker's word
    if ticket.stage != Stage.GIVEN_BACK and not (mine and ticket.stage == Stage.DONE):
        raise Refusal("errand.not_given_back", no=ticket.no)
    await board.cancel(f"ticket:{ticket.no}", "errand_return", "errand_late")
    await casework.move(ticket, "sign", turn.act, turn.rest, stage=Stage.SIGNED)
    says = [turn.reply("errand.signed", no=ticket.no)]
    bringer = turn.world.directory.worker(ticket.grid)
    return [*says, *told.staff(turn, ticket, bringer.staff if bringer else None, "errand.signed_by")]


async def _handed_back(turn: Turn) -> Ticket:
    command = turn.reading.command
    if command is None or not command.numbers:
        owed = await errands.owed(turn.heard.sender)
        if not owed:
            raise Refusal("errand.nothing_to_sign")
        return chosen.one_of(turn, owed)
    ticket = await chosen.by_number(command.numbers[0])
    if ticket.reporter == turn.heard.sender:
        return ticket
    home = turn.person.home
    if home is not None and ticket.household == home.id:
        return ticket
    if not turn.world.directory.covers(turn.person, ticket.grid):
        raise NotAllowed
    return ticket
