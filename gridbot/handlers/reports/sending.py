"""Where a matter is, is told only afterwards: it goes to whoever works there."""

from __future__ import annotations

from gridbot.handlers.reports import assigning, locating, opening
from gridbot.handlers.reports.said import heard
from gridbot.handlers.tickets import cards, planning
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models.cases import casework, questions
from gridbot.models.cases.casework import State
from gridbot.models.cases.tickets import Ticket


async def there(turn: Turn, ticket: Ticket) -> list[Say]:
    """我心口疼, and then 3号楼2单元504: from the head of the street to that grid's people, at once.

    Only what nobody has taken yet, and only downwards: whoever leads above has read it already.
    """
    directory = turn.world.directory
    if ticket.state != State.OPEN or not directory.children.get(ticket.grid):
        return []
    grid = await locating.find_grid(turn, heard(turn), turn.reading.place)
    if directory.children.get(grid) and not directory.worker(grid):
        return []
    if grid == ticket.grid or not directory.inside(grid, ticket.grid):
        return []
    assigned = assigning.first(turn, grid, ticket.category, ticket.sub, ticket.urgency, None)
    if assigned.post is None:
        return []
    await casework.move(
        ticket, "reassign", turn.act, assigned.why, grid=grid, node=grid, assignee=assigned.post.staff
    )
    await planning.replan(turn, ticket)
    await questions.drop(ticket.no, "card")
    says: list[Say] = []
    for contact in opening.who_acts(turn, ticket, assigned):
        says += await cards.ticket_card(turn, ticket, contact, said=heard(turn))
    return says
