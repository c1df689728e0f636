"""What a worker or a leader asks for in words of his own becomes the command it is, or talk again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from gridbot.handlers.own_words import (
    figures,
    given_back,
    households,
    of_rounds,
    one_matter,
    told_to_many,
)
from gridbot.handlers.own_words.ways import Way, run
from gridbot.handlers.routes import Routes
from gridbot.handlers.spreading import redrafting
from gridbot.handlers.tickets import which
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.nlp import Command, Kind, rounds
from gridbot.nlp.slots import doing

routes = Routes()

SAYS_SO = frozenset({"undo", "confirm", "help", "announce", "mobilise", "report_for", "supplement"})
PLAINLY_TOLD = frozenset({"safe", "zero", "pause", "resume", "answer_muster"})  # of_rounds.py knows more
FRESH = timedelta(minutes=10)


@routes.on("!own")
async def meant(turn: Turn) -> Sequence[Say]:
    """Run the command that was meant; where it cannot be meant here, the words are read as any others."""
    command = turn.reading.command
    assert command is not None
    if not turn.person.is_staff or _answers_a_question(turn, command):
        return await _as_talk(turn)
    if await redrafting.understood(turn):
        return await redrafting.changed(turn)
    if doing.orders(turn.heard.text) and (about := await given_back.asked(turn)) is not None:
        return about
    noted = rounds.note(turn.heard.text) is not None  # 3-1-302那户搬走了 is no question after its sheet
    if (command.name not in SAYS_SO or noted) and (told := await _told(turn, command)) is not None:
        return told
    if command.rest.startswith("@"):
        command = replace(command, rest=command.rest.partition(" ")[2].strip())
    way = WAYS.get(command.name)
    says = await way(turn, command) if way is not None else await run(turn, command)
    return says if says is not None else await _as_talk(turn)


async def _told(turn: Turn, command: Command) -> Sequence[Say] | None:
    """What of_rounds.py knows better: who is looked in on, who was called, which campaign is on."""
    turn.reading = replace(turn.reading, command=None)
    asked = turn.question
    if asked is not None and asked.kind == "called":
        turn.question = None
    told = await of_rounds.told(turn)
    turn.question = asked
    if told is None:
        turn.reading = replace(turn.reading, command=command)
    return told


def _answers_a_question(turn: Turn, command: Command) -> bool:
    """Whether the words are the result, the reason or the moment that was asked for a moment ago."""
    question = turn.question
    if question is None or command.name in ("undo", "help") or turn.now - question.asked_at > FRESH:
        return False
    until = question.kind == "until" and turn.reading.when is not None
    return until or question.kind in ("why", "result")


async def _as_talk(turn: Turn) -> Sequence[Say]:
    command = turn.reading.command
    turn.reading = replace(turn.reading, command=None)
    from_question = turn.question
    if command is not None and from_question is not None and turn.reading.kind is Kind.NONE:
        return await which.handlers[f"?{from_question.kind}"](turn)
    report = turn.reading.kind in (Kind.ISSUE, Kind.SERVICE)
    return await which.handlers["found" if report else "talk"](turn)


async def _confirm(turn: Turn, command: Command) -> Sequence[Say] | None:
    """就这么发 answers whatever was asked last."""
    question = turn.question
    if question is None:
        return None
    turn.reading = replace(turn.reading, command=replace(command, name="yes", numbers=(), rest=""))
    return await which.handlers[f"?{question.kind}"](turn)


async def _nothing(turn: Turn, command: Command) -> Sequence[Say] | None:
    """Nobody is looked in on, called or asked for a word today: then it is talk."""
    return None


WAYS: Mapping[str, Way] = {
    **dict.fromkeys(PLAINLY_TOLD, _nothing), "confirm": _confirm,
    **one_matter.WAYS, **households.WAYS, **figures.WAYS, **told_to_many.WAYS,
}  # fmt: skip
