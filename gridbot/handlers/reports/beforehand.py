"""What is answered without a ticket: matters done in person, known answers, planned outages."""

from __future__ import annotations

from datetime import timedelta

from gridbot.handlers.neighbours import joining_in, nearby
from gridbot.handlers.own_words import questions
from gridbot.handlers.own_words.questions import ASKING, CONSULT
from gridbot.handlers.reports import checklist, locating
from gridbot.handlers.reports.said import heard
from gridbot.handlers.spreading import announced
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models.cases import knowing
from gridbot.models.cases.knowing import OUTAGE
from gridbot.models.territory import facilities
from gridbot.nlp import Kind, Urgency, noticed
from gridbot.nlp.asks import Ask, asks
from gridbot.nlp.slots import doing
from gridbot.services import Answer, Item, said

IN_PERSON, ANSWERED, CUT_OFF = "告知", "答复", "停供"  # what is counted
NUMBERS = ("电话", "号码")  # 供电局电话
CUT = "停"  # of a supply that is yet to be cut off
AT_ONCE = timedelta(minutes=30)  # so long before its hour a supply may be cut off already
AHEAD = timedelta(hours=2)  # what is asked of later than that is no fault of now
SAID_LATELY = timedelta(hours=2)  # a group that has read an answer need not read it again so soon


async def answered(turn: Turn) -> list[Say] | None:
    """The answer, where one is known and no ticket is needed; None: it goes the ordinary way."""
    reading = turn.reading
    if reading.urgency is Urgency.EMERGENCY or turn.heard.late or turn.media:
        return None
    if reading.command is not None and reading.command.name == "report":
        return None  # 报事 is said so that there is a ticket
    if reading.category == OUTAGE and reading.command is None:
        told = await _planned(turn) or await announced.question(turn)
        return list(told) if told is not None else _not_planned(turn)
    if (comes := await joining_in.heard(turn)) is not None:
        return list(comes)
    if (spoken := await questions.spoken(turn)) is not None:
        return spoken
    may = questions.addressed(turn) and not turn.person.is_staff and questions.may(turn)
    if may and (allowed := await known(turn)) is not None:
        return allowed
    if reading.kind is Kind.SERVICE and (told := await announced.question(turn)) is not None:
        return list(told)
    if reading.kind not in (Kind.SERVICE, Kind.COMMAND) or not _sure(turn):
        return None
    clear = turn.plainly_a_matter
    open_hours = reading.category == CONSULT and questions.addressed(turn)
    if (not clear or open_hours or _where(turn)) and (places := await nearby.spoken(turn)) is not None:
        return places
    item = turn.world.services.item(reading.text, reading.category if clear else None, reading.sub)
    if item is not None and item.in_person:
        return await _how(turn, item)
    if item is not None and not said(reading.text, item.words) and (packed := await known(turn)) is not None:
        return packed  # 无犯罪记录证明 is none of the papers that are written here
    if item is not None and _only_asks(turn):
        return await _how(turn, item)
    return await (known(turn) if reading.category == CONSULT or not clear else own(turn))


def _where(turn: Turn) -> bool:
    """Whether the question is what there is nearby, and not that somebody should come."""
    return (
        questions.addressed(turn)
        and turn.texts.say("nearby.word") in turn.heard.text
        and asks(turn.heard.text, Ask.ANY)
    )


def _only_asks(turn: Turn) -> bool:
    """老年证要带啥材料, 居住证去哪办: how it is done is asked, for nobody, and not that it be done."""
    said = turn.heard.text
    return turn.reading.command is None and asks(said, Ask.HOW) and not asks(said, Ask.NEEDS)


async def _how(turn: Turn, item: Item) -> list[Say]:
    """The whole sheet of a matter, in private; nothing is opened."""
    grid = await locating.find_grid(turn, heard(turn), turn.reading.place)
    await facilities.told(turn.now, grid, IN_PERSON, item.id, turn.heard.where.room)
    sheet = await checklist.text(turn, item, grid)
    if not item.in_person:
        sheet += "\n" + turn.texts.say("errand.also_errand", zh=item.zh)
        here = turn.private_with(turn.heard.sender)
        await turn.ask(turn.heard.sender, "errand_offer", where=here, data={"text": item.zh})
    return _privately(turn, sheet)


def _sure(turn: Turn) -> bool:
    asked = turn.private or turn.heard.mentions_bot or turn.reading.command is not None
    return asked or turn.reading.confidence >= turn.world.conduct.act_at


async def known(turn: Turn) -> list[Say] | None:
    """A question answered before: with its source and day, or with a place that is on file."""
    if (said_before := await own(turn)) is not None:
        return said_before
    grid = await locating.find_grid(turn, heard(turn), turn.reading.place)
    said, room = turn.reading.text, turn.heard.where.room
    above = [node.code for node in turn.world.directory.up(grid)]
    found = turn.world.services.answer(said)
    text = await answer_text(turn, found, above) if found is not None else ""
    if found is None or not text:
        return None
    await facilities.told(turn.now, grid, ANSWERED, found.id, room)
    return _privately(turn, text)


async def own(turn: Turn) -> list[Say] | None:
    """What the office itself has answered before (登记问答); None where nothing fits."""
    grid = await locating.find_grid(turn, heard(turn), turn.reading.place)
    above = [node.code for node in turn.world.directory.up(grid)]
    found = await knowing.answer(above, turn.reading.text)
    if found is None:
        return None
    await facilities.told(turn.now, grid, ANSWERED, f"own:{found.id}", turn.heard.where.room)
    return _privately(turn, _sourced(turn, found.answer, found.source, str(found.as_of)))


