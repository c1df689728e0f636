"""公示: the organisation of a node as it is posted on the wall."""

from __future__ import annotations

from collections.abc import Sequence

from gridbot.digests.board import board, markdown
from gridbot.errors import Refusal
from gridbot.handlers.routes import Routes
from gridbot.handlers.turn import Turn
from gridbot.messages import Say

routes = Routes()


@routes.on("board")
async def shown(turn: Turn) -> Sequence[Say]:
    """公示 [节点]: who answers for what, ready to be printed; for staff."""
    turn.require_staff()
    directory = turn.world.directory
    named = directory.node_named(turn.rest) if turn.rest else None
    if turn.rest and named is None:
        raise Refusal("board.unknown", name=turn.rest)
    code = named.code if named is not None else turn.person.posts[0].node
    found = board(turn.world, code)
    page = turn.texts.say("board.page", url=f"{found.url}/board") if found.url else ""
    return [turn.whisper("board.text", text=markdown(turn.world, found), page=page)]
