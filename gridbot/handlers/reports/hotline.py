"""A hotline's order comes in as a ticket with its own deadline, and its reply goes out as the form asks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from gridbot.errors import Refusal
from gridbot.handlers.reports import candidate as candidates
from gridbot.handlers.reports import opening
from gridbot.handlers.reports.said import Said
from gridbot.handlers.routes import Routes
from gridbot.handlers.tickets import cards, chosen, papers, planning, told
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models import board
from gridbot.models.cases import casework, hotline, ledger, workload
from gridbot.models.cases.casework import LIVE, State
from gridbot.models.cases.serving import HotlineOrder, ReplyForm
from gridbot.models.cases.tickets import History, Ticket
from gridbot.nlp import Urgency
from gridbot.nlp.slots import order as orders
from gridbot.nlp.slots import place as places
from gridbot.nlp.slots.order import Order
from gridbot.profiles import Rank

routes = Routes()

# By when a hotline wants its answer where the order does not say: the draft norm of a capital's 12345.
BY_URGENCY = {Urgency.EMERGENCY: timedelta(hours=2), Urgency.HIGH: timedelta(hours=24)}
ORDINARY = timedelta(days=7)
CONTACTS = ("contact", "arrive", "check_in")  # moves by which somebody has spoken with the caller
VERIFIED = ("不属实", "部分属实", "属实")  # options of 回单更正, and how the form says it
BEYOND = "超职责"


@routes.on("hotline")
async def ordered(turn: Turn) -> Sequence[Say]:
    """热线工单 …: pasted by a colleague or a desk."""
    found = orders.find(turn.heard.text, at=turn.heard.at, zone=turn.world.zone)
    if found is None:
        raise Refusal("hotline.how")
    return await received(turn, found)


async def pasted(turn: Turn) -> list[Say] | None:
    """The same without the word before it: a text with a hotline's labels, said by a colleague in private."""
    if not (turn.private and turn.person.is_staff):
        return None
    if orders.unnumbered(turn.heard.text):
        raise Refusal("hotline.how")
    if not orders.looks_like(turn.heard.text):
        return None
    found = orders.find(turn.heard.text, at=turn.heard.at, zone=turn.world.zone)
    return await received(turn, found) if found is not None else None


async def received(turn: Turn, order: Order) -> list[Say]:
    """Open its ticket; the same order again is the same ticket. Raises Refusal in a group of residents."""
    turn.require_staff(Rank.LEADER, Rank.DESK, Rank.WORKER)
    if turn.discreet:
        raise Refusal("hotline.in_private")
    known = await hotline.known(order.number)
    if known is not None:
        return [turn.whisper("hotline.known", number=order.number, no=known.ticket)]
    person = await turn.world.directory.person(turn.heard.where.transport, "")
    words = f"{order.place} {order.content}".strip()
    said = Said(turn.private_with(""), person, turn.heard.id, order.content, turn.now, turn.grid)
    reading = candidates.reread(turn, replace(said, text=words))
    place = places.find(order.place) if order.place else None
    reading = replace(reading, place=place or reading.place)
    ticket, says = await opening.open_ticket(
        turn, reading, said=said, note=turn.texts.say("hotline.note", number=order.number)
    )
    due = _due(turn, order, reading.urgency)
    await casework.dated(ticket, turn.act, due_at=due)
    await planning.replan(turn, ticket)
    kept = await hotline.keep(
        turn.act,
        order.number,
        ticket.no,
        source=order.source,
        caller=order.caller,
        phone=order.phone,
        due_at=due,
    )
    holder = turn.world.directory.staff(ticket.assignee)
    answer = turn.whisper(
        "hotline.taken",
        number=order.number,
        no=ticket.no,
        what=cards.danger_called(turn, ticket),
        name=holder.name if holder else turn.texts.say("card.no_holder"),
        by=turn.when(due),
    )
    return [answer, *says, *_to_holder(turn, ticket, kept)]


def _due(turn: Turn, order: Order, urgency: Urgency) -> datetime:
    calendar = turn.world.calendar
    if order.span is not None:
        return calendar.add(turn.now, *order.span)
    if order.due is None:
        return turn.now + BY_URGENCY.get(urgency, ORDINARY)
    local = turn.world.local(order.due)
    if (local.hour, local.minute) == (0, 0):  # only a day was said: until the office shuts
        return calendar.at(local.date(), calendar.hours[-1][1])
    return order.due


def _to_holder(turn: Turn, ticket: Ticket, order: HotlineOrder) -> list[Say]:
    """Whoever has it reads whose order it is, whom to call and by when."""
    return told.staff(
        turn,
        ticket,
        ticket.assignee,
        "hotline.card",
        number=order.number,
        caller=order.caller or turn.texts.say("papers.none"),
        phone=order.phone or turn.texts.say("papers.none"),
        by=turn.when(order.due_at) if order.due_at else "",
    )


@routes.on("contacted")
async def contacted(turn: Turn) -> Sequence[Say]:
    """已联系 12 电话说明了情况: the caller was spoken with; the form of the reply says when."""
    turn.require_staff()
    ticket = await chosen.ticket(turn, likely=(*LIVE, State.RESOLVED))
    first = {} if ticket.first_reply_at else {"first_reply_at": turn.now}
    await casework.move(ticket, "contact", turn.act, turn.rest, **first)
    await board.cancel(planning.subject(ticket), "first_reply")
    return [turn.reply("hotline.contacted", no=ticket.no)]


