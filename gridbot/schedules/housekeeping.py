"""At night the bot forgets what nobody needs any more."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from gridbot.messages import Say
from gridbot.models import acts, board, letters
from gridbot.models.cases import corrections, pictures, questions, signals
from gridbot.models.duty.duties import Due
from gridbot.models.neighbours import traces
from gridbot.models.territory import links
from gridbot.schedules.jobs import Jobs
from gridbot.world import World

jobs = Jobs()

REDELIVERED = timedelta(days=3)  # after that no platform brings a message again
DONE_DUTIES = timedelta(days=400)  # what was done stays as the proof that it must not be done twice


@jobs.on("forget")
async def forget(world: World, rows: Sequence[Due], now: datetime) -> list[Say]:
    """Forget keys of old messages, stale questions, changes past taking back, old duties and links."""
    await letters.forget_seen(now - REDELIVERED)
    await questions.forget(now)
    await acts.forget_changes(now - world.conduct.undo)
    await board.forget(now - DONE_DUTIES)
    await links.forget(now)
    await traces.blank(now - world.conduct.keep_text)
    await pictures.forget(now - pictures.LONGEST)
    await signals.forget(now - signals.WITHIN)
    await corrections.forget_most()
    return []
