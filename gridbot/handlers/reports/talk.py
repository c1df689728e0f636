"""What is no report by itself: +1, "it works again", a photo or 快点啊 after a report, plain talk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gridbot.handlers.errands import giving_back
from gridbot.handlers.neighbours import discussing
from gridbot.handlers.own_words import (
    asking_after,
    follow_up,
    to_residents,
    ways,
)
from gridbot.handlers.reports import (
    adding,
    alarms,
    beforehand,
    correcting,
    elsewhere,
    gathering,
    grievance,
    joining,
    meaning,
    registering,
    relapse,
    retract,
    showing,
    spot,
    unclear,
    under_way,
    working_again,
)
from gridbot.handlers.reports.candidate import ask_worker
from gridbot.handlers.routes import Routes
from gridbot.handlers.spreading import receipts
from gridbot.handlers.tickets import told, which
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models.cases import ledger, quoting
from gridbot.models.cases.tickets import Ticket
from gridbot.models.spreading import calling
from gridbot.nlp import Kind, Urgency, passages
from gridbot.nlp.asks import Ask, is_word, only
from gridbot.nlp.slots import doing

routes = Routes()


ACKNOWLEDGES = frozenset({"yes", "receipt", "noted"})
DANGER = "safety_hazard"
CURT = 12  # characters: no notice and no advert is as short
TALK = 0.96  # so sure that it is nothing: "谁家炖肉这么香", said a minute after a report, is no part of it


@routes.on("?place")
async def place_told(turn: Turn) -> Sequence[Say]:
    """The answer to "where?" completes the ticket; anything else is ordinary talk."""
    question = turn.question
    if question is None or question.subject is None or not turn.reading.place:
        return await talk(turn)
    ticket = await ledger.ticket(question.subject)
    if ticket is None:
        return []
    return await _placed(turn, ticket)


async def _placed(turn: Turn, ticket: Ticket) -> list[Say]:
    """The words tell where it is: kept with the ticket, and said to be noted where nobody else reads it."""
    says = await adding.to_ticket(turn, ticket)
    return [turn.say("intake.place_noted", no=ticket.no), *says] if turn.private else says


@routes.on("talk", "yes", "no", "choice", "receipt", "noted", "?opinion")
async def talk(turn: Turn) -> Sequence[Say]:
    """What is no report by itself: +1, "it works again", a photo or "快点啊" after a report."""
    if (awaited := await elsewhere.awaited(turn)) is not None:
        return awaited
    if (pasted := await elsewhere.of_an_office(turn) or await follow_up.asked(turn)) is not None:
        return pasted
    if (brought := await under_way.brought(turn)) is not None:
        return [*showing.warned(turn), *brought]
    if (pasted := await beforehand.asked(turn)) is not None:
        return pasted
    return [*showing.warned(turn), *await _talk(turn)]


async def _talk(turn: Turn) -> Sequence[Say]:
    if (answer := await _of_something_here(turn)) is not None:
        return answer
    if (answer := await _of_his_own(turn)) is not None:
        return answer
    if not _continues(turn):
        of_staff = turn.private and turn.person.is_staff and "thanks" not in turn.reading.flags
        return await meaning.sought(turn) if of_staff else []
    if (before := await adding.burst_ticket(turn)) is not None:
        return [*_heard(turn, before), *await adding.to_ticket(turn, before)]
    if (known := await adding.burst_candidate(turn)) is not None:
        return await adding.to_candidate(turn, known)
    await gathering.waits_for_words(turn)
    return await _said_to_the_bot(turn) if turn.private else []


async def _of_something_here(turn: Turn) -> Sequence[Say] | None:
    """What goes on in this place and is named, quoted, joined or over; None where it is none of it."""
    reading, room = turn.reading, turn.heard.where.room
    if (corrected := await correcting.place(turn)) is not None:
        return corrected
    if (calmed := await alarms.calmed(turn)) is not None:
        return calmed
    if "retraction" in reading.flags and (taken_back := await retract.retraction(turn)) is not None:
        return taken_back
    if (of_work := await meaning.of_his_work(turn)) is not None:
        return of_work
    if (noted := await receipts.receipt(turn)) is not None:
        return noted
    if (signed := await giving_back.received(turn)) is not None:
        return signed
    if (voiced := await discussing.voice(turn)) is not None:
        return voiced
    if turn.heard.quote is not None and (ticket := await _quoted(turn)) is not None:
        return await _about(turn, ticket)
    if (reading.plus_one or is_word(turn.heard.text, Ask.PLUS)) and room is not None:
        return await joining.told_too(turn) or []
    if reading.resolved:
        return await retract.not_needed(turn) or await working_again.offered(turn)
    if "alarm" in reading.flags and room is not None:
        return await doubtful_alarm(turn)
    if reading.about is not None and room is not None:
        return await gathering.same_trouble(turn)
    return None


async def _of_his_own(turn: Turn) -> Sequence[Say] | None:
    """How his own matter stands, more of it or of his alarm, a nod to it, a complaint; else None."""
    if (answer := await asking_after.how_it_stands(turn) or await asking_after.still(turn)) is not None:
        return answer
    if "after" in turn.reading.flags and (told := await asking_after.asked(turn)) is not None:
        return told
    if (alarm := await alarms.of_his_alarm(turn)) is not None:
        return alarm
    if (placed := await spot.told_later(turn)) is not None:
        return await _placed(turn, placed)
    if _nods(turn):
        return []
    if turn.private and (over := await retract.not_needed(turn)):
        return over
    if (told_of := await grievance.told(turn)) is not None:
        return told_of
    again = not turn.private and await relapse.recognised(turn)
    return await registering.new(turn, quietly=False) if again else None


async def _said_to_the_bot(turn: Turn) -> Sequence[Say]:
    """Words to the bot alone, after nothing: a colleague's short answer to nothing, or what they may mean."""
    if unheard := unclear.unheard(turn):
        return unheard
    if not turn.heard.text.strip():
        return []
    command = turn.reading.command
    if turn.person.is_staff and command is not None:
        if command.name == "no" and turn.question is None and doing.of_own_work(turn.heard.text):
            turn.reading = replace(turn.reading, command=None)  # 误报, of what he has taken
            return await meaning.of_his_work(turn) or await meaning.sought(turn)
        if command.rest and (answer := await to_residents.answered(turn)) is not None:
            return answer
        if command.rest and _ordered(turn, command.rest):
            return await which.handlers["!own"](turn)
        if command.name in ACKNOWLEDGES:
            return []  # 收到, said to a list or a reminder: nothing is asked
        if command.choice is not None:
            if (called := await calling.waiting_for(turn.heard.sender)) is not None:
                return [turn.whisper("mobilise.say", number=called[0].no)]
            return [turn.whisper("help.nothing_asked")]
    return await meaning.sought(turn)


