"""What only together makes a matter: pictures before their words, neighbours who ask one another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from gridbot.handlers.reports import locating
from gridbot.handlers.reports.candidate import ask_worker
from gridbot.handlers.reports.said import heard
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models.cases import around, casework, pictures, signals
from gridbot.models.cases.pictures import Picture
from gridbot.models.cases.tickets import Candidate, Ticket
from gridbot.nlp import Kind

SHOWN_BEFORE = timedelta(minutes=10)  # so long 就这个 speaks of what its speaker has shown the group
UNSURE = 0.5  # what several questions are worth: the worker is asked


async def waits_for_words(turn: Turn) -> None:
    """A picture without words, after nothing: perhaps the words are still being typed."""
    said = heard(turn)
    if said.media and not said.text.strip():
        await pictures.keep([Picture(said.where.room, said.contact, said.message, said.media, said.at)])


async def pictures_of(turn: Turn, ticket: Ticket) -> None:
    """What its reporter had shown a moment before belongs to the ticket."""
    for picture in await _taken(turn):
        await casework.add_message(
            ticket, room=picture.room, contact=picture.contact, message=picture.message,
            text="", media=list(picture.media), at=picture.at,
        )  # fmt: skip


async def pictures_of_candidate(turn: Turn, candidate: Candidate) -> None:
    """The same, while nobody has judged yet."""
    for picture in await _taken(turn):
        await casework.add_candidate_message(
            candidate, media=list(picture.media), text="", message=picture.message, at=picture.at
        )


async def _taken(turn: Turn) -> list[Picture]:
    since = turn.now - (pictures.LONGEST if turn.private else max(turn.world.conduct.burst, SHOWN_BEFORE))
    return await pictures.taken(turn.heard.where.room, turn.heard.sender, since)


async def same_trouble(turn: Turn) -> Sequence[Say]:
    """有人家里没水吗: nobody is answered; three households of a building make one question to the worker."""
    about, said = turn.reading.about, heard(turn)
    if about is None or turn.group is None or not turn.group.residents:
        return []
    category, _, sub = about.partition(".")
    place, home = turn.reading.place or locating.group_place(turn, said), turn.person.home
    building = (home.building if home else None) or (place.building if place else None) or ""
    grid = await locating.find_grid(turn, said, turn.reading.place)
    since = turn.now - signals.WITHIN
    if await around.same_matter(grid, category, sub or None, building or None, since) is not None:
        return []
    asked = await signals.noticed(grid, building, category, home.id if home else said.contact, turn.now)
    if asked < signals.ENOUGH:
        return []
    await signals.settled(grid, building, category)
    turn.reading = replace(
        turn.reading, kind=Kind.ISSUE, category=category, sub=sub or None, confidence=UNSURE
    )
    text = turn.texts.say("intake.several_ask", count=asked, text=said.text)
    return await ask_worker(turn, replace(said, text=text), late=turn.heard.late)
