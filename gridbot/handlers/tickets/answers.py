"""One-word answers to cards: `1` takes it, `2` drops it, `3 路灯` corrects it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from gridbot.errors import Refusal, Unclear
from gridbot.handlers.reports import candidate as candidates
from gridbot.handlers.reports.talk import talk
from gridbot.handlers.routes import Routes
from gridbot.handlers.tickets import chosen, sorting, spoken_of, which, work
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models.cases import ledger, questions, quoting
from gridbot.models.cases.tickets import Question
from gridbot.nlp import Reading, Urgency
from gridbot.nlp.slots import choosing, doing

routes = Routes()

TAKE, DROP, CORRECT = "take", "drop", "correct"
TAKES = frozenset({"yes", "receipt", "noted", "accept"})  # 好, 收到, 知道了, 我接了
SEVERAL = 3  # cards taken at once, of which the worker reads one line
ALL_OF_THEM = ("都", "两个", "俩", "全", "其他", "其它", "剩下", "余下")
TAKEN = frozenset({"work.accepted", "errand.accepted"})


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a person says to a card; `word` is the category he names."""

    what: str
    word: str = ""


JUST_COME = timedelta(minutes=10)  # a bare 1 within this time means the card that has just come …
LONG_SINCE = timedelta(minutes=30)  # … if the one before it is that much older


@routes.on("?card", "?candidate", "?again")
async def answer_card(turn: Turn) -> Sequence[Say]:
    """An answer to the card that is quoted, or to the only one open; with several open he is asked which."""
    verdict = _verdict(turn)
    if verdict is None:
        return await talk(turn)
    if (listed := await _list_shown(turn)) is not None:
        turn.question = listed
        return await (card_chosen(turn) if listed.kind == "which_card" else which.told(turn))
    open_cards = await questions.cards(turn.heard.sender, turn.heard.where.lane, turn.now)
    meant = await _quoted(turn, open_cards) or await _urgent(turn, open_cards) or _fresh(turn, open_cards)
    meant = await described(turn, meant) if verdict.what == TAKE else meant
    subjects = {(q.kind, q.subject): q for q in meant}
    if len(subjects) > 1 and verdict.what == TAKE and all_meant(turn):
        return await all_taken(turn, list(subjects))
    if len(subjects) > 1:
        raise await _which(turn, verdict, list(subjects.values()))
    question = next(iter(subjects.values()), None)
    if question is None:
        raise Refusal("refuse.nothing_asked")
    return await apply(turn, question.kind, question.subject or 0, verdict)


def _verdict(turn: Turn) -> Verdict | None:
    command = turn.reading.command
    if command is None:
        return None
    if command.name in TAKES or command.choice == 1:
        return Verdict(TAKE)
    if command.name == "no" or command.choice == 2:
        return Verdict(DROP)
    if command.name in ("correct", "recategorise"):
        return Verdict(CORRECT, command.rest)
    return None


async def _urgent(turn: Turn, open_cards: Sequence[Question]) -> list[Question]:
    """The emergency that came last, while it is new: whoever writes 1 then means nothing else."""
    new = [q for q in open_cards if q.kind == "card" and turn.now - q.asked_at <= LONG_SINCE]
    for question in sorted(new, key=lambda q: q.asked_at, reverse=True):
        ticket = await ledger.ticket(question.subject or 0)
        if ticket is not None and ticket.urgency == Urgency.EMERGENCY:
            return [question]
    return []


def _fresh(turn: Turn, open_cards: Sequence[Question]) -> Sequence[Question]:
    """The card that has just come, where the others have long been lying there; else all that are open."""
    if len(open_cards) < 2:
        return open_cards
    *older, newest = sorted(open_cards, key=lambda q: q.asked_at)
    just_come = turn.now - newest.asked_at <= JUST_COME
    return [newest] if just_come and newest.asked_at - older[-1].asked_at >= LONG_SINCE else open_cards


async def _quoted(turn: Turn, open_cards: Sequence[Question]) -> list[Question]:
    """The open card that the person quotes."""
    quote = turn.heard.quote
    if quote is None:
        return []
    ticket, candidate = await quoting.card_sent(quote.id, quote.text)
    return [
        q
        for q in open_cards
        if (q.kind == "card" and q.subject == ticket) or (q.kind == "candidate" and q.subject == candidate)
    ]


async def _list_shown(turn: Turn) -> Question | None:
    """The list that a bare number answers: shown a moment ago, and no emergency has come since."""
    command = turn.reading.command
    bare = command is not None and command.choice is not None and not command.rest and not turn.heard.quote
    if not bare:
        return None
    asked = await questions.waiting(turn.heard.sender, turn.heard.where.lane, turn.now)
    listed = next((each for each in asked if each.kind in ("which", "which_card")), None)
    if listed is None or turn.now - listed.asked_at > JUST_COME:
        return None
    since = [each for each in asked if each.id > listed.id and each.kind == "card"]
    return None if await _urgent(turn, since) else listed


async def described(turn: Turn, cards: Sequence[Question]) -> Sequence[Question]:
    """Those that words of one's own name (暖气那个我接了), all where they name none.

    Raises Unclear where they name a sort of matter that none of the cards is about.
    """
    command = turn.reading.command
    if command is None or not command.own or command.numbers or not cards or turn.heard.quote is not None:
        return cards
    if parts := doing.both(turn.heard.text):
        found = [each for part in parts for each in await _fitting(turn, cards, part)]
        return list({each.id: each for each in found}.values()) or cards
    fits = [(await _fit(turn, each.kind, each.subject or 0), each) for each in cards]
    best = max(fit for fit, _ in fits)
    if best > spoken_of.WELL:
        return [each for fit, each in fits if fit == best]
    if turn.profile.category_word(turn.heard.text) is None or any(w in turn.heard.text for w in ALL_OF_THEM):
        return cards
    raise await _which(turn, Verdict(TAKE), cards, "card.none_such")


