"""What somebody owes today besides tickets: households to be visited, a word for a report."""

from __future__ import annotations

from gridbot.handlers.turn import Turn
from gridbot.models.duty import reporting, visits
from gridbot.profiles import Rank

SHOWN = 5


async def lines(turn: Turn) -> list[str]:
    """A line each, doors only in private; nothing where nothing is owed."""
    if not turn.person.is_staff or turn.person.staff is None:
        return []
    say, today = turn.texts.say, turn.world.local(turn.now).date()
    found = []
    if due := await visits.near([turn.person.staff], today):
        doors = await visits.doors(one.household for one in due[:SHOWN])
        named = "、".join(str(doors.get(one.household, visits.NOWHERE)) for one in due[:SHOWN])
        more = "…" if len(due) > SHOWN else ""
        doors_said = say("visit.todo_doors", doors=named + more) if turn.private else ""
        found.append(say("visit.todo", count=len(due), doors=doors_said))
    own = [post.node for post in turn.person.posts if post.rank is Rank.WORKER]
    names = dict.fromkeys(one.name for one in await reporting.open_for(own, today)) if own else {}
    if names:
        found.append(say("reports.todo", names="、".join(names)))
    return found
