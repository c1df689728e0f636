"""A resident reports that something is wrong, or asks for a service."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gridbot.handlers.neighbours import discussing
from gridbot.handlers.own_words import (
    asking_after,
    follow_up,
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
    raising,
    registering,
    retract,
    showing,
    unclear,
    under_way,
    working_again,
)
from gridbot.handlers.reports.candidate import ask_worker
from gridbot.handlers.reports.talk import talk
from gridbot.handlers.routes import Routes
from gridbot.handlers.tickets import which
from gridbot.handlers.turn import PLAINLY, Turn
from gridbot.messages import Say
from gridbot.models.cases import questions
from gridbot.models.cases.tickets import Ticket
from gridbot.nlp import Command, Kind, Reading, Urgency
from gridbot.nlp.asks import Ask, asks
from gridbot.nlp.slots import doing
from gridbot.profiles import OTHER

routes = Routes()


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
    question = turn.asked
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
    question = turn.asked
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
    if (awaited := await elsewhere.awaited(turn)) is not None:
        return awaited
    if (answer := await elsewhere.of_an_office(turn) or await follow_up.asked(turn)) is not None:
        return [*showing.warned(turn), *answer]
    if (answer := await under_way.brought(turn)) is not None:
        return [*showing.warned(turn), *answer]
    said, turn.reading = turn.reading, _service_first(turn.reading)
    if (answer := await beforehand.answered(turn)) is not None:
        more = await _besides(turn)
        heard_here = any(say.to == turn.heard.where for say in more)  # one message in a group says enough
        kept = [say for say in answer if not (heard_here and say.key == "errand.told")]
        return [*showing.warned(turn), *kept, *more]
    turn.reading = said
    return [*showing.warned(turn), *await _report(turn)]


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


async def _report(turn: Turn) -> Sequence[Say]:
    if (answer := await _of_something_known(turn)) is not None:
        return answer
    before = await adding.burst_ticket(turn)
    if (answer := await _goes_on(turn, before)) is not None:
        return answer
    if not _sure(turn):
        known = await adding.burst_candidate(turn)
        if known is not None and known.category == turn.reading.category:
            return await adding.to_candidate(turn, known)
        return await _asked(turn)
    if _vague(turn):
        return await beforehand.asked(turn) or await meaning.sought(turn)
    if (same := await joining.neighbours(turn)) is not None:
        return await joining.joined(turn, same)
    if not _emergency(turn) and (of_alarm := await alarms.of_an_alarm(turn)) is not None:
        return of_alarm
    if (again := await asking_after.told_again(turn)) is not None:
        return again
    return await registering.new(turn, quietly=before is not None)


async def _of_something_known(turn: Turn) -> Sequence[Say] | None:
    """A colleague's own work, or a matter that is put right, taken back, over, joined or asked after."""
    reading, conduct = turn.reading, turn.world.conduct
    if (of_work := await meaning.of_his_work(turn)) is not None:
        return of_work
    of_own_work = turn.private and turn.person.is_staff and doing.of_own_work(turn.heard.text)
    if of_own_work and reading.command is None and reading.urgency is not Urgency.EMERGENCY:
        return await meaning.sought(turn)
    if (corrected := await correcting.place(turn)) is not None:
        return corrected
    if (calmed := await alarms.calmed(turn)) is not None:
        return calmed
    if reading.confidence < conduct.act_at and (told_of := await grievance.told(turn)) is not None:
        return told_of
    if "retraction" in reading.flags and (taken_back := await retract.retraction(turn)) is not None:
        return taken_back
    if reading.resolved and not _asked_for(turn) and not _emergency(turn):
        return await retract.not_needed(turn) or await working_again.offered(turn)
    privately = turn.private and reading.command is None and not turn.person.is_staff
    if reading.resolved and privately and (over := await working_again.offered(turn)):
        return over
    if reading.plus_one and (joined := await joining.told_too(turn)) is not None:
        return joined
    if reading.plus_one and not _sure(turn) and not turn.plainly_a_matter:
        return []  # 我也是, of what was talk
    return await asking_after.how_it_stands(turn) or await asking_after.still(turn)


async def _goes_on(turn: Turn, before: Ticket | None) -> Sequence[Say] | None:
    """More of what he told a moment before or has under way, or told too late; None where it is news."""
    if not _sure(turn) and turn.reading.confidence < turn.world.conduct.ask_at:
        return [] if before is None else await adding.to_ticket(turn, before)
    if _asked_for(turn) and (words := await under_way.words_on_result(turn)):
        return words
    emergency = _emergency(turn)
    if before is not None and emergency and (worse := await raising.raised(turn, before)) is not None:
        return worse
    if before is not None and not adding.another_matter(turn, before):
        return [*await alarms.clearer(turn, before), *await adding.to_ticket(turn, before)]
    if turn.heard.late and not emergency:
        return await _asked(turn, late=True)
    if (stands := await _when(turn)) is not None:
        return stands
    return await under_way.asked_about(turn, emergency=emergency)


def _asked_for(turn: Turn) -> bool:
    """Whether the bot is spoken to."""
    return turn.reading.command is not None or turn.private or turn.heard.mentions_bot


def _emergency(turn: Turn) -> bool:
    reading = turn.reading
    return reading.urgency is Urgency.EMERGENCY and reading.confidence >= turn.world.conduct.ask_at


def _sure(turn: Turn) -> bool:
    """Whether it is acted on with nobody asked before."""
    return _asked_for(turn) or _emergency(turn) or turn.reading.confidence >= turn.world.conduct.act_at


async def _when(turn: Turn) -> Sequence[Say] | None:
    """人呢, 啥时候来看, in private of whoever has a matter under way, and hardly a report: how it stands."""
    reading = turn.reading
    vague = turn.private and reading.command is None and not turn.plainly_a_matter and reading.place is None
    return await asking_after.asked(turn) if vague and asks(turn.heard.text, Ask.WHEN) else None


async def _asked(turn: Turn, *, late: bool = False) -> Sequence[Say]:
    if (of_alarm := await alarms.of_an_alarm(turn)) is not None:
        return of_alarm
    if _tells_no_matter(turn):
        return []
    awaits = turn.reading.sub is None and not turn.private and asks(turn.heard.text, Ask.WHEN)
    if awaits and (stands := await asking_after.asked(turn)) is not None:
        return stands  # 到底几点来人啊 等一上午了
    if not late and (echo := await joining.echoed(turn)) is not None:
        return echo
    says = await ask_worker(turn, late=late)
    if (candidate := await adding.burst_candidate(turn)) is not None:
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
