"""Whoever was called answers in words of his own: to a mobilisation, a dispute, one of the five events."""

from __future__ import annotations

from gridbot.handlers.duties import persons
from gridbot.handlers.turn import Turn
from gridbot.models.cases import disputes
from gridbot.models.duty import arriving
from gridbot.models.spreading import calling
from gridbot.models.spreading.calling import Answer
from gridbot.nlp import Command, rounds
from gridbot.nlp.rounds import Round, tells
from gridbot.profiles import Rank

MEETINGS = ("会", "培训")
COMING = {Round.CANNOT: Answer.CANNOT, Round.COMING: Answer.COMING, Round.HERE: Answer.HERE}


async def answered(turn: Turn, text: str) -> Command | None:
    """民警来过了; 谈了一个小时 楼上同意赔三百; 我到了, 马上到, 过不去; None where nothing of it is meant."""
    if tells(text, Round.CAME) and not (tells(text, Round.NOT_YET) or rounds.asked(text)):
        open_ones = await arriving.open_ones([turn.person.staff or ""])
        return Command("came_instead", rest=text) if any(not v.arrived_at for v in open_ones) else None
    if (mediates := await _mediates(turn, text)) is not None:
        return mediates
    return await to_a_muster(turn, text)


async def to_a_muster(turn: Turn, text: str) -> Command | None:
    """到, 在途 or 不能 in other words, of whoever was called and has not come yet."""
    answer = _answer(text)
    if not answer or turn.question is not None or len(text) > persons.SHORT:
        return None
    found = await calling.waiting_for(turn.heard.sender)
    if found is None and turn.private and answer == Answer.CANNOT and any(w in text for w in MEETINGS):
        return Command("answer_muster", rest=text, options=frozenset({answer}))
    if found is None or found[1].answer == answer:
        return None
    return Command("answer_muster", rest=text, options=frozenset({answer}))


def _answer(text: str) -> str:
    return next((answer for one, answer in COMING.items() if tells(text, one)), "")


async def _mediates(turn: Turn, text: str) -> Command | None:
    """刚到; 谈了一个小时 楼上同意赔三百, of the only dispute a mediator has been called to."""
    mediates = any(post.rank is Rank.MEDIATOR for post in turn.person.posts)
    if not mediates or turn.question is not None or tells(text, Round.NOT_YET) or rounds.asked(text):
        return None
    told, there = tells(text, Round.MEDIATED), _answer(text) == Answer.HERE and len(text) <= persons.SHORT
    if not (told or there) or await calling.waiting_for(turn.heard.sender) is not None:
        return None
    mine = await disputes.called_to(turn.person.staff or "")
    if len(mine) != 1 or mine[0].ticket is None:
        return None
    return Command("mediate" if told else "mediator_there", (mine[0].ticket,), text)
