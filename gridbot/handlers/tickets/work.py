"""A worker does his work: takes a ticket, goes there, has it done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from gridbot.errors import Refusal
from gridbot.handlers.duties import owing
from gridbot.handlers.own_words import of_work, ways
from gridbot.handlers.reports.talk import talk
from gridbot.handlers.routes import Routes
from gridbot.handlers.tickets import (
    cards,
    chosen,
    departments,
    desk,
    ending,
    hazard,
    joint,
    open_list,
    planning,
    review,
    timing,
    told,
    which,
)
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models import board
from gridbot.models.cases import casework, errands, ledger, questions, teamwork, unjudged, workload
from gridbot.models.cases.casework import State
from gridbot.models.cases.errands import Stage
from gridbot.models.cases.tickets import Ticket
from gridbot.models.spreading import calling
from gridbot.models.spreading.calling import Answer
from gridbot.nlp.slots import doing

routes = Routes()

RESULT_LIVES = timedelta(hours=24)
RESULT_IS_MEANT = timedelta(minutes=10)  # what is said later may be about something else
ONLY_AN_ORDER = 8  # characters of 都结了吧, 可以销了
# A result that tells the resident nothing.
EMPTY_RESULTS = frozenset(
    {
        "",
        "已处理",
        "已处理了",
        "已经处理",
        "已经处理了",
        "处理了",
        "处理完了",
        "处理好了",
        "处理完毕",
        "已处理完毕",
        "已办",
        "已办结",
        "办结",
        "办了",
        "办好了",
        "好了",
        "解决了",
        "已解决",
        "完成",
        "完成了",
        "已完成",
        "搞定",
        "搞定了",
    }
)


@routes.on("accept")
async def accept(turn: Turn) -> Sequence[Say]:
    """接单: take a ticket."""
    says: list[Say] = []
    for ticket in await chosen.tickets(turn, likely=(State.OPEN,)):
        says += await take(turn, ticket)
    return says


async def take(turn: Turn, ticket: Ticket) -> list[Say]:
    """The speaker takes it; the resident hears, in private and once, that somebody has it."""
    staff = turn.person.staff or ticket.assignee
    holder = turn.world.directory.staff(ticket.assignee)
    if ticket.state == State.ACCEPTED and holder is not None and holder.staff != staff:
        what = cards.matter(turn, ticket)
        return [turn.reply("work.taken_by_other", no=ticket.no, what=what, name=holder.name)]
    if ticket.state == State.ACCEPTED and holder is not None:
        return [turn.reply("work.yours_already", no=ticket.no)]
    before, first = ticket.assignee, ticket.first_reply_at is None
    await casework.move(
        ticket, "accept", turn.act, assignee=staff, first_reply_at=ticket.first_reply_at or turn.now
    )
    await planning.answered(ticket)
    await questions.drop(ticket.no, "card")
    key = "errand.accepted" if errands.before(ticket, Stage.TAKEN_IN) else "work.accepted"
    says = [turn.reply(key, no=ticket.no), *await timing.back_at_work(turn, ticket)]
    if first:
        late = ticket.due_at is not None and ticket.due_at <= turn.now
        key = "work.accepted_late" if late else "work.accepted_resident"
        says += told.reporter(turn, ticket, key, by=_by(turn, ticket), role=told.holder(turn, ticket))
    if before != staff:
        says += told.staff(
            turn, ticket, before, "work.taken_by_other", what=cards.matter(turn, ticket), name=told.name(turn)
        )
    if ticket.scale == "big":
        says += await joint.by_route(turn, ticket)
    return says


def _by(turn: Turn, ticket: Ticket) -> str:
    return turn.when(ticket.due_at) if ticket.due_at else ""


async def decline(turn: Turn, ticket: Ticket) -> list[Say]:
    """It is no matter for the office after all: the resident hears it politely."""
    await casework.move(ticket, "decline", turn.act, turn.rest, closed_at=turn.now)
    await planning.replan(turn, ticket)
    await questions.drop(ticket.no, "card", "place")
    return [
        turn.reply("work.dropped", no=ticket.no),
        *told.reporter(turn, ticket, "work.declined_resident", phone=told.duty_phone(turn, ticket)),
    ]


@routes.on("arrive")
async def arrive(turn: Turn) -> Sequence[Say]:
    """到场: somebody is there; 已经到了, of whoever was called out, at the place where all gather."""
    command, called = turn.reading.command, await calling.waiting_for(turn.heard.sender)
    unnumbered = command is not None and not command.numbers and turn.heard.quote is None
    if unnumbered and command is not None and called is not None and called[1].answer != Answer.HERE:
        here = replace(command, name="answer_muster", options=frozenset({Answer.HERE}))
        turn.reading = replace(turn.reading, command=here)
        return await which.handlers["answer_muster"](turn)
    says: list[Say] = []
    for ticket in await chosen.tickets(turn):
        says += await _arrived(turn, ticket)
    return says


async def _arrived(turn: Turn, ticket: Ticket) -> list[Say]:
    part = await teamwork.part_of(ticket.no, turn.person.department, turn.person.staff)
    note = turn.rest if part is None else await departments.came(turn, part) or turn.rest
    first, before = ticket.first_reply_at is None, ticket.assignee
    taken = ticket.assignee if part is not None else turn.person.staff or ticket.assignee
    await casework.move(
        ticket,
        "arrive",
        turn.act,
        note,
        assignee=taken,
        first_reply_at=ticket.first_reply_at or turn.now,
        arrived_at=ticket.arrived_at or turn.now,
        **hazard.stage(ticket, hazard.THERE),
    )
    await planning.answered(ticket)
    await board.cancel(planning.subject(ticket), "arrive")
    await questions.drop(ticket.no, "card")
    says = [await _arrival(turn, ticket), *await timing.back_at_work(turn, ticket)]
    if before != turn.person.staff:
        says += told.staff(
            turn, ticket, before, "route.arrived_told", what=cards.matter(turn, ticket), name=told.name(turn)
        )
    if first:
        says += told.reporter(
            turn, ticket, "work.arrived_resident", role=told.role(turn, turn.person.staff, ticket.grid)
        )
    return says


async def _arrival(turn: Turn, ticket: Ticket) -> Say:
    """The answer to 到场; where the time counts, with the minutes since the call."""
    if ticket.arrive_due_at is None:
        return turn.reply("work.arrived", no=ticket.no)
    line = await ledger.last_line(ticket.no, "escalate")
    since = line.at if line is not None else ticket.opened_at
    minutes = int((turn.now - since).total_seconds() // 60)
    return turn.reply("route.arrived", no=ticket.no, lasted=turn.texts.lasted(minutes))


@routes.on("resolve")
async def resolve(turn: Turn) -> Sequence[Say]:
    """办结: done, with a sentence that the resident reads; "已处理" alone is sent back once."""
    found = await chosen.tickets(turn, likely=chosen.AT_WORK)
    return await resolved(turn, found, turn.rest.strip(" ，,。.!！、"))


async def resolved(turn: Turn, found: Sequence[Ticket], result: str) -> list[Say]:
    """Close these tickets with one result, or ask for the words that are missing.

    Words that tell nothing are sent back once; where none were ever said it stays open.
    """
    if result in EMPTY_RESULTS or _only_orders(turn, result):
        asked = await questions.waiting(turn.heard.sender, turn.heard.where.lane, turn.now, "result")
        before = {question.subject: str(said) for question in asked if (said := question.data.get("said"))}
        missing = [ticket for ticket in found if ticket.no not in before]
        if missing:
            data = {"said": result}
            await turn.ask(turn.heard.sender, "result", subject=missing[0].no, data=data, lives=RESULT_LIVES)
            return [turn.reply("work.need_result", no=missing[0].no)]
        result = result or next(iter(before.values()), "")
    says: list[Say] = []
    for ticket in found:
        says += await _finished(turn, ticket, result)
    return says


def _only_orders(turn: Turn, result: str) -> bool:
    """都结了吧: to close it, and nothing that a resident could read."""
    if len(result) > ONLY_AN_ORDER or not turn.person.is_staff:
        return False
    order = ways.said_as_order(turn, result)
    ends = order is not None and order.command is not None and order.command.name == "resolve"
    return ends and order is not None and not order.resolved  # 水来了 这件结了 tells something


async def _finished(turn: Turn, ticket: Ticket, result: str) -> list[Say]:
    """Whoever takes part ends his part; the ticket ends with the last of them, or with its holder."""
    if not (ticket.departments or ticket.lead):
        return await ending.end(turn, ticket, result)
    part = await teamwork.part_of(ticket.no, turn.person.department, turn.person.staff)
    if part is None:
        await joint.refuse_open(turn, ticket)
        return await ending.end(turn, ticket, result)
    says, whole = await joint.part_done(turn, ticket, part, result)
    return says if whole is None else await ending.end(turn, ticket, whole)


@routes.on("?result")
async def result_told(turn: Turn) -> Sequence[Say]:
    """The words that were missing: the ticket is closed with them."""
    question = turn.asked
    if turn.reading.command is not None or not turn.heard.text.strip():
        return await talk(turn)
    text = turn.heard.text.strip()
    ticket = await ledger.ticket(question.subject or 0)
    if ticket is None or ticket.state not in casework.LIVE:
        await questions.answered(question)
        return []
    await chosen.permitted(turn, ticket)
    chosen.acting(turn, ticket)
    if doing.find(text) == doing.UNDER_WAY or desk.promised(turn) is not None:
        return await which.anew(turn)  # 明天上午来修 is no result, and perhaps of another matter
    if turn.now - question.asked_at > RESULT_IS_MEANT:
        return await of_work.finish(turn, [ticket], text) or []
    return await resolved(turn, [ticket], text)


@routes.on("?finish")
async def finish(turn: Turn) -> Sequence[Say]:
    """1: the matter is closed with the words that were said; 2: it is not."""
    question = turn.asked
    ticket = await ledger.ticket(question.subject or 0)
    if ticket is None:
        return await which.anew(turn)
    refused = turn.whisper("work.not_finished", no=ticket.no)
    if (said := await which.unless_yes(turn, "resolve", refused=refused)) is not None:
        return said
    await chosen.permitted(turn, ticket)
    refuse_ended(ticket)
    return await resolved(turn, [ticket], str(question.data.get("text") or ""))


@routes.on("todo")
async def todo(turn: Turn) -> Sequence[Say]:
    """待办: what the speaker has to do, the nearest deadline first."""
    if not turn.person.is_staff and turn.person.department is None:
        turn.require_staff()
    if turn.rest and (wanted := await open_list.asked(turn)) is not None:
        return [_open(turn, *wanted)]
    mine = await workload.assigned(turn.person.who) if turn.person.is_staff else []
    if turn.person.department is not None:
        mine += await workload.of_department(turn.person.department)
    mine += [each for each in await teamwork.working(turn.person.who) if each.no not in {t.no for t in mine}]
    waiting = await unjudged.waiting(turn.person.who)
    asked = [turn.texts.say("work.todo_candidates", count=len(waiting))] if waiting else []
    asked += await review.waiting(turn)
    asked += await open_list.led(turn)
    owed = await owing.lines(turn)
    asked += owed
    if not mine:
        nothing = turn.texts.say("work.no_case" if owed else "work.nothing_to_do")
        return [turn.reply("work.todo_plain", lines="\n".join([nothing, *asked]))]
    lines = [*(_line(turn, ticket) for ticket in mine[:20]), *asked]
    return [turn.reply("work.todo", count=len(mine), lines="\n".join(lines))]


def _open(turn: Turn, found: Sequence[Ticket], count: int) -> Say:
    if not found:
        return turn.whisper("work.open_nothing", what=turn.rest)
    lines = "\n".join(open_list.line(turn, ticket) for ticket in found)
    return turn.whisper("work.open_list", count=count, lines=lines, what=turn.rest)


def _line(turn: Turn, ticket: Ticket) -> str:
    state = casework.STATE_ZH[State(ticket.state)]
    by = turn.texts.say("work.todo_by", by=_by(turn, ticket)) if ticket.due_at else ""
    return turn.texts.say("work.todo_line", ticket=chosen.label(turn, ticket), state=state, by=by)


def refuse_ended(ticket: Ticket) -> None:
    """Raises Refusal where the ticket is no longer worked on."""
    if ticket.state not in casework.LIVE:
        raise Refusal("refuse.illegal", no=ticket.no, state=casework.STATE_ZH[State(ticket.state)])
