"""满意 / 基本满意 / 不满意: the reporter's verdict closes the ticket; 不满意 goes to the leader."""

from __future__ import annotations

from collections.abc import Sequence

from gridbot.errors import Refusal
from gridbot.handlers.reports import under_way
from gridbot.handlers.reports.talk import talk
from gridbot.handlers.routes import Routes
from gridbot.handlers.tickets import cards, chosen, desk, enquiry, planning, told
from gridbot.handlers.tickets.rating import FAIR, GOOD, meant, rated
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models.cases import reported
from gridbot.models.cases.casework import BAD, LIVE, State
from gridbot.models.cases.tickets import Ticket

routes = Routes()

FEW = 12  # characters of 好的好的 满意 谢谢
NODS = frozenset({"yes", "noted", "receipt"})
WORDS = (BAD, FAIR, GOOD)  # longest meaning first: 满意 is part of the others


@routes.on("?verdict", "rate")
async def rate(turn: Turn) -> Sequence[Say]:
    """A verdict, alone or with words, on the ticket asked about, named or quoted."""
    command = turn.reading.command
    if command is not None and command.name == "rate" and (says := await desk.rated_in_words(turn)):
        return says
    verdict = next((word for word in WORDS if command and word in command.options), None)
    if verdict is None and (said := _said(turn)) is not None:
        return await _on_what_was_asked(turn, said)
    if command is None or command.name != "rate" or verdict is None:
        if command is not None and command.name == "rate":
            return [turn.reply("verdict.how")]
        return await under_way.words_on_result(turn) or await talk(turn)
    if turn.discreet and not command.numbers and not turn.heard.mentions_bot and turn.heard.quote is None:
        return []  # 满意 in a group is talk
    if (joined := await _joined(turn)) is not None:
        return await _of_a_neighbour(turn, joined, verdict)
    if (several := await _under_way(turn)) > 1:
        return [turn.reply("verdict.too_early_several", count=several)]
    ticket = await chosen.own(turn, (State.RESOLVED,), otherwise=LIVE, nothing="verdict.nothing")
    if ticket.reporter != turn.heard.sender:
        raise Refusal("refuse.not_yours", no=ticket.no)
    if ticket.state in LIVE:
        key = "verdict.too_early_urge" if verdict == BAD else "verdict.too_early"
        return [turn.reply(key, no=ticket.no, until=enquiry.until(turn, ticket))]
    return await rated(turn, ticket, verdict, command.rest)


def _said(turn: Turn) -> str | None:
    """好 满意, to the question itself: the verdict in a few words that begin with a nod."""
    question, command = turn.question, turn.reading.command
    nods = command is not None and command.name in NODS and turn.private
    asked = question is not None and question.kind == "verdict" and len(turn.heard.text) <= FEW
    if not (nods and asked):
        return None
    return next((word for word in WORDS if word in turn.heard.text), None) or meant(turn.heard.text)


async def _on_what_was_asked(turn: Turn, verdict: str) -> Sequence[Say]:
    ticket = await chosen.by_number(turn.asked.subject or 0)
    return await rated(turn, ticket, verdict, "") if ticket.state == State.RESOLVED else await talk(turn)


async def _under_way(turn: Turn) -> int:
    """How many matters of his are under way, where he names none and none waits for a verdict."""
    command = turn.reading.command
    if turn.heard.quote is not None or (command is not None and command.numbers):
        return 0
    his = await reported.by(turn.heard.sender)
    waits = any(each.state == State.RESOLVED for each in his)
    return 0 if waits else sum(each.state in LIVE for each in his)


async def _joined(turn: Turn) -> Ticket | None:
    """What he joined and was told the end of, where nothing of his own waits for a verdict."""
    command = turn.reading.command
    if turn.person.is_staff or turn.heard.quote is not None or (command is not None and command.numbers):
        return None
    known = await reported.concerning(turn.heard.sender)
    if any(each.reporter == turn.heard.sender and each.state in (*LIVE, State.RESOLVED) for each in known):
        return None
    over = [each for each in known if each.reporter != turn.heard.sender and each.resolved_at is not None]
    newest = max(over, key=lambda each: each.resolved_at or turn.now, default=None)
    fresh = newest is not None and turn.now - (newest.resolved_at or turn.now) <= planning.VERDICT_AFTER
    return newest if fresh else None


async def _of_a_neighbour(turn: Turn, ticket: Ticket, verdict: str) -> list[Say]:
    """Of the reporter's own home it is the verdict; another neighbour's words are read by whoever had it."""
    home = turn.person.home
    if home is not None and home.id == ticket.household and ticket.state == State.RESOLVED:
        return await rated(turn, ticket, verdict, turn.rest)
    if verdict == GOOD and not turn.rest:
        return [turn.reply("verdict.thanks", no=ticket.no)]
    words = cards.quoted(turn.heard.text.strip())
    news = told.staff(turn, ticket, ticket.assignee, "verdict.of_a_neighbour", text=words)
    return [turn.reply("verdict.passed_on", role=told.holder(turn, ticket)), *news]