def _ordered(turn: Turn, rest: str) -> bool:
    """好 那就结了吧: behind the nod stands a command in words of one's own; it is read as that then."""
    order = ways.said_as_order(turn, rest)
    if order is not None:
        turn.heard, turn.reading = replace(turn.heard, text=rest), order
    return order is not None


def _heard(turn: Turn, ticket: Ticket) -> list[Say]:
    """@小助手 这种要报警吗, a moment after a report: who speaks to the bot itself hears that it was heard."""
    asked = turn.heard.mentions_bot and not turn.private and turn.heard.text.strip()
    return [turn.whisper("intake.added", no=ticket.no, role=told.holder(turn, ticket))] if asked else []


async def doubtful_alarm(turn: Turn) -> Sequence[Say]:
    """Danger in the words, perhaps meant as a joke: the worker settles it with one tap, at any hour."""
    danger = replace(turn.reading, kind=Kind.ISSUE, category=DANGER, urgency=Urgency.EMERGENCY)
    turn.reading = danger
    return await ask_worker(turn, late=turn.heard.late)


async def _quoted(turn: Turn) -> Ticket | None:
    quote = turn.heard.quote
    assert quote is not None
    found = await quoting.by_message(turn.heard.where.room, quote.id)
    if found is None and quote.sender in (None, turn.heard.where.account):
        number = await quoting.about_sent(quote.id, quote.text)
        found = await ledger.ticket(number) if number is not None else None
    return found


async def _about(turn: Turn, ticket: Ticket) -> Sequence[Say]:
    """Something said to a message of a ticket: +1 joins it, words of those concerned are kept with it."""
    if (turn.reading.plus_one or is_word(turn.heard.text, Ask.PLUS)) and not ticket.sensitive:
        return await joining.joined(turn, ticket)
    if turn.reading.resolved:
        return await working_again.offered(turn)
    concerned = ticket.reporter == turn.heard.sender
    return await adding.to_ticket(turn, ticket) if concerned and _continues(turn) else []


def _nods(turn: Turn) -> bool:
    """好的, 谢谢 麻烦了, said to the bot alone: nothing that anybody has to read or answer."""
    return turn.private and not turn.person.is_staff and not turn.media and only(turn.heard.text, Ask.NOD)


def _continues(turn: Turn) -> bool:
    """Whether a wordless or hurried message belongs to the report before it; plain talk does not."""
    reading, flags = turn.reading, turn.reading.flags
    if turn.media or "hurry" in flags:
        return True
    placed = reading.place is not None and reading.place.text  # said here, not only in the nickname
    idle = reading.kind is Kind.NONE and reading.confidence >= TALK and not placed
    if idle and not turn.private:
        return False
    if turn.private and "thanks" in flags and passages.asks(turn.heard.text):
        flags -= {"thanks"}  # 好的谢谢 周六行吗
    if turn.private and len(turn.heard.text) <= CURT:
        flags -= {"notice", "advert"}  # 帮我把群公告删了 is none
    return bool(turn.heard.text.strip()) and not flags & {"thanks", "notice", "advert"}
