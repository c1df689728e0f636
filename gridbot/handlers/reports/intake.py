"""A resident reports that something is wrong, or asks for a service."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gridbot.handlers.duties import must_visit
from gridbot.handlers.errands import errand, opinion
from gridbot.handlers.neighbours import discussing
from gridbot.handlers.own_words import (
    asking_after,
    follow_up,
    guesses,
    of_departments,
    of_work,
    to_residents,
)
from gridbot.handlers.reports import (
    assigning,
    beforehand,
    correcting,
    finding,
    gathering,
    grievance,
    hotline,
    incident,
    joining,
    opening,
    outage,
    raising,
    relapse,
    retract,
    spot,
    unclear,
)
from gridbot.handlers.reports.candidate import ask_worker
from gridbot.handlers.routes import Routes
from gridbot.handlers.spreading import announce, crisis
from gridbot.handlers.tickets import cards, desk, told, which
from gridbot.handlers.turn import PLAINLY, Turn
from gridbot.messages import Say
from gridbot.models.cases import ledger, questions, quoting
from gridbot.models.cases.tickets import Ticket
from gridbot.nlp import Command, Kind, Reading, Urgency, passages
from gridbot.nlp.asks import Ask, asks, is_word, only
from gridbot.nlp.slots import doing
from gridbot.nlp.slots.quantity import mask_identity
from gridbot.profiles import OTHER

routes = Routes()

DANGER = "safety_hazard"
ACKNOWLEDGES = frozenset({"yes", "receipt", "noted"})
# whoever tells of it hears at once what to do, or not
CARE = {"fraud": "guard.deceived", "impersonation": "guard.meanwhile", "theft": "guard.robbed"}
CURT = 12  # characters: no notice and no advert is as short
TALK = 0.96  # so sure that it is nothing: "谁家炖肉这么香", said a minute after a report, is no part of it


@routes.on("report", "request")
async def ordered(turn: Turn) -> Sequence[Say]:
    """报事, 办事: said to be a report, so it is one, whatever the words."""
    if not turn.rest.strip() and not turn.media:
        return [turn.reply("intake.say_what")]
    if turn.reading.category is None:
        category, sub = _named(turn)
        turn.reading = replace(turn.reading, category=category, sub=sub)
    return await report(turn)


@routes.on("?unclear")
async def to_the_worker(turn: Turn) -> Sequence[Say]:
    """1, after words that nobody understood: they are registered as they are; all else is read anew."""
    question = turn.question
    assert question is not None
    if not unclear.wanted(turn):
        return await which.anew(turn)
    await questions.answered(question)
    turn.question = None
    words = unclear.joined(question)
    turn.reading = replace(turn.reading, command=Command("report", rest=words), category=None)
    turn.heard = replace(turn.heard, text=words)
    return await ordered(turn)


@routes.on("?errand_offer")
async def offered(turn: Turn) -> Sequence[Say]:
    """1, 好 or 帮我办, after how a matter is done: it is done for him."""
    question = turn.question
    assert question is not None
    if turn.one_or_two() != 1 and not asks(turn.heard.text, Ask.NEEDS):
        return await talk(turn)
    await questions.answered(question)
    turn.question = None
    what = str(question.data.get("text") or "")
    turn.reading = replace(turn.reading, command=Command("request", rest=what))
    turn.heard = replace(turn.heard, text=turn.texts.say("errand.wanted", zh=what))
    return await ordered(turn)


def _named(turn: Turn) -> tuple[str, str | None]:
    """What a word alone names (办事 低保): a matter of the services packs, a kind of the list, else 其他."""
    command = turn.reading.command
    item = turn.world.services.item(turn.rest) if command is not None and command.name == "request" else None
    if item is not None:
        return item.category, item.sub
    return turn.profile.category_word(turn.rest) or (OTHER, None)


@routes.on("found")
async def report(turn: Turn) -> Sequence[Say]:
    """Open a ticket, join it to one that is open, or ask the worker whether it is one."""
    if (voiced := await discussing.voice(turn)) is not None:
        return voiced
    if turn.person.is_staff and (passed_on := await desk.word(turn) or await to_residents.told(turn)):
        return passed_on
    if (of_a_body := await of_departments.said(turn)) is not None:
        return of_a_body
    if (called := await crisis.heard(turn) or await must_visit.heard_of(turn)) is not None:
        return called
    if (answer := await _from_an_office(turn) or await follow_up.asked(turn)) is not None:
        return [*warning(turn), *answer]
    if (answer := await joining.brought(turn)) is not None:
        return [*warning(turn), *answer]
    said, turn.reading = turn.reading, _service_first(turn.reading)
    if (answer := await beforehand.answered(turn)) is not None:
        more = await _besides(turn)
        heard_here = any(say.to == turn.heard.where for say in more)  # one message in a group says enough
        kept = [say for say in answer if not (heard_here and say.key == "errand.told")]
        return [*warning(turn), *kept, *more]
    turn.reading = said
    return [*warning(turn), *await _report(turn)]


def _service_first(reading: Reading) -> Reading:
    """Of two matters the one that may be answered at once stands first."""
    if reading.kind is not Kind.ISSUE or len(reading.also) != 1 or reading.also[0].kind is not Kind.SERVICE:
        return reading
    (asked,) = reading.also
    return replace(
        asked, text=reading.text, place=asked.place or reading.place, also=(replace(reading, also=()),)
    )


async def _besides(turn: Turn) -> Sequence[Say]:
    """暖气不热，另外医保怎么交: what is answered at once is no end of the other matter."""
    reading = turn.reading
    if not reading.also:
        return []
    other, *more = reading.also
    turn.reading = replace(other, text=reading.text, place=other.place or reading.place, also=tuple(more))
    return await _report(turn)


async def _of_work(turn: Turn) -> Sequence[Say] | None:
    """What a colleague says, without a command, of a matter he has."""
    if not turn.person.is_staff or (
        turn.plainly_a_matter
        and not (turn.private and (doing.of_own_work(turn.heard.text) or await of_work.done_with(turn)))
    ):
        return None
    return await of_work.said(turn)


async def _from_an_office(turn: Turn) -> Sequence[Say] | None:
    """An order or a notice pasted by a colleague, his opinion he was asked for; None for everything else."""
    return await hotline.pasted(turn) or await outage.pasted(turn) or await opinion.said(turn)


async def _report(turn: Turn) -> Sequence[Say]:
    reading, conduct = turn.reading, turn.world.conduct
    if (of_work := await _of_work(turn)) is not None:
        return of_work
    asked_for = reading.command is not None or turn.private or turn.heard.mentions_bot
    emergency = reading.urgency is Urgency.EMERGENCY and reading.confidence >= conduct.ask_at
    of_own_work = turn.private and turn.person.is_staff and doing.of_own_work(turn.heard.text)
    if of_own_work and reading.command is None and reading.urgency is not Urgency.EMERGENCY:
        return await _what_is_meant(turn)
    if (corrected := await correcting.place(turn)) is not None:
        return corrected
    if (calmed := await joining.calmed(turn)) is not None:
        return calmed
    if reading.confidence < conduct.act_at and (told_of := await grievance.told(turn)) is not None:
        return told_of
    if "retraction" in reading.flags and (taken_back := await retract.retraction(turn)) is not None:
        return taken_back
    if reading.resolved and not asked_for and not emergency:
        return await retract.not_needed(turn) or await joining.resolved_by_itself(turn, reading)
    privately = turn.private and reading.command is None and not turn.person.is_staff
    if reading.resolved and privately and (over := await joining.resolved_by_itself(turn, reading)):
        return over
    sure = asked_for or emergency or reading.confidence >= conduct.act_at
    if reading.plus_one and (joined := await _me_too(turn)) is not None:
        return joined
    if (answer := await asking_after.how_it_stands(turn) or await asking_after.still(turn)) is not None:
        return answer
    if not sure and reading.confidence < conduct.ask_at:
        before = await joining.burst_ticket(turn)
        return [] if before is None else await joining.add_to(turn, before)
    if asked_for and (words := await joining.words_on_result(turn)):
        return words
    before = await joining.burst_ticket(turn)
    if before is not None and emergency and (worse := await raising.raised(turn, before)) is not None:
        return worse
    if before is not None and not joining.another_matter(turn, before):
        return [*await joining.clearer(turn, before), *await joining.add_to(turn, before)]
    if turn.heard.late and not emergency:
        return await _asked(turn, late=True)
    if (stands := await _when(turn)) is not None:
        return stands
    if (asked := await joining.asked_about(turn, emergency=emergency)) is not None:
        return asked
    if not sure:
        known = await joining.burst_candidate(turn)
        if known is not None and known.category == reading.category:
            return await joining.add_to_candidate(turn, known)
        return await _asked(turn)
    if _vague(turn):
        return await beforehand.asked(turn) or await _what_is_meant(turn)
    if (same := await joining.neighbours(turn)) is not None:
        return await _joined(turn, same)
    if not emergency and (of_alarm := await joining.of_an_alarm(turn)) is not None:
        return of_alarm
    if (again := await asking_after.told_again(turn)) is not None:
        return again
    return await _new(turn, quietly=before is not None)


async def _when(turn: Turn) -> Sequence[Say] | None:
    """人呢, 啥时候来看, in private of whoever has a matter under way, and hardly a report: how it stands."""
    reading = turn.reading
    vague = turn.private and reading.command is None and not turn.plainly_a_matter and reading.place is None
    return await asking_after.asked(turn) if vague and asks(turn.heard.text, Ask.WHEN) else None


async def _asked(turn: Turn, *, late: bool = False) -> Sequence[Say]:
    if (of_alarm := await joining.of_an_alarm(turn)) is not None:
        return of_alarm
    if _tells_no_matter(turn):
        return []
    says = await ask_worker(turn, late=late)
    if (candidate := await joining.burst_candidate(turn)) is not None:
        await gathering.pictures_of_candidate(turn, candidate)
    return says


def _tells_no_matter(turn: Turn) -> bool:
    """九点到十一点 2单元, of a group that talks of something: only when and where."""
    reading, rest = turn.reading, turn.heard.text
    for part in (reading.place, reading.when):
        rest = rest.replace(part.text, "") if part is not None and part.text else rest
    return reading.command is None and not turn.media and not any(map(str.isalnum, rest))


def _vague(turn: Turn) -> bool:
    """Said to the bot alone and hardly a report: nobody is sent out for it."""
    reading, clear = turn.reading, PLAINLY
    told = turn.private and reading.command is None and reading.place is None and not turn.media
    return told and reading.confidence < (clear if turn.person.is_staff else clear / 2)


async def _me_too(turn: Turn) -> Sequence[Say] | None:
    """我家也是: joins what the group talks of, judged or not; None where there is nothing."""
    if (unjudged := await joining.me_too_unjudged(turn)) is not None:
        return await joining.join_unjudged(turn, unjudged)
    same = await joining.me_too(turn)
    return await _joined(turn, same) if same is not None else None


async def _joined(turn: Turn, ticket: Ticket) -> Sequence[Say]:
    says = await joining.join(turn, ticket)
    if ticket.urgency != Urgency.EMERGENCY:
        return says
    call = cards.call_first(turn, ticket)
    role = told.holder(turn, ticket)
    return [turn.whisper("intake.emergency", urgent=True, no=ticket.no, call=call, role=role), *says]


async def _new(turn: Turn, *, quietly: bool) -> Sequence[Say]:
    """`quietly`: the group has had an answer to this person a moment ago; this one goes in private."""
    if (own := await finding.own_grid(turn)) is not None:
        return await finding.found(turn, own)
    ticket, says = await opening.open_ticket(turn, turn.reading)
    await gathering.pictures_of(turn, ticket)
    others = []
    for other in turn.reading.also:
        second, more = await opening.open_ticket(turn, other)
        others.append(second)
        says += more
    says += await retract.candidate_became_ticket(turn, ticket)
    says += await incident.gathered(turn, ticket)
    return [*await _answer(turn, ticket, others, quietly=quietly), *says]


async def _answer(turn: Turn, ticket: Ticket, others: Sequence[Ticket], *, quietly: bool) -> list[Say]:
    """The one answer at intake: a number and a time; neutral where the matter is nobody's business."""
    by = opening.by(turn, ticket)
    if ticket.urgency == Urgency.EMERGENCY:
        call = cards.call_first(turn, ticket)
        say = turn.whisper if turn.heard.late else turn.say
        role = told.holder(turn, ticket)
        return [say("intake.emergency", urgent=True, no=ticket.no, call=call, role=role)]
    if any(each.sensitive for each in (ticket, *others)):
        care = turn.texts.say(CARE[ticket.sub]) if ticket.sub in CARE else ""
        note = turn.whisper("intake.registered_private", no=ticket.no, by=by, care=care)
        return [note] if turn.private or quietly else [turn.say("intake.private"), note]
    say = turn.whisper if quietly else turn.say
    if others:
        return [say("intake.registered_two", no=ticket.no, other=others[0].no, by=by)]
    if opening.lacks_place(ticket):
        await turn.ask(turn.heard.sender, "place", subject=ticket.no)
        where = opening.asked_where(turn, ticket)
        return [say("intake.registered_where", no=ticket.no, by=by, where=where)]
    if duty := assigning.duty_note(turn, ticket):
        return [say("intake.registered_duty", no=ticket.no, by=by, duty=duty)]
    return [say("intake.registered", no=ticket.no, by=by)]


