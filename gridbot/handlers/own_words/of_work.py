"""A colleague tells of his work without a command: 灯泡换好了, 我马上去看, 这个要等物业."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gridbot.errors import Unclear
from gridbot.handlers.own_words import given_back
from gridbot.handlers.routes import Routes
from gridbot.handlers.tickets import cards, chosen, desk, spoken_of, which
from gridbot.handlers.turn import Buttons, Turn
from gridbot.messages import Say
from gridbot.models.cases import ledger, questions
from gridbot.models.cases.casework import LIVE, State
from gridbot.models.cases.tickets import Ticket
from gridbot.nlp.slots import doing

routes = Routes()

FINISH: Buttons = (("1 办结", "1"), ("2 不是", "2"))
JUDGE: Buttons = (("1 登记", "1"),)
SEVERAL: Buttons = (("1 照办", "1"), ("2 不是", "2"))
TELL: Buttons = (("1 转告", "1"), ("2 办结", "2"), ("3 都不是", "3"))
OF_HIS_WORDS = frozenset({"relay", "tell", "finish"})  # questions about words that he said
FEW = 4  # characters behind 好 that make it more than a yes
SHORTEST, CLEARLY = 5, 2  # characters of such words, and how well they have to fit a matter


async def said(turn: Turn) -> list[Say] | None:
    """One question that one word answers: close it with these words, or pass them on; None for all else."""
    if not turn.private or not turn.person.is_staff or turn.reading.command is not None:
        return None
    text = turn.heard.text.strip()
    if doing.orders(text) and (about := await given_back.asked(turn)) is not None:
        return about
    if (several := await _of_several(turn, text)) is not None:
        return several
    if (asked := await _asked_of(turn, text)) is not None:
        return asked
    how = doing.find(text)
    if how == doing.OTHER and turn.reading.resolved:
        how = doing.DONE
    if how == doing.OTHER:
        return await about_one(turn) if doing.points(text) else None
    if (unjudged := await _of_a_card(turn)) is not None:
        return unjudged
    mine = await _meant(turn)
    if how == doing.DONE:
        taken = [each for each in mine if each.state in chosen.AT_WORK]
        return await finish(turn, taken or mine, text)
    if len(mine) > 1:
        raise _unclear(turn, "desk.relay_which", "pass_on", mine, text)
    return await ask_to_pass_on(turn, mine[0], text) if mine else None


async def _of_a_card(turn: Turn) -> list[Say] | None:
    """狗的事我上午去说, of what he has not judged yet: he is asked for that first; None for all else."""
    asked = await questions.cards(turn.heard.sender, turn.heard.where.lane, turn.now)
    found = [await ledger.candidate(card.subject or 0) for card in asked if card.kind == "candidate"]
    fits = [(spoken_of.fit_unjudged(turn, each, turn.reading), each) for each in found if each is not None]
    best, candidate = max(fits, key=lambda pair: pair[0], default=(0, None))
    least = spoken_of.WELL if doing.points(turn.heard.text) else CLEARLY
    if candidate is None or best < least:
        return None
    if spoken_of.fitting(turn, await spoken_of.his_and_around(turn), least=best):
        return None
    data = {"what": "take", "word": "", "cards": [["candidate", candidate.id]]}
    await turn.ask(turn.heard.sender, "which_card", data=data)
    text = cards.quoted(candidate.text)
    return [turn.whisper("work.judge_first", candidate=candidate.id, text=text, buttons=JUDGE)]


async def done_with(turn: Turn) -> bool:
    """Whether the words tell how a matter of this very sort, that he has or had, stands: 沙发拉走啦."""
    text, reading = turn.heard.text.strip(), turn.reading
    how, pointing = doing.find(text), doing.points(text)
    if doing.asks_of_one(text):
        known = [*await spoken_of.his_and_around(turn), *await spoken_of.led(turn)]
        return len({each.no for each in spoken_of.fitting(turn, known, replace(reading, category=None))}) == 1
    if reading.category is None or not (how != doing.OTHER or pointing):
        return False
    if how != doing.OTHER and reading.place is None and reading.confidence < turn.world.conduct.act_at:
        taken = [each for each in await spoken_of.his(turn) if each.state in chosen.AT_WORK]
        if len(taken) == 1:
            return True  # 线拔了 车推出去了, of the only one that he has taken
    every = await spoken_of.his_and_around(turn)
    where = reading.place.building if reading.place is not None else None
    same = [each for each in every if each.category == reading.category]
    if any(how == doing.DONE or (how and where in (None, each.building)) for each in same):
        return True
    return pointing and bool(spoken_of.fitting(turn, every, replace(reading, category=None)))


async def finish(turn: Turn, mine: Sequence[Ticket], text: str) -> list[Say] | None:
    """Ask whether a ticket is done with these words; raises Unclear where there are several."""
    if not mine:
        return None
    if len(mine) > 1:
        raise _unclear(turn, "work.finish_which", "resolve", mine, text)
    return await asked_in_private(turn, mine[0], text)


async def asked_in_private(turn: Turn, ticket: Ticket, text: str) -> list[Say]:
    """Whether these words close the ticket, asked of whoever said them."""
    for word in turn.world.reader.command_words.get("resolve", ()):  # 来水了 办结
        text = text.removesuffix(word).rstrip(" ，,。") or text
    here = turn.private_with(turn.heard.sender)
    await turn.ask(turn.heard.sender, "finish", where=here, subject=ticket.no, data={"text": text})
    what = cards.danger_called(turn, ticket)
    return [turn.whisper("work.finish", no=ticket.no, what=what, text=text, buttons=FINISH)]


async def ask_to_pass_on(turn: Turn, ticket: Ticket, text: str) -> list[Say]:
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


async def _asked_of(turn: Turn, text: str) -> list[Say] | None:
    """电梯那个为啥老坏: how the matter stands, to whoever has it or leads there; None for all else."""
    if not doing.asks_of_one(text):
        return None
    known = [*await spoken_of.his_and_around(turn), *await spoken_of.led(turn)]
    named = {each.no: each for each in spoken_of.fitting(turn, known, replace(turn.reading, category=None))}
    if len(named) != 1:
        return None
    return list(await which.again(turn, {"intent": "progress"}, next(iter(named))))


async def _of_several(turn: Turn, text: str) -> list[Say] | None:
    """灯修好了，垃圾那个明天弄: one question for what becomes of each; None where one matter is told of."""
    parts = doing.clauses(text)
    if len(parts) < 2 or not doing.told(text):
        return None
    every = await spoken_of.his_and_around(turn)
    found: list[tuple[Ticket, list[str]]] = []
    before: list[str] = []
    for part in parts:
        named = spoken_of.fitting(turn, every, turn.read(part))
        if len(named) != 1 and not found:
            before.append(part)
        elif len(named) != 1 or (found and found[-1][0].no == named[0].no):
            found[-1][1].append(part)
        else:
            found.append((named[0], [*before, part]))
            before = []
    if len({ticket.no for ticket, _ in found}) < 2:
        return None
    return await _ask_of_each(turn, [(ticket, "，".join(said)) for ticket, said in found])


async def _ask_of_each(turn: Turn, found: Sequence[tuple[Ticket, str]]) -> list[Say]:
    data: list[list[object]] = []
    lines = []
    for ticket, said in found:
        done = doing.find(said) == doing.DONE
        data.append([ticket.no, "resolve" if done else "pass_on", said])
        key = "work.several_done" if done else "work.several_told"
        lines.append(turn.texts.say(key, ticket=chosen.label(turn, ticket), text=said))
    await turn.ask(turn.heard.sender, "several", data={"each": data})
    return [turn.whisper("work.several", lines="\n".join(lines), buttons=SEVERAL)]


@routes.on("?several")
async def several_told(turn: Turn) -> Sequence[Say]:
    """1: each matter gets its part of the words; 2: none does."""
    each = turn.asked.data.get("each")
    if not isinstance(each, list):
        return await which.anew(turn)
    refused = turn.whisper("desk.not_told")
    if (told := await which.unless_yes(turn, "resolve", "confirm", refused=refused)) is not None:
        return told
    says: list[Say] = []
    for no, intent, text in each:
        turn.reading = turn.read(str(text))
        says += await which.again(turn, {"intent": intent, "rest": text}, int(no))
    return says


async def about_one(turn: Turn) -> list[Say] | None:
    """What else a colleague tells of one matter: 老年证缺一张照片. One question; None for the rest."""
    text = turn.heard.text.strip()
    alone = turn.private and turn.person.is_staff and turn.reading.command is None and not turn.heard.late
    if not alone or len(text) < SHORTEST or not doing.told(text):
        return None
    named = spoken_of.fitting(turn, await spoken_of.his_and_around(turn), least=CLEARLY)
    named = named or spoken_of.at_hand(turn, await spoken_of.his(turn)) or await _just_asked(turn)
    if len(named) != 1:
        return None
    (ticket,) = named
    await turn.ask(turn.heard.sender, "tell", subject=ticket.no, data={"text": text})
    what = cards.danger_called(turn, ticket)
    return [turn.whisper("work.tell", no=ticket.no, what=what, text=text, buttons=TELL)]


async def _just_asked(turn: Turn) -> list[Ticket]:
    """The one matter of which he was asked a moment ago whether a resident reads his words."""
    asked = await questions.waiting(turn.heard.sender, turn.heard.where.lane, turn.now)
    numbers = {each.subject for each in asked if each.kind in OF_HIS_WORDS and each.subject}
    ticket = await ledger.ticket(numbers.pop()) if len(numbers) == 1 else None
    return [ticket] if ticket is not None and ticket.state in LIVE else []


@routes.on("?tell")
async def tell(turn: Turn) -> Sequence[Say]:
    """1: the resident reads the words; 2: the matter is closed with them; 3: they are forgotten."""
    question, command = turn.asked, turn.reading.command
    choice = command.choice if command is not None else None
    ticket = await ledger.ticket(question.subject or 0)
    choice = turn.one_or_two() if choice is None else choice
    if ticket is None or choice not in (1, 2, 3):
        return await which.anew(turn)
    await questions.answered(question)
    if choice == 3:
        return [turn.whisper("desk.not_told")]
    text = str(question.data.get("text") or "")
    turn.reading = turn.read(text)
    return await which.again(
        turn, {"intent": "pass_on" if choice == 1 else "resolve", "rest": text}, ticket.no
    )


@routes.on("pass_on")
async def pass_on(turn: Turn) -> Sequence[Say]:
    """These words go to the resident of the ticket that was chosen."""
    (ticket,) = await chosen.tickets(turn)
    return await desk.answered(turn, ticket, turn.rest)


@routes.on("?relay")
async def relay(turn: Turn) -> Sequence[Say]:
    """1: the resident reads the words; 2: they are forgotten; 好的 我不上去了 is something else."""
    question, command = turn.asked, turn.reading.command
    if command is not None and command.choice is None and len(command.rest) >= FEW:
        return await which.anew(turn)
    ticket = await ledger.ticket(question.subject or 0)
    if ticket is None:
        return await which.anew(turn)
    if (told := await which.unless_yes(turn, refused=turn.whisper("desk.not_told"))) is not None:
        return told
    turn.question = None
    text = str(question.data.get("text") or "")
    turn.reading = turn.read(text)  # 下午来: a time in it is kept in mind
    return await desk.answered(turn, ticket, text)


async def _meant(turn: Turn) -> list[Ticket]:
    """What the words can be about: what they describe, else the emergency at hand, else all that is his.

    A matter that went to his deputy meanwhile is still one that he may tell of.
    """
    every = await spoken_of.his_and_around(turn)
    fitting = spoken_of.described(turn, every)
    if len(fitting) < len(every):
        return fitting
    his = [each for each in every if each.assignee == turn.person.who]
    return spoken_of.at_hand(turn, his) or his or every
