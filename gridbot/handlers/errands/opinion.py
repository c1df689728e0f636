"""征求意见: a leader asks the worker who knows a household for a signed opinion, in private."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from gridbot.errors import NotAllowed, Refusal
from gridbot.handlers.duties import homes
from gridbot.handlers.routes import Routes
from gridbot.handlers.tickets import cards, told
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models import acts, board
from gridbot.models.board import Plan
from gridbot.models.cases import opinions, questions
from gridbot.models.cases.serving import Opinion
from gridbot.models.duty import visits
from gridbot.models.territory.org import Household
from gridbot.models.territory.people import Post
from gridbot.profiles import Rank

routes = Routes()

AGAIN = timedelta(days=2)
ANSWERS = ("不同意", "不了解", "同意")  # options of 意见, the longest first
NO = "不同意"


@routes.on("opinion_ask")
async def ask(turn: Turn) -> Sequence[Say]:
    """征求意见 3-502 低保申请 [姓名]: only a leader, only in private; alone: what was answered."""
    post = turn.require_staff(Rank.LEADER, Rank.DESK)
    if not turn.private:
        raise Refusal("opinion.in_private")
    if not turn.rest.strip():
        return await _asked(turn)
    found = await homes.maybe(turn)
    home = found[0] if found is not None else None
    worker, matter = _whom(turn, post, home)
    if not matter:
        raise Refusal("opinion.how")
    node = home.node if home else worker.node
    row = await opinions.ask(turn.act, matter[:120], node, worker.staff, home.id if home else None)
    await acts.record(turn.person.who, turn.now, "ask_opinion", f"opinion:{row.id}", node)
    await board.put(Plan("opinion", f"opinion:{row.id}", turn.world.calendar.add_days(turn.now, AGAIN.days)))
    lane = turn.private_with(worker.contact)
    await turn.ask(worker.contact, "opinion", where=lane, subject=row.id, lives=cards.CARD_LIVES)
    card = turn.tell(worker.contact, "opinion.card", number=row.id, matter=row.matter, name=told.name(turn))
    return [turn.whisper("opinion.asking", number=row.id, name=worker.name), cards.held(turn, card)]


def _whom(turn: Turn, post: Post, home: Household | None) -> tuple[Post, str]:
    """Who is asked (whoever is named, else who works the household's grid), and about what."""
    directory, words = turn.world.directory, turn.rest.split()
    nodes = set(directory.under(post.node))
    named = next((p for p in directory.posts if p.node in nodes and p.name in words), None)
    matter = " ".join(word for word in words if named is None or word != named.name)
    if home is not None and (door := visits.door(home)) not in matter:
        matter = f"{door} {matter}"
    worker = named or (directory.worker(directory.grid(home.node)) if home else None)
    if worker is None or not worker.contact or worker.staff == turn.person.staff:
        raise Refusal("opinion.how")
    return worker, matter


async def _asked(turn: Turn) -> list[Say]:
    rows = await opinions.asked_by(turn.person.who)
    if not rows:
        raise Refusal("opinion.how")
    return [turn.whisper("opinion.list", lines="\n".join(_line(turn, row) for row in rows))]


def _line(turn: Turn, row: Opinion) -> str:
    worker = turn.world.directory.staff(row.worker)
    name = worker.name if worker else row.worker
    if row.signed_at is None:
        return turn.texts.say("opinion.waiting", number=row.id, matter=row.matter, name=name)
    return turn.texts.say(
        "opinion.signed",
        number=row.id,
        matter=row.matter,
        name=name,
        answer=row.answer,
        words=row.words or turn.texts.say("card.no_reason"),
        at=turn.when(row.signed_at),
    )


@routes.on("opinion")
async def answer(turn: Turn) -> Sequence[Say]:
    """意见 3 同意 情况属实: signed with name and time; whoever asked reads it, no resident ever does."""
    turn.require_staff()
    if not turn.private:
        raise Refusal("opinion.in_private")
    command = turn.reading.command
    bare = command is not None and not (turn.rest.strip() or command.numbers or command.options)
    if bare and not await opinions.waiting_for(turn.person.who):
        return await _asked(turn)
    row = await _meant(turn)
    if row.worker != turn.person.staff:
        raise NotAllowed
    if row.signed_at is not None:
        raise Refusal("opinion.signed_already", number=row.id)
    said = next((word for word in ANSWERS if command is not None and word in command.options), "")
    return await _signed(turn, row, said, turn.rest.strip(" ，,。"))


async def said(turn: Turn) -> list[Say] | None:
    """同意 情况属实, as the answer to the card that came last; None for everything else."""
    question, text = turn.question, turn.heard.text.strip()
    if question is None or question.kind != "opinion" or not turn.private:
        return None
    word = next((word for word in ANSWERS if text.startswith(word)), "")
    row = await opinions.get(question.subject or 0)
    if not word or row is None or row.signed_at is not None:
        return None
    return await _signed(turn, row, word, text.removeprefix(word).strip(" ，,。:："))


async def _signed(turn: Turn, row: Opinion, said: str, words: str) -> list[Say]:
    if not said or (said == NO and not words):
        raise Refusal("opinion.how_answer", number=row.id)
    await opinions.sign(turn.act, row, said, words[:300])
    await board.cancel(f"opinion:{row.id}")
    await questions.drop(row.id, "opinion")
    await acts.record(turn.person.who, turn.now, "sign_opinion", f"opinion:{row.id}", row.node)
    asker = turn.world.directory.staff(row.asked_by)
    says = [turn.whisper("opinion.thanks", number=row.id)]
    if asker is not None and asker.contact:
        says.append(turn.tell(asker.contact, "opinion.list", lines=_line(turn, row)))
    return says


async def _meant(turn: Turn) -> Opinion:
    command = turn.reading.command
    if command is not None and command.numbers:
        row = await opinions.get(command.numbers[0])
        if row is None:
            raise Refusal("opinion.no_such", number=command.numbers[0])
        return row
    waiting = await opinions.waiting_for(turn.person.who)
    if len(waiting) != 1:
        raise Refusal("opinion.which", numbers="、".join(str(row.id) for row in waiting) or "0")
    return waiting[0]