@routes.on("?place")
async def place_told(turn: Turn) -> Sequence[Say]:
    """The answer to "where?" completes the ticket; anything else is ordinary talk."""
    question = turn.question
    if question is None or question.subject is None or not turn.reading.place:
        return await talk(turn)
    ticket = await ledger.ticket(question.subject)
    if ticket is None:
        return []
    says = await joining.add_to(turn, ticket)
    return [turn.say("intake.place_noted", no=ticket.no), *says] if turn.private else says


@routes.on("talk", "yes", "no", "choice", "receipt", "noted", "?opinion")
async def talk(turn: Turn) -> Sequence[Say]:
    """What is no report by itself: +1, "it works again", a photo or "快点啊" after a report."""
    if turn.person.is_staff and (passed_on := await desk.word(turn) or await to_residents.told(turn)):
        return passed_on
    if (of_a_body := await of_departments.said(turn)) is not None:
        return of_a_body
    if (called := await crisis.heard(turn) or await must_visit.heard_of(turn)) is not None:
        return called
    if (pasted := await _from_an_office(turn) or await follow_up.asked(turn)) is not None:
        return pasted
    if (brought := await joining.brought(turn)) is not None:
        return [*warning(turn), *brought]
    if (pasted := await beforehand.asked(turn)) is not None:
        return pasted
    return [*warning(turn), *await _talk(turn)]


