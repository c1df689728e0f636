"""A colleague tells of his work without a command: 灯泡换好了, 我马上去看, 这个要等物业."""

from __future__ import annotations

from collections.abc import Sequence

from gridbot.errors import Unclear
from gridbot.handlers.routes import Routes
from gridbot.handlers.tickets import cards, chosen, desk, which
from gridbot.handlers.turn import Buttons, Turn
from gridbot.messages import Say
from gridbot.models.cases import ledger
from gridbot.models.cases.casework import LIVE, State
from gridbot.models.cases.tickets import Ticket
from gridbot.nlp.slots import doing
from gridbot.profiles import Rank

routes = Routes()

FINISH: Buttons = (("1 办结", "1"), ("2 不是", "2"))


async def said(turn: Turn) -> list[Say] | None:
    """One question that one word answers: close it with these words, or pass them on; None for all else."""
    if not turn.private or not turn.person.is_staff or turn.reading.command is not None:
        return None
    text = turn.heard.text.strip()
    how = doing.find(text)
    if how == doing.OTHER and turn.reading.resolved:
        how = doing.DONE
    if how == doing.OTHER:
        return None
    mine = await _meant(turn)
    if how == doing.DONE:
        taken = [each for each in mine if each.state in chosen.AT_WORK]
        return await finish(turn, taken or mine, text)
    if len(mine) > 1:
        raise _unclear(turn, "desk.relay_which", "pass_on", mine, text)
    return await _ask_to_pass_on(turn, mine[0], text) if mine else None


async def done_with(turn: Turn) -> bool:
    """Whether the words tell that a matter of this very sort, that he has or had, is done: 沙发拉走啦."""
    if doing.find(turn.heard.text.strip()) != doing.DONE or turn.reading.category is None:
        return False
    return any(each.category == turn.reading.category for each in [*await _his(turn), *await _around(turn)])


async def finish(turn: Turn, mine: Sequence[Ticket], text: str) -> list[Say] | None:
    """Ask whether a ticket is done with these words; raises Unclear where there are several."""
    if not mine:
        return None
    if len(mine) > 1:
        raise _unclear(turn, "work.finish_which", "resolve", mine, text)
    (ticket,) = mine
    await turn.ask(turn.heard.sender, "finish", subject=ticket.no, data={"text": text})
    what = cards.danger_called(turn, ticket)
    return [turn.whisper("work.finish", no=ticket.no, what=what, text=text, buttons=FINISH)]


async def _ask_to_pass_on(turn: Turn, ticket: Ticket, text: str) -> list[Say]:
    """Whoever has it in hand has taken it; whether the resident reads his words, he is asked."""
    key, says = "desk.relay", list[Say]()
    if ticket.state == State.OPEN and doing.takes_on(text):
        key, says = "desk.relay_taken", list(await which.again(turn, {"intent": "accept"}, ticket.no))[1:]
    await turn.ask(turn.heard.sender, "relay", subject=ticket.no, data={"text": text})
    return [turn.whisper(key, no=ticket.no, text=text, buttons=desk.RELAY), *says]


def _unclear(turn: Turn, key: str, intent: str, mine: Sequence[Ticket], text: str) -> Unclear:
    some = list(mine[: chosen.MOST_CHOICES])
    data = {"intent": intent, "rest": text, "options": [], "choices": [each.no for each in some]}
    return Unclear(key, "which", data, choices=chosen.choices(turn, some), text=text)


@routes.on("pass_on")
async def pass_on(turn: Turn) -> Sequence[Say]:
    """These words go to the resident of the ticket that was chosen."""
    (ticket,) = await chosen.tickets(turn)
    return await desk.answered(turn, ticket, turn.rest)


@routes.on("?relay")
async def relay(turn: Turn) -> Sequence[Say]:
    """1: the resident reads the words; 2: they are forgotten."""
    question, choice = turn.question, turn.one_or_two()
    assert question is not None
    ticket = await ledger.ticket(question.subject or 0)
    if ticket is None or choice is None:
        return await which.anew(turn)
    await ledger.answered(question)
    if choice == 2:
        return [turn.whisper("desk.not_told")]
    turn.question = None
    return await desk.answered(turn, ticket, str(question.data.get("text") or ""))


async def _meant(turn: Turn) -> list[Ticket]:
    """What the words can be about: what they describe, else the emergency at hand, else all that is his.

    A matter that went to his deputy meanwhile is still one that he may tell of.
    """
    his = await _his(turn)
    known = {each.no for each in his}
    every = [*his, *(each for each in await _around(turn) if each.no not in known)]
    fitting = chosen.described(turn, every)
    if len(fitting) < len(every):
        return fitting
    return chosen.at_hand(turn, his) or his or every


async def _his(turn: Turn) -> list[Ticket]:
    return await ledger.assigned(turn.person.who, LIVE)


async def _around(turn: Turn) -> list[Ticket]:
    """What is open in the grids that he works."""
    grids = {post.node for post in turn.person.posts if post.rank is Rank.WORKER}
    return (await ledger.open_at(grids, chosen.MOST_LED))[0] if grids else []
