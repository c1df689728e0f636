"""How a command in words of one's own goes on to the command's own handler."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

from gridbot.handlers.tickets import which
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.nlp import Command, Reading, Scene, Speaker
from gridbot.profiles import Rank

Way = Callable[[Turn, Command], Awaitable[Sequence[Say] | None]]
"""Completes a command from its words and runs it; None where it cannot be meant here: then it is talk."""

OVERSEERS = (Rank.LEADER, Rank.PATRON, Rank.MEMBER, Rank.SUPERVISOR)


async def run(turn: Turn, command: Command, name: str = "", **values: object) -> Sequence[Say]:
    """The handler of the command (or of `name`), with these of its values replaced."""
    name = name or command.name
    turn.reading = replace(turn.reading, command=replace(command, name=name, **values))  # type: ignore[arg-type]
    return await which.handlers[name](turn)


async def bare(turn: Turn, command: Command) -> Sequence[Say]:
    """The command without its words."""
    return await run(turn, command, rest="")


def overseer(turn: Turn) -> bool:
    """Whether the speaker answers for more than his own work."""
    return any(post.rank in OVERSEERS for post in turn.person.posts)


def leads(turn: Turn) -> bool:
    """Whether the speaker leads anywhere."""
    return any(post.rank is Rank.LEADER for post in turn.person.posts)


def said_as_order(turn: Turn, text: str) -> Reading | None:
    """What other words of a colleague order in his own way: 那就结了吧; None where they order nothing."""
    gazetteer = turn.world.gazetteer(turn.person.posts[0].node) if turn.person.posts else None
    scene = Scene(Speaker.STAFF, addressed=True, private=True, gazetteer=gazetteer)
    reading = turn.world.reader.read(text, at=turn.heard.at, scene=scene)
    return reading if reading.command is not None and reading.command.own else None
