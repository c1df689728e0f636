"""The place was wrong: 说错了 是5号楼, 不是3号楼 是4号楼. The matter stays, its place is put right."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from gridbot.handlers.reports import locating
from gridbot.handlers.tickets import told
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models.cases import casework, questions, reported
from gridbot.models.cases.tickets import Ticket
from gridbot.nlp import Place
from gridbot.nlp.asks import Ask, asks
from gridbot.nlp.slots import correction

REACHES = timedelta(hours=2)
LONGEST = 30  # characters: whoever writes more tells something new


async def place(turn: Turn) -> Sequence[Say] | None:
    """Whoever has the matter reads the right place, the reporter that it is noted; None for other talk."""
    reading, text = turn.reading, turn.heard.text
    if turn.person.is_staff or reading.command is not None or len(text) > LONGEST:
        return None
    if not asks(text, Ask.WRONG):
        return None
    group = turn.group.node if turn.group is not None else turn.grid
    found = correction.meant(reading.text, turn.world.gazetteer(group))
    if found is None:
        return None
    ticket = await reported.last_of(turn.heard.sender, turn.heard.where.room, turn.now - REACHES)
    if ticket is None or _same(ticket, found):
        return None
    where = _written(ticket, found)
    await casework.move(
        ticket, "locate", turn.act, place=where,
        building=found.building or ticket.building, unit=found.unit or _unit(ticket, found),
        landmark=found.landmark,
    )  # fmt: skip
    await questions.drop(ticket.no, "place")
    hint = await _elsewhere(turn, ticket, found)
    news = told.staff(turn, ticket, ticket.assignee, "card.relocated", place=where, hint=hint)
    return [turn.whisper("intake.relocated", no=ticket.no, place=where), *news]


def _same(ticket: Ticket, place: Place) -> bool:
    pairs = ((place.building, ticket.building), (place.unit, ticket.unit), (place.landmark, ticket.landmark))
    named = [(said, known) for said, known in pairs if said]
    return bool(named) and all(said == known for said, known in named) and not place.room


def _written(ticket: Ticket, place: Place) -> str:
    """The place as staff read it; a stairwell alone is one of the building that was said before."""
    if place.building or place.row or place.landmark or place.estate or not ticket.building:
        return locating.said_place(place)
    return f"{ticket.building}号楼{place.text}"


def _unit(ticket: Ticket, place: Place) -> str | None:
    return None if place.building or place.landmark else ticket.unit


async def _elsewhere(turn: Turn, ticket: Ticket, place: Place) -> str:
    """A word to whoever has it where the right place is another colleague's."""
    directory = turn.world.directory
    grid = await locating.next_door(turn, ticket.grid, place)
    worker = directory.worker(grid) if grid and grid != ticket.grid else None
    if worker is None or worker.staff == ticket.assignee:
        return ""
    return turn.texts.say("card.relocated_elsewhere", no=ticket.no, name=worker.name)
