"""A staff member asks for the console: a one-time link, only ever in private."""

from __future__ import annotations

from collections.abc import Sequence

from gridbot.handlers.routes import Routes
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models.territory import links

routes = Routes()


@routes.on("console")
async def console(turn: Turn) -> Sequence[Say]:
    """后台: a link that opens the console once, within fifteen minutes."""
    post = turn.require_staff()
    token = await links.make(post.staff, turn.now, turn.world.draw())
    url = f"{turn.world.office.url.rstrip('/')}/console/in?t={token}"
    return [turn.whisper("console.link", url=url)]