async def _talk(turn: Turn) -> Sequence[Say]:
    reading, room = turn.reading, turn.heard.where.room
    if (corrected := await correcting.place(turn)) is not None:
        return corrected
    if (calmed := await joining.calmed(turn)) is not None:
        return calmed
    if "retraction" in reading.flags and (taken_back := await retract.retraction(turn)) is not None:
        return taken_back
    if (of_work := await _of_work(turn)) is not None:
        return of_work
    if (noted := await announce.receipt(turn)) is not None:
        return noted
    if (signed := await errand.received(turn)) is not None:
        return signed
    if (voiced := await discussing.voice(turn)) is not None:
        return voiced
    if turn.heard.quote is not None and (ticket := await _quoted(turn)) is not None:
        return await _about(turn, ticket)
    if (reading.plus_one or is_word(turn.heard.text, Ask.PLUS)) and room is not None:
        return await _me_too(turn) or []
    if reading.resolved:
        return await retract.not_needed(turn) or await joining.resolved_by_itself(turn, reading)
    if "alarm" in reading.flags and room is not None:
        return await doubtful_alarm(turn)
    if reading.about is not None and room is not None:
        return await gathering.same_trouble(turn)
    if (answer := await asking_after.how_it_stands(turn) or await asking_after.still(turn)) is not None:
        return answer
    if "after" in reading.flags and (told := await asking_after.asked(turn)) is not None:
        return told
    if (alarm := await joining.of_his_alarm(turn)) is not None:
        return alarm
    if (placed := await spot.told_later(turn)) is not None:
        says = await joining.add_to(turn, placed)
        return [turn.say("intake.place_noted", no=placed.no), *says] if turn.private else says
    if _nods(turn):
        return []
    if turn.private and (over := await retract.not_needed(turn)):
        return over
    if (told_of := await grievance.told(turn)) is not None:
        return told_of
    if not _continues(turn):
        of_staff = turn.private and turn.person.is_staff and "thanks" not in reading.flags
        return await _what_is_meant(turn) if of_staff else []
    if (before := await joining.burst_ticket(turn)) is not None:
        return await joining.add_to(turn, before)
    if (known := await joining.burst_candidate(turn)) is not None:
        return await joining.add_to_candidate(turn, known)
    await gathering.waits_for_words(turn)
    if turn.private and (unheard := unclear.unheard(turn)):
        return unheard
    if not turn.private or not turn.heard.text.strip():
        return []
    command = reading.command
    if turn.person.is_staff and command is not None:
        if command.name == "no" and turn.question is None and doing.of_own_work(turn.heard.text):
            turn.reading = replace(reading, command=None)  # 误报, of what he has taken
            return await _of_work(turn) or await _what_is_meant(turn)
        if command.rest and (answer := await to_residents.answered(turn)) is not None:
            return answer
        if command.name in ACKNOWLEDGES:
            return []  # 收到, said to a list or a reminder: nothing is asked
        if command.choice is not None:
            return [turn.whisper("help.nothing_asked")]
    return await _what_is_meant(turn)