@routes.on("reply_form")
async def decide(turn: Turn) -> Sequence[Say]:
    """回单更正 12 不属实 / 超职责: what only a person can say; then the form again."""
    ticket = await _meant(turn)
    command = turn.reading.command
    options = command.options if command is not None else frozenset()
    verified = next((word for word in VERIFIED if word in options), "")
    if not verified and BEYOND not in options:
        raise Refusal("hotline.how_form", no=ticket.no)
    values: dict[str, object] = {"verified": verified} if verified else {}
    if BEYOND in options:
        values["beyond"] = True
    await hotline.decide(turn.act, ticket.no, **values)
    return [await _form(turn, ticket)]


@routes.on("receipt_form")
async def receipt_form(turn: Turn) -> Sequence[Say]:
    """回单 1024: the reply that a hotline's form asks for, filled from the ticket."""
    return [await _form(turn, await _meant(turn))]


async def _meant(turn: Turn) -> Ticket:
    """The ticket that is named, or the only one of the speaker's that is done and not closed."""
    command = turn.reading.command
    named = (command is not None and command.numbers) or await chosen.quoted(turn) is not None
    mine = turn.person.is_staff and not named
    done = await workload.assigned(turn.person.who, (State.RESOLVED,)) if mine else []
    asked = [each for each in done if await hotline.of_ticket(each.no) is not None]
    for only in (asked, done):
        if len(only) == 1:
            return only[0]
    return await chosen.ticket(turn)


async def _form(turn: Turn, ticket: Ticket) -> Say:
    """The form among staff or in private, never among residents."""
    say = turn.texts.say
    yes, no, none = (say(f"papers.{word}") for word in ("yes", "no", "none"))
    order, form = await hotline.of_ticket(ticket.no), await hotline.form(ticket.no)
    history = await ledger.history(ticket.no)
    solved = ticket.state in (State.RESOLVED, State.CLOSED)
    spoken = _spoken(ticket, history)
    pictures = sum(len(message.media) for message in await ledger.messages(ticket.no))
    where = turn.private_with(turn.heard.sender) if turn.discreet or order is not None else turn.heard.where
    params = {
        "no": ticket.no,
        "number": order.number if order is not None else none,
        "what": cards.called(turn, ticket.category, ticket.sub),
        "place": ticket.place or say("places.unknown"),
        "verified": form.verified or say("papers.verified" if solved else "papers.unverified"),
        "beyond": yes if form.beyond else no,
        "kind": _kind(turn, form, solved, history),
        "attached": say("papers.pictures", count=pictures) if pictures else none,
        "contacted": yes if spoken else no,
        "phone": (order.phone if order is not None else "") or none,
        "contacted_at": f"{turn.world.local(spoken):%Y-%m-%d %H:%M}" if spoken else none,
        "solved": yes if solved else no,
        "why": none if solved else _why(ticket, history),
        "result": ticket.result or await papers.done(turn, ticket) or say("papers.nothing_yet"),
        "answer": await _public(turn, ticket, form, solved),
        "verdict": ticket.satisfaction or say("papers.no_verdict"),
    }
    return turn.written(where, "papers.receipt", params)


def _spoken(ticket: Ticket, history: Sequence[History]) -> datetime | None:
    """When somebody spoke with whoever complained: a reporter with an account hears of the taking."""
    found = next((line.at for line in history if line.what in CONTACTS), None)
    return found or (ticket.first_reply_at if ticket.reporter else None)


def _kind(turn: Turn, form: ReplyForm, solved: bool, history: Sequence[History]) -> str:
    if form.beyond:
        return turn.texts.say("papers.kind_return")
    if solved:
        return turn.texts.say("papers.kind_done")
    extended = any(line.what == "extend" for line in history)
    return turn.texts.say("papers.kind_extend" if extended else "papers.kind_open")


def _why(ticket: Ticket, history: Sequence[History]) -> str:
    """Why it is not solved: the last reason somebody gave, else how far it is."""
    reasons = (line.note for line in reversed(history) if line.what in ("extend", "suspend") and line.note)
    return next(reasons, casework.STATE_ZH[State(ticket.state)])


async def _public(turn: Turn, ticket: Ticket, form: ReplyForm, solved: bool) -> str:
    """The words that may be published: no name, no room, no number."""
    say = turn.texts.say
    what = cards.called(turn, ticket.category, ticket.sub)
    if form.beyond:
        return say("papers.public_beyond", what=what)
    if not solved:
        return say("papers.public_open", what=what, by=turn.when(ticket.due_at) if ticket.due_at else "")
    fit = await told.harmless(turn, ticket, ticket.result, unit=True)
    result = ticket.result if fit else say("papers.public_plain")
    untrue, partly, _ = VERIFIED
    key = {untrue: "papers.public_untrue", partly: "papers.public_partly"}.get(
        form.verified, "papers.public_done"
    )
    return say(key, what=what, result=result.rstrip("。.!！"))
