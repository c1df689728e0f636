"""督导员 reads and changes nothing: what he may ask for, and a sample of matters to call back."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import timedelta

from gridbot.errors import Refusal
from gridbot.handlers.routes import Routes
from gridbot.handlers.tickets import cards
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models import acts
from gridbot.models.cases import workload
from gridbot.models.cases.casework import STATE_ZH, State
from gridbot.models.cases.tickets import Ticket
from gridbot.profiles import Rank

routes = Routes()

READS = frozenset(
    {
        "progress", "daily", "weekly", "monthly", "quarterly", "yearly", "grid_facts", "posts", "sample",
        "assess", "score", "appointments", "recent", "console", "todo", "board", "rollout", "catalogue",
    }
)  # fmt: skip
ANYBODYS = frozenset(
    {
        "report", "request", "found", "talk", "solicit", "yes", "no", "choice", "receipt", "help", "who",
        "verify", "really", "nearby", "guide", "my_data", "erase", "leave", "bind", "points", "redeem",
        "signup", "teams", "urge", "withdraw", "rate", "undo", "subscribe", "unsubscribe", "discuss",
        "pledge",
    }
)  # fmt: skip
SAMPLE, MOST = 10, 50
SINCE = timedelta(days=31)
JUDGES = (Rank.SUPERVISOR, Rank.LEADER, Rank.DESK)


def may(turn: Turn, intent: str) -> bool:
    """Whether somebody whose every post only reads may do this; others may try anything."""
    posts = turn.person.posts
    if not posts or not all(post.rank.reads_only for post in posts):
        return True
    return intent in READS or intent in ANYBODYS or intent[:1] in "?!"


@routes.on("sample")
async def sample(turn: Turn) -> Sequence[Say]:
    """抽查 10件: so many finished matters of the last month, drawn by lot, with whom to call back."""
    turn.require_staff(*JUDGES)
    directory = turn.world.directory
    digits = "".join(character for character in turn.rest if character.isdigit())
    count = min(int(digits), MOST) if digits else SAMPLE
    tops = [post.node for post in turn.person.posts if post.rank in JUDGES]
    nodes = list(dict.fromkeys(code for top in tops for code in directory.under(top)))
    found = await workload.finished(nodes, turn.now - SINCE)
    if not found:
        raise Refusal("supervise.nothing")
    drawn = sorted(found, key=lambda ticket: _lot(turn, ticket))[:count]
    await acts.record(turn.person.who, turn.now, "read.sample", ",".join(str(t.no) for t in drawn)[:255])
    lines = "\n".join(_line(turn, ticket) for ticket in sorted(drawn, key=lambda ticket: ticket.no))
    return [turn.whisper("supervise.sample", count=len(drawn), all=len(found), lines=lines)]


def _lot(turn: Turn, ticket: Ticket) -> str:
    """A lot that nobody can choose: another one for every person and day."""
    day = turn.world.local(turn.now).date()
    return hashlib.sha256(f"{turn.person.who}|{day}|{ticket.no}".encode()).hexdigest()


def _line(turn: Turn, ticket: Ticket) -> str:
    node = turn.world.directory.nodes.get(ticket.grid)
    return turn.texts.say(
        "supervise.line", ticket=f"#{ticket.no}", node=node.name if node else "",
        what=cards.danger_called(turn, ticket), state=STATE_ZH[State(ticket.state)],
        verdict=ticket.satisfaction or turn.texts.say("papers.no_verdict"),
        result=ticket.result or turn.texts.say("papers.none"),
    )  # fmt: skip
