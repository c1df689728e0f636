"""The answer to "which one?": the same command again, now with its number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from gridbot.handlers import pick
from gridbot.handlers.routes import Handler, Routes
from gridbot.handlers.tickets import spoken_of
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models.cases import ledger, questions
from gridbot.nlp import Command
from gridbot.nlp.slots import choosing

routes = Routes()
handlers: dict[str, Handler] = {}  # filled by all.py with the whole table


def serve(table: Mapping[str, Handler]) -> None:
    """Give this matter the table of all handlers, which cannot be imported from here."""
    handlers.update(table)


@routes.on("?which")
async def told(turn: Turn) -> Sequence[Say]:
    """`1` … `9`, the number itself or words that name one line complete the command that lacked it."""
    question, command = turn.asked, turn.reading.command
    choices = question.data.get("choices")
    said = command.choice or (command.numbers[0] if command.numbers else None) if command else None
    known = isinstance(choices, list) and said is not None and (said <= len(choices) or said in choices)
    if isinstance(choices, list) and not known and choosing.points(turn.heard.text):
        listed = [await ledger.ticket(int(number)) for number in choices]
        if len(shown := [each for each in listed if each is not None]) == len(choices):
            said = spoken_of.line_named(turn, shown) or said
    if not isinstance(choices, list) or said is None:
        return await anew(turn)
    number = choices[said - 1] if 1 <= said <= len(choices) else said if said in choices else None
    if number is None:
        return []
    await questions.answered(question)
    return await again(turn, question.data, int(number))


async def anew(turn: Turn) -> Sequence[Say]:
    """The words are no answer: they are taken as if nothing had been asked."""
    turn.question = None
    intent = pick(turn)
    return await handlers[intent](turn) if intent in handlers else ()


@routes.on("?until", "?why")
async def completed(turn: Turn) -> Sequence[Say]:
    """The day, or the reason, that a command lacked completes it; all else is taken anew.

    The question keeps the command: its `intent`, its `rest`, and the number `no` where it is about a matter.
    """
    question, command = turn.asked, turn.reading.command
    agrees = command is not None and command.name == "yes"  # 好，周五
    text = (command.rest if command is not None and agrees else turn.heard.text).strip()
    lacks = turn.reading.when is None if question.kind == "until" else not text
    if lacks or (command is not None and not agrees):
        return await anew(turn)
    await questions.answered(question)
    rest = "，".join(filter(None, (str(question.data.get("rest") or ""), text)))
    turn.reading, number = turn.read(rest), question.data.get("no")
    data = {"intent": question.data.get("intent"), "rest": rest}
    return await again(turn, data, None if number is None else int(str(number)))


async def unless_yes(turn: Turn, *yes: str, refused: Say | None = None) -> Sequence[Say] | None:
    """What is said where a question of 1 and 2 is not answered with 1; None where it is.

    2 is answered by `refused`, else that nothing is sent; words that are no answer are taken as if nothing
    had been asked. `yes`: the commands that mean 1 as well.
    """
    choice = turn.one_or_two(*yes)
    if turn.question is None or choice is None:
        return await anew(turn)
    await questions.answered(turn.question)
    return [refused or turn.whisper("own.not_meant")] if choice == 2 else None


async def again(turn: Turn, data: Mapping[str, object], number: int | None = None) -> Sequence[Say]:
    """Run the handler of a saved command, on the number that it lacked."""
    intent, options = str(data.get("intent")), data.get("options")
    name = intent.lstrip("?")
    command = Command(
        name if not intent.startswith("?") else str(data.get("name") or "choice"),
        numbers=() if number is None else (number,),
        rest=str(data.get("rest") or ""),
        options=frozenset(str(o) for o in options) if isinstance(options, list) else frozenset(),
    )
    own = data.get("own") is True
    turn.reading = replace(turn.reading, command=replace(command, own=own))
    turn.question = None
    return await handlers["!own" if own else intent](turn)
