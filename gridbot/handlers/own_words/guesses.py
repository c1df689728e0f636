"""A colleague's words are not understood: he is asked once what he means, with numbers to choose from."""

from __future__ import annotations

from gridbot.handlers.own_words import given_back
from gridbot.handlers.turn import Turn
from gridbot.messages import Say


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
