"""The town's desk: confirms a whistle (报告), answers the resident in its own words, rates who came."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from gridbot.errors import NotAllowed, Refusal
from gridbot.handlers.routes import Routes
from gridbot.handlers.tickets import cards, chosen, departments, hazard, joint, planning, promising, told
from gridbot.handlers.turn import Buttons, Turn
from gridbot.messages import Say
from gridbot.models import board
from gridbot.models.cases import casework, ledger, questions, teamwork
from gridbot.models.cases.parties import Party
from gridbot.models.cases.tickets import Ticket
from gridbot.nlp.slots import doing, telling
from gridbot.nlp.slots.quantity import mask
from gridbot.profiles import Rank

routes = Routes()

RATING_LIVES = timedelta(days=3)
RELAY: Buttons = (("1 转告", "1"), ("2 不用", "2"))
RATINGS = {1: "rating_1", 2: "rating_2", 3: "rating_3"}
# What says so in words; whatever is none of these is that it came and solved it.
SAID = (
    ("rating_3", ("未到场", "没到场", "没来", "未到", "没有到")),
    ("rating_2", ("未解决", "没解决", "不满意", "没办好", "没有解决")),
)


@routes.on("desk_report")
async def report(turn: Turn) -> Sequence[Say]:
    """报告 1024 [一句话]: the whistle is confirmed; the words go to the resident, their time is a promise."""
    ticket = await chosen.ticket(turn)
    turn.require(ticket.grid, Rank.DESK, Rank.LEADER)
    asked = [each for each in await teamwork.of(ticket.no, *teamwork.WORKING) if each.state == teamwork.ASKED]
    words = turn.rest.strip()
    if not asked:
        return await answered(turn, ticket, words) if words else await _seen(turn, ticket)
    says = await _confirmed(turn, ticket, asked)
    if words:
        return [*says, *(await answered(turn, ticket, words))[1:]]
    names = joint.names_of(turn, asked)
    return [*says, *told.reporter(turn, ticket, "whistle.confirmed_resident", names=names)]


async def _seen(turn: Turn, ticket: Ticket) -> list[Say]:
    """Departments that were called at once: the town's word for it stands in the history."""
    called = [each for each in await teamwork.of(ticket.no, *teamwork.WORKING) if each.called_at]
    if not called:
        raise Refusal("whistle.nothing", no=ticket.no)
    names, due = joint.names_of(turn, called), called[0].due_at
    await casework.move(ticket, "report", turn.act, names)
    return [turn.reply("whistle.confirmed", no=ticket.no, names=names, by=turn.when(due) if due else "")]


async def _confirmed(turn: Turn, ticket: Ticket, asked: Sequence[Party]) -> list[Say]:
    bodies = {each.id: each for each in turn.world.directory.departments}
    wanted = [bodies[each.who] for each in asked if each.who in bodies]
    names = "、".join(each.name for each in wanted)
    given = list(dict.fromkeys([*ticket.departments, *(each.id for each in wanted)]))
    await casework.move(
        ticket,
        "report",
        turn.act,
        names,
        departments=given,
        first_reply_at=ticket.first_reply_at or turn.now,
        **hazard.stage(ticket, hazard.SENT),
    )
    await planning.answered(ticket)
    await board.cancel(f"whistle:{ticket.no}")
    by = turn.when(max(departments.come_by(turn, ticket, each) for each in wanted)) if wanted else ""
    says = [turn.reply("whistle.confirmed", no=ticket.no, names=names, by=by)]
    roles = {each.who: each.role for each in asked}
    for each in wanted:
        says += await departments.called(turn, ticket, each, roles[each.id])
    news = {"name": told.name(turn), "names": names, "by": by}
    return [*says, *told.staff(turn, ticket, asked[0].by, "whistle.confirmed_told", **news)]


