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
from gridbot.models.cases import around
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
    words = _named(turn)
    node = directory.node_named(words) if words else None
    nodes = directory.under(node.code) if node is not None else _own(turn)
    if node is not None:
        turn.require(node.code)
    where = place.find(words, turn.world.gazetteer(post.node)) if words and node is None else None
    if node is not None and (grid := directory.grid(node.code)) != node.code:
        where, nodes = (
            place.find(node.name),
            directory.under(grid),
        )  # 3号楼 within a grid: its matters are the grid's
    kind = turn.profile.category_word(turn.heard.text)
    if _overheard(turn):
        return []
    if words and node is None and where is None and kind is None:
        if not (turn.private or turn.heard.mentions_bot):
            return []  # 大家有什么问题, said among colleagues
        raise Refusal("lately.where")
    building = (where.building or where.row) if where is not None else None
    found = await around.about_place(
        nodes, turn.now - SINCE, building, where.unit if where else None, where.landmark if where else None
    )
    door = where.room if where is not None else None
    cases = [
        ticket
        for ticket in found
        if ticket.state not in GONE and _of_kind(ticket, kind) and (not door or door in (ticket.place or ""))
    ]
    await acts.record(turn.person.who, turn.now, "read.place", post.node)
    name = words or "、".join(dict.fromkeys(directory.nodes[p.node].name for p in turn.person.posts))
    if not cases:
        what = cards.called(turn, *kind) if kind is not None else turn.texts.say("lately.matter")
        return [turn.reply("lately.nothing", place=name, days=SINCE.days, what=what)]
    text = turn.texts.say("lately.cases", **_told(turn, name, cases))
    return [turn.reply("leader.digest", text=text)]


def _named(turn: Turn) -> str:
    """The words that say where, or of what: without 最近, 的 and the like around them."""
    words, fillers = turn.rest.strip(), turn.texts.say("lately.fillers").split()
    while filler := next((each for each in fillers if words.startswith(each)), ""):
        words = words.removeprefix(filler).strip()
    while filler := next((each for each in fillers if words.endswith(each)), ""):
        words = words.removesuffix(filler).strip()
    return words


def _overheard(turn: Turn) -> bool:
    """Everyday words in a group of residents may be meant for them."""
    command = turn.reading.command
    marked = command is not None and command.marked
    return turn.discreet and not (turn.heard.mentions_bot or marked)


def _of_kind(ticket: Ticket, kind: tuple[str, str | None] | None) -> bool:
    """Whether it is of the kind that was asked for, where one was."""
    if kind is None:
        return True
    return ticket.category == kind[0] and kind[1] in (None, ticket.sub)


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
        what=cards.danger_called(turn, ticket),
        place="" if ticket.sensitive and not turn.private else ticket.place,
    )  # fmt: skip
