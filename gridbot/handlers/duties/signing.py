"""签字: the head of a node signs its report with one word; what is signed is frozen."""

from __future__ import annotations

from collections.abc import Sequence

from gridbot.digests import monthly
from gridbot.errors import Refusal
from gridbot.handlers.routes import Routes
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models.duty import reporting
from gridbot.models.duty.owed import Duty
from gridbot.profiles import Rank

routes = Routes()


@routes.on("sign")
async def sign(turn: Turn) -> Sequence[Say]:
    """签字: the report that waits for the speaker is frozen; the level above gets it.

    Where more was said since he read it, he reads what he has signed.
    """
    turn.require_staff(Rank.LEADER)
    own = [post.node for post in turn.person.posts if post.rank is Rank.LEADER]
    waiting = await reporting.unsigned(own)
    if not waiting:
        raise Refusal("reports.nothing_to_sign")
    row = waiting[0]
    read, text = row.text, await _text(turn, row)
    mark = await reporting.sign(turn.act, row, text)
    name = turn.world.directory.nodes[row.node].name
    key = "reports.signed" if text == read else "reports.signed_newer"
    head = turn.world.directory.leader(row.node, but=turn.person.who)
    says = [turn.reply(key, name=row.name, node=name, mark=mark, text=text)]
    if head is not None and head.contact:
        by = turn.person.posts[0].name
        says.append(turn.tell(head.contact, "reports.delivered", by=by, mark=mark, text=text))
    return says


async def _text(turn: Turn, row: Duty) -> str:
    until = min(row.window_end, turn.world.local(turn.now).date())
    return await monthly.compose(turn.world, row, until)
