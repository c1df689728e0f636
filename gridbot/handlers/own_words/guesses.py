"""What might be meant is asked back, with numbers to choose from or as a yes or no."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gridbot.handlers.own_words import given_back
from gridbot.handlers.routes import Routes
from gridbot.handlers.tickets import which
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models.cases import questions
from gridbot.nlp import Command

routes = Routes()


async def asked_back(turn: Turn) -> list[Say] | None:
    """What the words could mean, as numbered choices; None where nothing comes to mind."""
    reader = turn.world.reader
    if not (turn.private and turn.person.posts) or turn.reading.command is not None or turn.heard.late:
        return None
    names = reader.own_words.likely(turn.reading.text)
    if (about := await given_back.asked(turn)) is not None:
        return about
    if not names:
        return None
    lines = [f"{number}. {reader.command_words[name][0]}" for number, name in enumerate(names, 1)]
    await turn.ask(turn.heard.sender, "guess", data={"names": names, "text": turn.heard.text})
    return [turn.whisper("own.which", choices="\n".join(lines))]


@routes.on("?guess")
async def guessed(turn: Turn) -> Sequence[Say]:
    """The number of what was meant: the words of before are now that command."""
    question, command = turn.asked, turn.reading.command
    names, choice = question.data.get("names"), command.choice if command is not None else None
    if not isinstance(names, list) or choice is None or not 1 <= choice <= len(names):
        return await which.anew(turn)
    await questions.answered(question)
    turn.question = None
    text = str(question.data.get("text") or "")
    turn.heard = replace(turn.heard, text=text)
    own = Command(str(names[choice - 1]), rest=text.strip(), own=True)
    turn.reading = replace(turn.read(text), command=own)
    says = await which.handlers["!own"](turn)
    again = any(say.key == "own.which" for say in says)  # nothing that he may do: no second list
    return [turn.whisper("help.unknown_staff")] if again else says


@routes.on("?meant")
async def sure(turn: Turn) -> Sequence[Say]:
    """1: it was meant; 2: it was not."""
    question = turn.asked
    if (said := await which.unless_yes(turn, "confirm")) is not None:
        return said
    return await which.again(turn, question.data)