async def refused(turn: Turn, ticket: Ticket) -> list[Say] | None:
    """退回 of the desk that was asked: the whistle is off, whoever blew it reads why. None: no such case."""
    if not any(post.rank is Rank.DESK for post in turn.person.posts):
        return None
    asked = [each for each in await teamwork.of(ticket.no, *teamwork.WORKING) if each.state == teamwork.ASKED]
    if not asked:
        return None
    why = turn.rest.strip()
    if not why:
        raise Refusal("refuse.why", no=ticket.no, example=turn.texts.say("refuse.why_return", no=ticket.no))
    for each in asked:
        await teamwork.mark(turn.act, each, teamwork.RETURNED, done_at=turn.now, words=why)
    lead = "" if ticket.lead in {each.who for each in asked} else ticket.lead
    note = turn.texts.say("whistle.refused", no=ticket.no, why=why)
    await casework.move(ticket, "report", turn.act, note, lead=lead)
    await board.cancel(f"whistle:{ticket.no}")
    says = [turn.reply("whistle.refused", no=ticket.no, why=why)]
    return [*says, *told.staff(turn, ticket, asked[0].by, "whistle.refused", why=why)]


# --- words for the resident -------------------------------------------------------------------------------


async def word(turn: Turn) -> list[Say] | None:
    """What a colleague says about a ticket without a command: 1024 已通知相关部门，明天早上前往处理.

    The number stands first, or a card is quoted, or one has just come and the words name a time. None
    where it is nothing of that kind.
    """
    command = turn.reading.command
    a_choice = command is not None and command.choice is not None and bool(command.rest)
    if not turn.private or not turn.person.is_staff or (command is not None and not a_choice):
        return None
    if (a_choice and turn.question is not None) or doing.farewell(turn.heard.text.strip()):
        return None
    if turn.plainly_a_matter:
        return None  # 502 漏水了: a report of a home, not words about #502
    head, _, rest = turn.heard.text.strip().partition(" ")
    number = head.lstrip("#＃")
    if number.isdecimal() and len(number) < 8 and rest.strip():
        ticket, text = await ledger.ticket(int(number)), rest.strip()
    else:
        ticket, text = await _meant(turn), turn.heard.text.strip()
    if ticket is None or ticket.state not in casework.LIVE:
        return None
    try:
        await chosen.permitted(turn, ticket)
    except NotAllowed:
        return None
    if promised(turn) is not None:
        return await answered(turn, ticket, text)
    await turn.ask(turn.heard.sender, "relay", subject=ticket.no, data={"text": text})
    return [turn.whisper("desk.relay", no=ticket.no, text=text, buttons=RELAY)]


async def _meant(turn: Turn) -> Ticket | None:
    """The ticket of the quoted card; of the card that waits for an answer, where the words name a time."""
    if turn.heard.quote is not None:
        number = await chosen.quoted(turn)
        return await ledger.ticket(number) if number is not None else None
    question = turn.question
    if question is None or question.kind != "card" or turn.reading.place or promised(turn) is None:
        return None
    return await ledger.ticket(question.subject or 0)


def promised(turn: Turn) -> datetime | None:
    """The moment in the words that lies ahead: 明天早上 is the next day at half past eight."""
    when = turn.reading.when
    at = when.start or when.end if when is not None else None
    if at is None or at <= turn.now:
        return None
    local = turn.world.local(at)
    whole_day = not (local.hour or local.minute)
    return turn.world.calendar.at(local.date(), turn.world.calendar.hours[0][0]) if whole_day else at


@routes.on("news")
async def news(turn: Turn) -> Sequence[Say]:
    """进展 1024 已约谈业主: whoever works on it tells how it goes; the resident and the grid read it."""
    ticket = await chosen.ticket(turn)
    words = turn.rest.strip()
    if not words:
        raise Refusal("desk.news_how", no=ticket.no)
    return await answered(turn, ticket, words)


async def answered(turn: Turn, ticket: Ticket, text: str) -> list[Say]:
    """The resident reads the same sentence; the time in it is kept in mind like any promise."""
    text = telling.to_resident(text) or text  # 跟居民说一声下午有人去
    at, part = promised(turn), promising.part_of_day(turn, ticket.grid)
    first = ticket.first_reply_at or turn.now
    if at is not None:
        when = part or promising.Promise(at)
        await casework.move(ticket, "promise", turn.act, text, **when.moments, first_reply_at=first)
        await planning.replan(turn, ticket)
    else:
        await casework.move(ticket, "answer", turn.act, text, first_reply_at=first)
        await planning.answered(ticket)
    await questions.drop(ticket.no, "card")
    kept = await promising.told_to_bodies(turn, ticket, when.until or when.at, when.said(turn)) if at else []
    done = turn.reply("desk.told_by", no=ticket.no, by=turn.when(when.at)) if at else None
    return [
        done or turn.reply("desk.told", no=ticket.no),
        *told.reporter(turn, ticket, "desk.said", text=mask(text)),
        *told.staff(turn, ticket, ticket.assignee, "desk.said_holder", name=told.name(turn), text=text),
        *kept,
    ]


