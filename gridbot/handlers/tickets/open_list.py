"""待办 of a place or of a department: what is open there, for whoever oversees it."""

from __future__ import annotations

from gridbot.handlers.staff import territory
from gridbot.handlers.tickets import chosen
from gridbot.handlers.turn import Turn
from gridbot.models.cases import workload
from gridbot.models.cases.casework import LIVE
from gridbot.models.cases.tickets import Ticket
from gridbot.models.territory.directory import Department
from gridbot.models.territory.people import Post
from gridbot.profiles import Rank

OVERSEERS = (Rank.LEADER, Rank.DESK, Rank.PATRON, Rank.SUPERVISOR)
MOST = 20
SHOWN = 9  # of what others have, in the list of a leader


def department(turn: Turn) -> Department | None:
    """The department whose name is one of the words said, or the only one whose name holds one of them."""
    directory, words = turn.world.directory, set(turn.rest.split())
    named = next((d for d in directory.departments if words & {d.name, d.id}), None)
    parts = [word for word in words if len(word) > 1 and directory.node_named(word) is None]
    like = [d for d in directory.departments if any(part in d.name for part in parts)]
    return named or (like[0] if len(like) == 1 else None)


def _colleague(turn: Turn) -> Post | None:
    """Whom the words name, by name or id, of those below the speaker; None for all else."""
    directory, words = turn.world.directory, set(turn.rest.split())
    for post in directory.posts:
        above = any(directory.inside(post.node, up.node) and up.rank in OVERSEERS for up in turn.person.posts)
        if above and words & {post.name, post.staff}:
            return post
    return None


async def asked(turn: Turn) -> tuple[list[Ticket], int] | None:
    """The first open tickets of the place, department or colleague named and how many; None for none named.

    Raises NotAllowed for whoever does not oversee the place.
    """
    if (colleague := _colleague(turn)) is not None:
        mine = await workload.assigned(colleague.staff, LIVE)
        return mine[:MOST], len(mine)
    called = department(turn)
    if called is None and territory.named(turn) is None:
        return None
    tops = territory.nodes(turn, *OVERSEERS)
    nodes = {code for top in tops for code in turn.world.directory.under(top)}
    everything = len(nodes) == len(turn.world.directory.nodes)
    return await workload.open_at(nodes, MOST, department=called.id if called else "", everything=everything)


async def led(turn: Turn) -> list[str]:
    """What is open where the speaker leads, the most urgent first; nothing for others."""
    directory = turn.world.directory
    tops = list(dict.fromkeys(post.node for post in turn.person.posts if post.rank is Rank.LEADER))
    nodes = {code for top in tops for code in directory.under(top)}
    if not nodes:
        return []
    found, count = await workload.open_at(nodes, SHOWN, everything=len(nodes) == len(directory.nodes))
    lines = [line(turn, each) for each in found if each.assignee != turn.person.staff]
    return [turn.texts.say("work.todo_led", count=count, lines="\n".join(lines))] if lines else []


def line(turn: Turn, ticket: Ticket) -> str:
    """One line: which, who has it."""
    holder = turn.world.directory.staff(ticket.assignee)
    return " ".join(part for part in (chosen.label(turn, ticket), holder.name if holder else "") if part)
