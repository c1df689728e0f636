"""撤销: for five minutes everybody can take back what he did last."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from gridbot.errors import Refusal
from gridbot.handlers.reports import retract
from gridbot.handlers.routes import Routes
from gridbot.handlers.spreading import announce, meeting, mobilise, training
from gridbot.handlers.staff import handing_off
from gridbot.handlers.tickets import cards, planning, told
from gridbot.handlers.turn import Turn
from gridbot.messages import Address, Say
from gridbot.models import acts, letters
from gridbot.models.audit import Change
from gridbot.models.cases import casework, ledger, questions, reported
from gridbot.models.cases.casework import State
from gridbot.models.cases.tickets import Ticket
from gridbot.models.neighbours.trust import Handing
from gridbot.models.spreading import announcements, calling
from gridbot.models.territory import handing

routes = Routes()

# What has a number of its own is called off rather than undone; None where it is not its own.
CALLED_OFF: tuple[Callable[[Turn, int], Awaitable[Sequence[Say] | None]], ...] = (
    announce.taken_back,
    mobilise.taken_back,
    training.taken_back,
    meeting.taken_back,
)
NAMED = ("visit", "absence", "patrol", "diary", "pause", "duty")  # work.undone_… says what it was
ORG = frozenset({"group", "opt_out", "absence", "post"})  # rows that the directory holds in memory


@routes.on("undo")
async def undo(turn: Turn) -> Sequence[Say]:
    """Rows go back to what they were, unsent messages stay unsent, sent ones are corrected."""
    command = turn.reading.command
    number = command.numbers[0] if command and command.numbers else None
    for taken_back in CALLED_OFF:
        if number is not None and (stopped := await taken_back(turn, number)) is not None:
            return stopped
    since = turn.now - turn.world.conduct.undo
    changes = await acts.last_act(turn.person.who, since, number)
    made = await calling.newest(turn.person.who) if number is None else None
    newest = changes[0].at if changes else since
    if made is not None and made.closed_at is None and made.called_at > newest:
        return await mobilise.taken_back(turn, made.no) or []
    if not changes:
        return await _own_report(turn)
    before = [await ledger.ticket(int(key)) for key in _keys(changes, "ticket")]
    tickets = [ticket for ticket in before if ticket is not None]
    for ticket in tickets:
        await _untouched_since(ticket, changes)
    await _not_gone(changes)
    was = {ticket.no: ticket.state for ticket in tickets}
    given = await _handed_over(changes)
    await acts.undo(changes)
    says: list[Say] = []
    for no, state in was.items():
        restored = await ledger.ticket(no)
        if restored is not None:
            await _restored(turn, restored, state)
            now = casework.STATE_ZH[State(restored.state)]
            says.append(turn.reply("work.undone_ticket", no=no, state=now))
    if given is not None:
        says = [await handing_off.given_back(turn, given)]
    for key in _keys(changes, "candidate"):
        await _ask_again(turn, int(key))
    turn.world.org_changed = turn.world.org_changed or any(change.model in ORG for change in changes)
    await acts.record(turn.person.who, turn.now, "undo", str(changes[0].act))
    says = says or [turn.reply("work.undone", what=_what(turn, changes))]
    gone = any(change.model == "absence" for change in changes)
    return [*says, *await _correct(turn, changes[0].act, given, present=gone)]


def _what(turn: Turn, changes: Sequence[Change]) -> str:
    """What was taken back, in words: 刚才的走访记录."""
    named = next((change.model for change in changes if change.model in NAMED), "rest")
    return turn.texts.say(f"work.undone_{named}")


async def _handed_over(changes: Sequence[Change]) -> Handing | None:
    """The handing over that two have agreed to, where the act was that."""
    found = [await handing.done(int(key)) for key in _keys(changes, "handing")]
    return found[0] if found else None


def _keys(changes: Sequence[Change], model: str) -> list[str]:
    return sorted({change.key for change in changes if change.model == model}, key=int)


async def _untouched_since(ticket: Ticket, changes: Sequence[Change]) -> None:
    """Raises Refusal where somebody else has done something with the ticket since."""
    last = await ledger.last_change(ticket.no)
    if last is not None and (last.by != changes[0].by or last.at > changes[0].at):
        raise Refusal("refuse.undo_changed", no=ticket.no)


async def _not_gone(changes: Sequence[Change]) -> None:
    """Raises Refusal where an announcement has left: what people have read is corrected, not undone."""
    found_by = {"announcement": announcements.get, "due": announcements.of_job}
    for change in changes:
        find = found_by.get(change.model)
        found = await find(int(change.key)) if find is not None else None
        if found is not None and found.state == announcements.SENT:
            raise Refusal("announce.gone", number=found.no)


async def _restored(turn: Turn, ticket: Ticket, was: str) -> None:
    """The history says so, the board follows, open questions are those of the state before."""
    await casework.taken_back(ticket, was, turn.act)
    await planning.replan(turn, ticket)
    if ticket.state not in (State.RESOLVED,):
        await questions.drop(ticket.no, "verdict")
    holder = turn.world.directory.staff(ticket.assignee)
    await questions.drop(ticket.no, "card")
    if ticket.state == State.OPEN and holder is not None and holder.contact:
        where = turn.private_with(holder.contact)
        await turn.ask(holder.contact, "card", where=where, subject=ticket.no, lives=cards.CARD_LIVES)


async def _ask_again(turn: Turn, number: int) -> None:
    candidate = await ledger.candidate(number)
    if candidate is not None and not candidate.answer:
        where = turn.private_with(turn.heard.sender)
        await turn.ask(turn.heard.sender, "candidate", where=where, subject=number, lives=cards.CARD_LIVES)


async def _correct(turn: Turn, act: int, given: Handing | None, *, present: bool) -> list[Say]:
    """One sentence to everybody who got something because of the act; what had not left stays."""
    says: list[Say] = []
    done: set[str] = set()
    for row in await letters.call_back(act):
        to = Address(row.transport, row.account, row.room, row.contact)
        mine = to.contact == turn.heard.sender or to.lane == turn.heard.where.lane
        if mine or to.lane in done:
            continue
        done.add(to.lane)
        if given is not None:
            says.append(await handing_off.correction(turn, given, to))
        elif row.ticket is not None:
            says.append(turn.tell_at(to, "work.corrected", no=row.ticket))
        elif present:
            says.append(turn.tell_at(to, "work.corrected_absence", name=told.name(turn)))
        else:
            says.append(turn.tell_at(to, "work.corrected_plain"))
    return says


async def _own_report(turn: Turn) -> Sequence[Say]:
    """A resident who takes back what he has just reported."""
    since = turn.now - turn.world.conduct.undo
    ticket = await reported.last_of(turn.heard.sender, turn.heard.where.room, since)
    if ticket is None or turn.person.is_staff:
        raise Refusal("refuse.nothing_to_undo")
    says = await retract.withdrawn(turn, ticket, turn.act, "undo")
    role = told.holder(turn, ticket)
    return [turn.reply(retract.farewell(ticket), no=ticket.no, role=role), *says]
