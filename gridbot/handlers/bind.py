"""绑定 CODE: an account is tied to a post or a household."""

from __future__ import annotations

from collections.abc import Sequence

from gridbot.errors import Refusal
from gridbot.handlers.routes import Routes
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models import acts, binding, keeping

routes = Routes()


@routes.on("bind")
async def bind(turn: Turn) -> Sequence[Say]:
    """The code came from the office on paper or by hand: whoever knows it is whom it was made for."""
    words = turn.rest.split()
    if not words:
        raise Refusal("bind.how")
    head = turn.reading.command is not None and "户主" in turn.reading.command.options
    bound = await binding.bind(
        turn.heard.sender, words[0], now=turn.now, name=turn.heard.sender_name, head=head
    )
    await keeping.opt_in(turn.heard.where.transport, turn.heard.sender)
    turn.world.org_changed = True
    await acts.record(bound.staff or turn.heard.sender, turn.now, "bind", bound.staff or bound.household)
    if bound.staff:
        return [turn.whisper("bind.staff", name=bound.name)]
    return [turn.whisper("bind.household")]
