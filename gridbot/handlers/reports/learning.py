"""What staff put right about a reading is kept, redacted; rules are proposed from it, people decide."""

from __future__ import annotations

from gridbot.handlers.turn import Turn
from gridbot.models.cases import corrections
from gridbot.nlp.redact import redact


async def put_right(
    turn: Turn, text: str, *, what: str, was: str | None, kind: str, category: str | None, sensitive: bool
) -> None:
    """Keep it, unless it is nobody's business (a dispute, poverty, an anonymous word)."""
    if sensitive or was == (category or ""):
        return
    await corrections.keep(
        redact(text),
        what=what,
        was=was or "",
        kind=kind,
        category=category or "",
        node=turn.grid,
        by=turn.person.staff or "",
        at=turn.now,
    )