async def _what_is_meant(turn: Turn) -> list[Say]:
    """A colleague chooses among the commands his words may be; others are told how to go on."""
    if turn.person.is_staff and doing.farewell(turn.heard.text.strip()):
        return []
    if (
        not turn.person.is_staff
        and passages.asks(turn.heard.text)
        and (told := await asking_after.asked(turn))
    ):
        return list(told)  # 明天几点, of whoever waits for somebody
    if await relapse.recognised(turn):
        return list(await _new(turn, quietly=False))
    if (added := await joining.told_of_it(turn)) is not None:
        return added
    if (for_resident := await to_residents.asked(turn) or await to_residents.answered(turn)) is not None:
        return for_resident
    return await of_work.about_one(turn) or await guesses.asked_back(turn) or await unclear.offered(turn)


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
        return await _joined(turn, ticket)
    if turn.reading.resolved:
        return await joining.resolved_by_itself(turn, turn.reading)
    concerned = ticket.reporter == turn.heard.sender
    return await joining.add_to(turn, ticket) if concerned and _continues(turn) else []


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


def warning(turn: Turn) -> list[Say]:
    """Somebody showed a group an identity, card or telephone number: a word to him alone."""
    reading = turn.reading
    if "identity" not in reading.flags or turn.person.is_staff:
        return []
    if turn.private:
        shown = mask_identity(turn.heard.text) != turn.heard.text and reading.command is None
        return [turn.whisper("privacy.identity")] if shown and reading.urgency != Urgency.EMERGENCY else []
    if turn.group is None or not turn.group.residents:
        return []
    if reading.contact and (reading.flags & {"advert", "notice"} or not reading.contact.startswith("1")):
        return []  # a shop's or an office's number is there to be read
    return [turn.whisper("privacy.numbers")]
