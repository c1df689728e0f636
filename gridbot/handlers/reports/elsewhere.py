"""What belongs elsewhere than into a report: somebody waits for it, or an office has written it."""

from __future__ import annotations

from collections.abc import Sequence

from gridbot.handlers.duties import must_visit
from gridbot.handlers.errands import opinion
from gridbot.handlers.own_words import of_departments, to_residents
from gridbot.handlers.reports import hotline, outage
from gridbot.handlers.spreading import crisis
from gridbot.handlers.tickets import desk
from gridbot.handlers.turn import Turn
from gridbot.messages import Say


async def awaited(turn: Turn) -> Sequence[Say] | None:
    """A word to a resident or to the desk, of a department's work, of a crisis or a visit; else None."""
    if turn.person.is_staff and (passed_on := await desk.word(turn) or await to_residents.told(turn)):
        return passed_on
    if (of_a_body := await of_departments.said(turn)) is not None:
        return of_a_body
    return await crisis.heard(turn) or await must_visit.heard_of(turn)


async def of_an_office(turn: Turn) -> Sequence[Say] | None:
    """An order or a notice pasted by a colleague, his opinion he was asked for; None for everything else."""
    return await hotline.pasted(turn) or await outage.pasted(turn) or await opinion.said(turn)