# --- rating -----------------------------------------------------------------------------------------------


async def ask_rating(turn: Turn, ticket: Ticket) -> list[Say]:
    """The matter is done: the town says of each department it called whether it came and solved it."""
    parts = [each for each in await teamwork.of(ticket.no, *teamwork.WORKING) if each.department]
    desk = departments.desk_of(turn, ticket)
    if desk is None or not parts:
        return []
    return await _ask(turn, ticket, desk.contact, [each.id for each in parts if each.called_at])


async def _ask(turn: Turn, ticket: Ticket, contact: str, waiting: Sequence[int]) -> list[Say]:
    party = await teamwork.party(waiting[0]) if waiting else None
    if party is None:
        return []
    to = turn.private_with(contact)
    data = {"parties": list(waiting)}
    await turn.ask(contact, "rating", where=to, subject=ticket.no, data=data, lives=RATING_LIVES)
    say = turn.tell_at(
        to,
        "whistle.rate",
        no=ticket.no,
        what=cards.danger_called(turn, ticket),
        name=joint.names_of(turn, [party]),
        came=_how_soon(turn, party),
    )
    return [cards.held(turn, say, ticket.urgency)]


def _how_soon(turn: Turn, party: Party) -> str:
    if party.came_at is None or party.called_at is None:
        return turn.texts.say("whistle.not_came")
    late = party.due_at is not None and party.came_at > party.due_at
    minutes = int((party.came_at - party.called_at).total_seconds() // 60)
    return turn.texts.say("whistle.came_late" if late else "whistle.came", lasted=turn.texts.lasted(minutes))


async def rated_in_words(turn: Turn) -> list[Say] | None:
    """评价 1024 供电 到场满意 of the town: what a department did; None for nothing of it."""
    command = turn.reading.command
    if not turn.person.is_staff or command is None or not command.numbers:
        return None
    ticket, text = await ledger.ticket(command.numbers[0]), turn.heard.text
    if ticket is None or ticket.reporter == turn.heard.sender:
        return None
    if not turn.world.directory.covers(turn.person, ticket.grid, Rank.DESK, Rank.LEADER):
        return None
    called = [p for p in await teamwork.of(ticket.no, *teamwork.WORKING) if p.department and p.called_at]
    named = [part for part in called if _named(turn, part, text)] or (called if len(called) == 1 else [])
    if len(named) != 1:
        return None
    key = next((key for key, words in SAID if any(word in text for word in words)), RATINGS[1])
    return await _rate(turn, ticket, named[0], key)


def _named(turn: Turn, part: Party, text: str) -> bool:
    """Whether a text names a department: 供电所, 供电, and 物业 of 青石物业."""
    name = joint.names_of(turn, [part])
    return name[:2] in text or any(len(word) > 1 and word in name for word in text.split())


@routes.on("?rating")
async def rated(turn: Turn) -> Sequence[Say]:
    """1 到场并解决, 2 到场未解决, 3 未到场."""
    question, command = turn.asked, turn.reading.command
    waiting = question.data.get("parties")
    key = RATINGS.get(command.choice or 0) if command else None
    if not isinstance(waiting, list) or key is None:
        return []
    await questions.answered(question)
    party, ticket = await teamwork.party(int(waiting[0])), await ledger.ticket(question.subject or 0)
    if party is None or ticket is None:
        return []
    says = await _rate(turn, ticket, party, key)
    return [*says, *await _ask(turn, ticket, turn.heard.sender, waiting[1:])]


async def _rate(turn: Turn, ticket: Ticket, party: Party, key: str) -> list[Say]:
    rating, name = turn.texts.say(f"whistle.{key}"), joint.names_of(turn, [party])
    await teamwork.rate(turn.act, party, rating)
    if ticket.state in (casework.State.RESOLVED, casework.State.CLOSED):
        await casework.move(ticket, "rate", turn.act, f"{name} {rating}")
    return [turn.reply("whistle.rated", name=name, rating=rating)]
