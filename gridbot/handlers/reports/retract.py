"""Taking back what was said: 发错群了, a recalled message, 撤回."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from gridbot.errors import Refusal
from gridbot.handlers.reports import adding, joining
from gridbot.handlers.routes import Routes
from gridbot.handlers.tickets import cards, chosen, planning, told
from gridbot.handlers.turn import Turn
from gridbot.messages import Recalled, Say
from gridbot.models import board
from gridbot.models.acts import Act, change
from gridbot.models.cases import casework, ledger, pictures, questions, quoting, reported, unjudged
from gridbot.models.cases.casework import State
from gridbot.models.cases.tickets import Candidate, Ticket
from gridbot.nlp import Urgency
from gridbot.nlp.asks import Ask, asks

routes = Routes()

NOT_TAKEN = timedelta(days=1)  # how far back 不用来了 reaches, where nobody has begun
WRONG_GROUP = timedelta(minutes=30)  # how far back 发错群了 reaches


async def retraction(turn: Turn) -> Sequence[Say] | None:
    """发错群了: the speaker's last report here was none.

    None where nothing is to be taken back and the bot alone was spoken to: 帮我把群公告删了 is said to it.
    """
    sender, room, since = turn.heard.sender, turn.heard.where.room, turn.now - WRONG_GROUP
    ticket = await reported.last_of(sender, room, since)
    if ticket is None and turn.private:
        ticket = await reported.last_of_person(sender, since)
    if ticket is not None:
        says = list[Say]()
        for each in _taken_back(turn, [ticket, *await reported.opened_with(ticket)]):
            says += await withdrawn(turn, each, turn.act)
            says.append(turn.whisper(farewell(each), no=each.no, role=told.holder(turn, each)))
        return says
    if (candidate := await unjudged.last_of(sender, room, since)) is not None:
        await forget_candidate(turn, candidate)
        return []
    return None if turn.private else []


def _taken_back(turn: Turn, opened: Sequence[Ticket]) -> Sequence[Ticket]:
    """Of several matters of one message those that words name: 路灯亮了 刚才看错了, and none of the rest.

    Words that name none of them (发错群了) take all back.
    """
    named = turn.profile.category_word(turn.heard.text)
    if len(opened) < 2 or named is None:
        return opened
    category, sub = named
    return [each for each in opened if each.category == category and (not sub or each.sub in (None, sub))]


async def not_needed(turn: Turn) -> Sequence[Say]:
    """不用来了 我自己通开了, of his own matter that nobody has taken yet: it is withdrawn; else nothing."""
    if not asks(turn.heard.text, Ask.NEVER_MIND) or turn.person.is_staff:
        return []
    since = turn.now - NOT_TAKEN
    ticket = await reported.last_of(turn.heard.sender, turn.heard.where.room, since)
    if ticket is None or ticket.state != State.OPEN or ticket.urgency == Urgency.EMERGENCY:
        return []
    if ticket.sensitive:
        return []  # 他走了 先不用来了: whoever has it sees for himself
    says = await withdrawn(turn, ticket, turn.act, cards.quoted(turn.heard.text))
    return [*says, turn.whisper(farewell(ticket), no=ticket.no, role=told.holder(turn, ticket))]


async def withdrawn(turn: Turn, ticket: Ticket, act: Act, note: str = "") -> list[Say]:
    """The reporter takes it back; whoever has it is told.

    An emergency stays open until a worker has settled it, and what a neighbour joined becomes his.
    """
    if ticket.urgency == Urgency.EMERGENCY:
        return told.staff(turn, ticket, ticket.assignee, "card.withdrawn_emergency")
    if (heirs := await ledger.supporters(ticket.no)) and ticket.state in casework.LIVE:
        await casework.inherited(ticket, act, heirs[0])
        return []
    await casework.move(ticket, "withdraw", act, note, closed_at=turn.now)
    await planning.replan(turn, ticket)
    await questions.drop(ticket.no, "card", "place", "verdict")
    return told.staff(turn, ticket, ticket.assignee, "card.withdrawn")


def farewell(ticket: Ticket) -> str:
    """What its reporter reads after he took it back: that it is over, or why it goes on."""
    if ticket.state == State.WITHDRAWN:
        return "bye.withdrawn"
    return "bye.to_be_seen" if ticket.urgency == Urgency.EMERGENCY else "bye.goes_on"


async def forget_candidate(turn: Turn, candidate: Candidate) -> None:
    """The speaker took it back before anybody judged it: nothing of it is kept."""
    await change(turn.act, candidate, answer="withdrawn", answered_at=turn.now)
    await unjudged.forget_words(candidate)
    await board.cancel(f"candidate:{candidate.id}")
    await questions.drop(candidate.id, "candidate")


async def candidate_became_ticket(turn: Turn, ticket: Ticket) -> list[Say]:
    """A clear report a moment after an unclear one: the card about the unclear one is settled by it."""
    if ticket.reporter != turn.heard.sender or not turn.world.conduct.burst:
        return []
    known = await adding.burst_candidate(turn)
    if known is None:
        return []
    await change(turn.act, known, answer="yes", answered_at=turn.now, ticket=ticket.no)
    await casework.move_messages(known.id, ticket.no)
    await board.cancel(f"candidate:{known.id}")
    await questions.drop(known.id, "candidate")
    return await joining.carried_over(turn, known, ticket)


@routes.on("!recalled")
async def recalled(turn: Turn) -> Sequence[Say]:
    """A message taken back on the platform: its text goes, and a report made by it is withdrawn."""
    assert isinstance(turn.event, Recalled)
    room, message = turn.heard.where.room, turn.event.message_id
    candidate = await unjudged.by_message(room, message)
    if candidate is not None and not candidate.answer:
        await forget_candidate(turn, candidate)
        return []
    ticket = await quoting.by_message(room, message)
    if ticket is None:
        await pictures.recalled(room, message)
        return []
    first = await casework.forget_message(ticket, message)
    if not first or ticket.state not in casework.LIVE:
        return []
    return await withdrawn(turn, ticket, Act(ticket.reporter, turn.now, turn.id), "recall")


@routes.on("withdraw")
async def withdraw(turn: Turn) -> Sequence[Say]:
    """撤回: the reporter needs it no longer."""
    ticket = await chosen.own(turn)
    if ticket.reporter != turn.heard.sender:
        raise Refusal("refuse.not_yours", no=ticket.no)
    if ticket.state not in casework.LIVE:
        raise Refusal("bye.over", no=ticket.no)
    says = await withdrawn(turn, ticket, turn.act, turn.rest)
    return [turn.reply(farewell(ticket), no=ticket.no, role=told.holder(turn, ticket)), *says]
