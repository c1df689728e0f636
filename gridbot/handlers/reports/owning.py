"""专属 grids: what comes from one goes first to the unit whose own it is."""

from __future__ import annotations

from gridbot.handlers.tickets import departments, told
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models.cases import casework, teamwork
from gridbot.models.cases.tickets import Ticket


async def first(turn: Turn, ticket: Ticket) -> list[Say]:
    """Call the owning unit to a new matter; nothing where the grid has none, or none that can be reached.

    The grid's worker keeps answering for it: he is chased if the unit does not come, and gets it back
    when the unit gives it back.
    """
    owner = turn.world.directory.owner(ticket.grid)
    if owner is None or not owner.contact or owner.contact == turn.heard.sender:
        return []
    note = turn.texts.say("route.owner", name=owner.name)
    given = list(dict.fromkeys([owner.id, *ticket.departments]))
    await casework.move(ticket, "whistle", turn.act, note, departments=given)
    says = await departments.called(turn, ticket, owner, teamwork.LEAD)
    return [*says, *told.staff(turn, ticket, ticket.assignee, "route.owner_has_it", name=owner.name)]
