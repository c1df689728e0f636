"""Who is away and what of his has to be looked after meanwhile."""

from __future__ import annotations

from datetime import datetime

from gridbot.models import board
from gridbot.models.acts import Act, change, created
from gridbot.models.board import Plan
from gridbot.models.cases.casework import LIVE
from gridbot.models.cases.parties import Absence
from gridbot.models.cases.tickets import Ticket
from gridbot.models.territory import directory


async def begin(act: Act, staff: str, starts_at: datetime, ends_at: datetime, stand_in: str) -> Absence:
    """Somebody is away; an earlier absence that overlaps is replaced by this one. Undoable."""
    for row in await Absence.filter(staff=staff, dropped=False, starts_at__lt=ends_at, ends_at__gt=starts_at):
        await change(act, row, dropped=True)
    row = await Absence.create(
        staff=staff, starts_at=starts_at, ends_at=ends_at, stand_in=stand_in, made_at=act.at
    )
    await created(act, row, undone={"dropped": True})
    await directory.raise_version()
    await board.again(Plan("away", f"absence:{row.id}", starts_at, "begins"))
    return row


async def end(act: Act, staff: str, at: datetime) -> Absence | None:
    """The absence that holds, or the next one, ends at a moment; one not begun by then is dropped."""
    row = await Absence.filter(staff=staff, dropped=False, ends_at__gt=act.at).order_by("starts_at").first()
    if row is None:
        return None
    if row.starts_at >= at:
        await change(act, row, dropped=True)
    elif at < row.ends_at:
        await change(act, row, ends_at=at)
    await directory.raise_version()
    return row


async def absence(number: int) -> Absence | None:
    """An absence that still holds."""
    return await Absence.get_or_none(id=number, dropped=False)


async def left_behind(staff: str, until: datetime) -> list[Ticket]:
    """What somebody has on his hands that nobody has taken or that falls due before a moment."""
    mine = await Ticket.filter(assignee=staff, state__in=LIVE).order_by("due_at", "no")
    return [each for each in mine if each.state == "open" or (each.due_at and each.due_at < until)]
