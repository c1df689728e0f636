"""What may be a report: the worker is asked, the group hears nothing."""

from __future__ import annotations

from collections.abc import Sequence

from gridbot.handlers import cards, opening
from gridbot.handlers.routes import Routes
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models.tickets import Candidate

routes = Routes()


async def ask_worker(turn: Turn) -> Sequence[Say]:
    """Keep it as a candidate and send the worker a card."""
    grid = opening.grid_of(turn, turn.reading)
    worker = turn.world.directory.worker(grid)
    candidate = await Candidate.create(
        transport=turn.heard.where.transport,
        account=turn.heard.where.account,
        room=turn.heard.where.room,
        contact=turn.heard.sender,
        grid=grid,
        message=turn.heard.id,
        text=turn.heard.text,
        reading={
            "sub": turn.reading.sub,
            "urgency": turn.reading.urgency,
            "place": opening.said_place(turn.reading.place),
        },
        kind=turn.reading.kind,
        category=turn.reading.category,
        confidence=turn.reading.confidence,
        at=turn.now,
        asked=worker.staff if worker else "",
    )
    return await cards.candidate_card(turn, candidate, worker.contact if worker else "")
