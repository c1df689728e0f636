"""3号楼最近有什么事: a leader asks about a place and reads what is behind the numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta

from gridbot.errors import Refusal
from gridbot.handlers.routes import Routes
from gridbot.handlers.tickets import cards
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models import acts
from gridbot.models.cases import ledger
from gridbot.models.cases.casework import LIVE, STATE_ZH, State
from gridbot.models.cases.tickets import Ticket
from gridbot.nlp.slots import place

routes = Routes()

SINCE = timedelta(days=30)
SHOWN = 8
GONE = (State.WITHDRAWN, State.DECLINED, State.MERGED)


@routes.on("recent")
async def lately(turn: Turn) -> Sequence[Say]:
    """What happened at a building, a landmark or a node in thirty days; a number opens each case."""
    post = turn.require_staff()
    directory = turn.world.directory
    words = turn.rest.strip()
    node = directory.node_named(words) if words else None
    nodes = directory.under(node.code) if node is not None else _own(turn)
    if node is not None:
        turn.require(node.code)
    where = place.find(words, turn.world.gazetteer(post.node)) if words and node is None else None
    if words and node is None and where is None:
        raise Refusal("lately.where")
    building = (where.building or where.row) if where is not None else None
    found = await ledger.about_place(
        nodes, turn.now - SINCE, building, where.unit if where else None, where.landmark if where else None
    )
    cases = [ticket for ticket in found if ticket.state not in GONE]
    await acts.record(turn.person.who, turn.now, "read.place", post.node)
    name = words or "、".join(dict.fromkeys(directory.nodes[p.node].name for p in turn.person.posts))
    if not cases:
        return [turn.reply("lately.nothing", place=name, days=SINCE.days)]
    text = turn.texts.say("lately.cases", **_told(turn, name, cases))
    return [turn.reply("leader.digest", text=text)]


def _own(turn: Turn) -> list[str]:
    directory = turn.world.directory
    return list(dict.fromkeys(code for post in turn.person.posts for code in directory.under(post.node)))


def _told(turn: Turn, name: str, cases: Sequence[Ticket]) -> dict[str, str | int]:
    say = turn.texts.say
    kinds = Counter(cards.called(turn, each.category, each.sub) for each in cases)
    live = sum(each.state in LIVE for each in cases)
    lines = [_line(turn, each) for each in sorted(cases, key=lambda each: (each.state not in LIVE, -each.no))]
    shown = lines[:SHOWN]
    if len(lines) > SHOWN:
        shown.append(say("leader.more", count=len(lines) - SHOWN))
    return {
        "place": name, "days": SINCE.days, "count": len(cases), "live": live, "lines": "\n".join(shown),
        "kinds": "、".join(f"{what} {count}" for what, count in kinds.most_common(5)),
    }  # fmt: skip


def _line(turn: Turn, ticket: Ticket) -> str:
    day = turn.world.local(ticket.opened_at)
    return turn.texts.say(
        "lately.line", ticket=f"#{ticket.no}", day=f"{day:%m-%d}", state=STATE_ZH[State(ticket.state)],
        what=cards.called(turn, ticket.category, ticket.sub), place=ticket.place,
    )  # fmt: skip
