"""谁手上压着活: how many open matters each colleague has, and how many of them are late."""

from __future__ import annotations

from collections.abc import Sequence

from gridbot.handlers.routes import Routes
from gridbot.handlers.staff import territory
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models.cases import workload
from gridbot.profiles import Rank

routes = Routes()

OVERSEERS = (Rank.LEADER, Rank.DESK, Rank.PATRON, Rank.SUPERVISOR)
SHOWN = 10  # colleagues of the list


@routes.on("loads")
async def loads(turn: Turn) -> Sequence[Say]:
    """在手统计 [place]: in private, for whoever oversees it; whoever is latest, then busiest, comes first."""
    turn.require_staff(*OVERSEERS)
    directory = turn.world.directory
    tops = territory.nodes(turn, *OVERSEERS)
    nodes = list(dict.fromkeys(code for top in tops for code in directory.under(top)))
    found = await workload.held(nodes, turn.now)
    where = "、".join(directory.nodes[top].name for top in tops)
    if not found:
        return [turn.whisper("loads.none", node=where)]
    found.sort(key=lambda one: (-one.late, -one.count, one.staff))
    lines = [_line(turn, one) for one in found[:SHOWN]]
    if len(found) > SHOWN:
        lines.append(turn.texts.say("loads.more", count=len(found) - SHOWN))
    return [turn.whisper("loads.list", node=where, lines="\n".join(lines), name=_first_name(turn, found))]


def _line(turn: Turn, one: workload.Held) -> str:
    late = turn.texts.say("loads.late", count=one.late) if one.late else ""
    return turn.texts.say("loads.line", name=_name(turn, one.staff), count=one.count, late=late)


def _first_name(turn: Turn, found: Sequence[workload.Held]) -> str:
    others = (one.staff for one in found if one.staff != turn.person.staff)
    return _name(turn, next(others, found[0].staff))


def _name(turn: Turn, staff: str) -> str:
    post = turn.world.directory.staff(staff)
    return post.name if post is not None else turn.texts.say("loads.nobody")