async def answer_text(turn: Turn, answer: Answer, above: list[str]) -> str:
    """The words of an answer; "" where it is a place and none is on file."""
    if answer.answer:
        return _sourced(turn, answer.answer, answer.source, str(answer.as_of))
    found = await facilities.doing(above, CONSULT, answer.place)
    if found is None:
        return ""
    day = turn.world.local(found.at).date()
    return _sourced(turn, checklist.place(turn, found), turn.texts.say("faq.directory"), str(day))


def _sourced(turn: Turn, answer: str, source: str, day: str) -> str:
    return turn.texts.say("faq.answer", answer=answer, source=source, day=day)


def _privately(turn: Turn, text: str) -> list[Say]:
    """The answer in private; the group reads only that there is one."""
    note = turn.whisper("faq.plain", text=text)
    return [note] if turn.private else [turn.say("errand.told"), note]


async def asked(turn: Turn) -> list[Say] | None:
    """今天停水吗, 食堂几点开饭, asked of the bot: what is planned or known; None for other talk."""
    if (comes := await joining_in.heard(turn)) is not None:
        return list(comes)
    if turn.reading.command is None and (told := await announced.question(turn)) is not None:
        return list(told)
    if (spoken := await questions.spoken(turn)) is not None:
        return spoken
    addressed = questions.addressed(turn)
    talk = turn.reading.command is None and not turn.person.is_staff and turn.heard.text.strip()
    if addressed and talk and turn.question is None:
        answer = await _answer(turn)
        if answer is not None:
            return answer
    of_one = turn.person.is_staff and doing.asks_of_one(turn.heard.text)  # 暖气那个约的什么时候
    asks_so = addressed and _asks(turn) and not of_one
    named = turn.profile.category_word(turn.reading.text) if asks_so else None
    if named is None or named[0] != OUTAGE or turn.reading.command is not None:
        return None
    told = await cut_off(turn, named[1]) or await announced.question(turn)
    return list(told) if told is not None else [turn.reply("outage.unknown")]


async def _answer(turn: Turn) -> list[Say] | None:
    """What is on file for a question that was taken for talk: its own answer, a place, how a matter goes."""
    if (answer := await own(turn) or await nearby.spoken(turn)) is not None:
        return answer
    item, packed = turn.world.services.item(turn.heard.text), turn.world.services.answer(turn.heard.text)
    question = asks(turn.heard.text, Ask.HOW) or turn.heard.text.strip().endswith((*ASKING, *NUMBERS))
    if not question or (item is None and packed is None):
        return None
    if packed is None or (item and said(turn.heard.text, item.words) > said(turn.heard.text, packed.words)):
        return await _how(turn, item) if item is not None else None
    return await known(turn)


async def cut_off(turn: Turn, sub: str | None, *, begun: bool = False) -> list[Say] | None:
    """停水了吗, while it is planned: until when, once to the group and then in private.

    `begun`: only where it has begun, or begins at once.
    """
    grid = await locating.find_grid(turn, heard(turn), turn.reading.place)
    home = turn.person.home
    place = turn.reading.place
    building = (place.building if place else None) or (home.building if home else "") or ""
    near = [node.code for node in turn.world.directory.up(grid)]
    outage = await knowing.outage(near, sub, building, turn.now)
    if outage is None or (begun and outage.starts_at > turn.now + AT_ONCE):
        return None
    room, item = turn.heard.where.room, f"outage:{outage.id}"
    kind = turn.profile.category(OUTAGE).subs.get(outage.sub, outage.sub)
    on = outage.starts_at <= turn.now
    by = turn.when(outage.ends_at if on else outage.starts_at)
    if room is not None and not await facilities.told_lately(room, item, SAID_LATELY, turn.now):
        await facilities.told(turn.now, grid, CUT_OFF, item, room)
        return [turn.say("outage.group" if on else "outage.group_later", kind=kind, by=by)]
    await facilities.told(turn.now, grid, CUT_OFF, item, None)
    return [
        turn.whisper(
            "outage.private" if on else "outage.private_later",
            kind=kind, text=outage.text, source=outage.source, by=turn.when(outage.ends_at),
            start=turn.when(outage.starts_at),
        )
    ]  # fmt: skip


async def _planned(turn: Turn) -> list[Say] | None:
    """What is planned for the supply that is named: 网断了 has nothing to do with the water.

    A fault of now is none that is planned for tomorrow; a question may be about that.
    """
    sub = turn.reading.sub or (turn.profile.category_word(turn.reading.text) or ("", None))[1]
    return await cut_off(turn, sub, begun=not (_asks(turn) or _ahead(turn))) if sub else None


def _ahead(turn: Turn) -> bool:
    """Whether the words are about a time to come."""
    when = turn.reading.when
    return when is not None and when.start is not None and when.start > turn.now + AHEAD


def _asks(turn: Turn) -> bool:
    text = turn.heard.text.strip(" 。！!")
    return text.endswith(ASKING) or asks(turn.heard.text, Ask.HOW)


def _not_planned(turn: Turn) -> list[Say] | None:
    """明天停电吗, 几点停电, of what nobody has planned: nothing to look at; None for a fault."""
    planned = _ahead(turn) and turn.heard.text.strip(" 。").endswith(ASKING)
    if not (planned or noticed.asks_when(turn.heard.text, CUT)):
        return None
    return [turn.reply("outage.unknown")] if questions.addressed(turn) else []