async def _fitting(turn: Turn, cards: Sequence[Question], part: str) -> list[Question]:
    """The cards that a part of the words names: 灯 of 电梯和灯也接."""
    said = replace(turn.reading, text=part, place=None, category=None)
    fits = [(await _fit(turn, each.kind, each.subject or 0, said), each) for each in cards]
    best = max(fit for fit, _ in fits)
    return [each for fit, each in fits if fit == best and best >= spoken_of.WELL]


async def _fit(turn: Turn, kind: str, subject: int, said: Reading | None = None) -> int:
    """How well the words, or a part of them, describe what a card is about."""
    if kind == "card":
        ticket = await ledger.ticket(subject)
        return spoken_of.fit(turn, ticket, said or turn.reading) if ticket is not None else 0
    candidate = await ledger.candidate(subject)
    return spoken_of.fit_unjudged(turn, candidate, said or turn.reading) if candidate is not None else 0


async def _which(turn: Turn, verdict: Verdict, found: Sequence[Question], key: str = "card.which") -> Unclear:
    some = sorted(found, key=lambda q: q.id)[: chosen.MOST_CHOICES]
    lines = [await _line(turn, question) for question in some]
    data = {
        "what": verdict.what,
        "word": verdict.word,
        "cards": [[question.kind, question.subject] for question in some],
    }
    choices = "\n".join(f"{n}. {line}" for n, line in enumerate(lines, 1))
    return Unclear(key, "which_card", data, choices=choices, text=turn.heard.text.strip())


async def _line(turn: Turn, question: Question) -> str:
    subject = question.subject or 0
    if question.kind == "card":
        ticket = await ledger.ticket(subject)
        return chosen.label(turn, ticket) if ticket else f"#{subject}"
    candidate = await ledger.candidate(subject)
    return turn.texts.say("card.candidate_line", text=candidate.text[:30] if candidate else "")


@routes.on("?which_card")
async def card_chosen(turn: Turn) -> Sequence[Say]:
    """The card that was meant: by its number, by its place in the list, or by what it is about."""
    question, command = turn.asked, turn.reading.command
    cards = question.data.get("cards")
    choice = command.choice if command else None
    if choice is None and isinstance(cards, list) and choosing.points(turn.heard.text):
        choice = await _line_named(turn, cards)
    if choice is None and command is None:
        return await which.anew(turn)
    if not isinstance(cards, list) or choice is None or not 1 <= choice <= len(cards):
        await questions.answered(question)
        turn.question = replace_kind(question)
        return await answer_card(turn)
    await questions.answered(question)
    kind, subject = cards[choice - 1]
    verdict = Verdict(str(question.data.get("what")), str(question.data.get("word") or ""))
    return await apply(turn, str(kind), int(subject), verdict)


async def _line_named(turn: Turn, cards: Sequence[Sequence[object]]) -> int | None:
    """第二个, 漏水那家: the line of the list that words name; None where they name none or several."""
    if (nth := choosing.ordinal(turn.heard.text, len(cards))) is not None:
        return nth
    fits = [await _fit(turn, str(kind), int(str(subject))) for kind, subject in cards]
    best = max(fits, default=0)
    return fits.index(best) + 1 if best and fits.count(best) == 1 else None


def replace_kind(question: Question) -> Question:
    """The question before the one that was passed over."""
    question.kind = "card"
    return question


async def apply(turn: Turn, kind: str, subject: int, verdict: Verdict) -> Sequence[Say]:
    """Do what the answer says to one card."""
    if kind == "candidate":
        candidate = await ledger.candidate(subject)
        if candidate is None:
            raise Refusal("refuse.candidate_answered")
        if verdict.what == DROP:
            return await candidates.drop(turn, candidate)
        return await candidates.register(turn, candidate, verdict.word)
    ticket = await chosen.by_number(subject)
    chosen.allowed(turn, ticket)
    chosen.acting(turn, ticket)
    if verdict.what == DROP:
        return await work.decline(turn, ticket)
    if verdict.what == CORRECT:
        says = await sorting.recategorised(turn, ticket, verdict.word)
        return [*says, *(await work.take(turn, ticket) if ticket.state == "open" else [])]
    return await work.take(turn, ticket)


def all_meant(turn: Turn) -> bool:
    """Whether the words mean each of several: 都接, 电梯和灯也接."""
    text = turn.heard.text
    return any(word in text for word in ALL_OF_THEM) or bool(doing.both(text))


async def all_taken(turn: Turn, subjects: Sequence[tuple[str, int | None]]) -> list[Say]:
    """Every card is taken; of more than two the worker reads one line."""
    says: list[Say] = []
    for kind, subject in subjects:
        says += await apply(turn, kind, subject or 0, Verdict(TAKE))
    mine = [say for say in says if say.key in TAKEN]
    if len(mine) < SEVERAL:
        return says
    numbers = "、".join(f"#{say.about['ticket']}" for say in mine)
    one = turn.reply("work.accepted_many", count=len(mine), numbers=numbers)
    return [one, *(say for say in says if say.key not in TAKEN)]
