"""A worker does his work: takes a ticket, goes there, has it done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from gridbot.errors import Refusal
from gridbot.handlers import cards, chosen
from gridbot.handlers.routes import Routes
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models import board, casework, ledger
from gridbot.models.board import Plan
from gridbot.models.tickets import Ticket

routes = Routes()

VERDICT_AFTER = timedelta(hours=72)
EMPTY_RESULTS = frozenset(
    {
        "",
        "已处理",
        "已处理了",
        "处理了",
        "处理好了",
        "已办",
        "办了",
        "好了",
        "已解决",
        "完成",
        "已完成",
        "搞定",
    }
)


@routes.on("accept")
async def accept(turn: Turn) -> Sequence[Say]:
    """接单: take a ticket."""
    ticket = await chosen.ticket(turn)
    turn.require(ticket.grid)
    return await take(turn, ticket)


async def take(turn: Turn, ticket: Ticket) -> list[Say]:
    """The speaker takes it; the resident's first answer is given."""
    post = turn.require(ticket.grid)
    await casework.move(
        ticket, "accept", turn.act, assignee=post.staff, first_reply_at=ticket.first_reply_at or turn.now
    )
    await board.cancel(f"ticket:{ticket.no}", "first_reply")
    await ledger.drop_questions(ticket.no, "card")
    return [turn.whisper("work.accepted", no=ticket.no)]


@routes.on("?card")
async def answer_card(turn: Turn) -> Sequence[Say]:
    """`1` takes the ticket of the card, `2` drops it, `3 路灯` corrects it."""
    command, question = turn.reading.command, turn.question
    if command is None or question is None or question.subject is None:
        return []
    ticket = await ledger.ticket(question.subject)
    if ticket is None:
        return []
    if command.name == "yes" or command.choice == 1:
        return await take(turn, ticket)
    if command.name == "no" or command.choice == 2:
        turn.require(ticket.grid)
        await casework.move(ticket, "decline", turn.act, turn.rest)
        await board.cancel(f"ticket:{ticket.no}")
        await ledger.drop_questions(ticket.no, "card")
        return [turn.whisper("work.dropped", no=ticket.no)]
    return []


@routes.on("resolve")
async def resolve(turn: Turn) -> Sequence[Say]:
    """办结: done, with a sentence that the resident reads; "已处理" alone is sent back once."""
    ticket = await chosen.ticket(turn)
    turn.require(ticket.grid)
    result = turn.rest.strip(" ，,。.!！")
    if result in EMPTY_RESULTS:
        raise Refusal("work.need_result", no=ticket.no)
    await casework.move(
        ticket, "resolve", turn.act, result,
        result=result, resolved_at=turn.now, first_reply_at=ticket.first_reply_at or turn.now,
    )  # fmt: skip
    await board.cancel(f"ticket:{ticket.no}")
    await ledger.drop_questions(ticket.no, "card")
    await board.put(
        Plan("verdict_lapse", f"ticket:{ticket.no}", turn.now + VERDICT_AFTER, turn.now.isoformat())
    )
    return [turn.whisper("work.resolved", no=ticket.no), *await _tell_residents(turn, ticket, result)]


async def _tell_residents(turn: Turn, ticket: Ticket, result: str) -> list[Say]:
    """The reporter is asked for a verdict in private, neighbours are told, the group hears it once."""
    says = []
    if ticket.reporter:
        buttons = (("满意", "满意"), ("基本满意", "基本满意"), ("不满意", "不满意"))
        says.append(
            turn.tell(ticket.reporter, "work.resolved_resident", buttons=buttons, no=ticket.no, result=result)
        )
        where = turn.private_with(ticket.reporter)
        await turn.ask(ticket.reporter, "verdict", where=where, subject=ticket.no, lives=VERDICT_AFTER)
    for supporter in await ledger.supporters(ticket.no):
        says.append(turn.tell(supporter.contact, "work.resolved_supporter", no=ticket.no, result=result))
    group = turn.world.directory.group(ticket.transport, ticket.room)
    if group is not None and not ticket.sensitive:
        short = turn.texts.say("work.resolved_group", no=ticket.no, result=result)
        key = "work.resolved_group" if len(short) <= 40 else "work.resolved_group_plain"
        says.append(turn.tell_group(group, key, no=ticket.no, result=result))
    return says


@routes.on("?verdict", "rate")
async def rate(turn: Turn) -> Sequence[Say]:
    """满意 / 基本满意 / 不满意: the reporter's verdict closes the ticket; 不满意 goes to the leader."""
    command = turn.reading.command
    if command is None or not command.options:
        return []
    verdict = next(word for word in ("不满意", "基本满意", "满意") if word in command.options)
    number = command.numbers[0] if command.numbers else turn.question.subject if turn.question else None
    ticket = await ledger.ticket(number) if number is not None else None
    if ticket is None or ticket.reporter != turn.heard.sender:
        raise Refusal("refuse.no_ticket", no=number or 0)
    await casework.move(ticket, "verdict", turn.act, command.rest, satisfaction=verdict, closed_at=turn.now)
    await board.cancel(f"ticket:{ticket.no}", "verdict_lapse")
    await ledger.drop_questions(ticket.no, "verdict")
    if verdict != "不满意":
        return [turn.whisper("verdict.thanks", no=ticket.no)]
    leader = turn.world.directory.leader(ticket.grid)
    says = [turn.whisper("verdict.sorry", no=ticket.no)]
    if leader is not None and leader.contact:
        what = cards.called(turn, ticket.category, ticket.sub)
        says.append(
            turn.tell(
                leader.contact,
                "verdict.review",
                no=ticket.no,
                what=what,
                result=ticket.result,
                words=command.rest,
            )
        )
    return says
