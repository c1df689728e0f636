"""退回 12 缺身份证复印件: the desk sends papers back to their collector; the resident hears what lacks."""

from __future__ import annotations

from gridbot.errors import Refusal
from gridbot.handlers.tickets import chosen, planning, told
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models import board
from gridbot.models.cases import casework, errands, ledger
from gridbot.models.cases.errands import Stage
from gridbot.models.cases.tickets import Ticket
from gridbot.models.territory.people import Post
from gridbot.profiles import Rank

BEFORE_IT_GOES = (Stage.COLLECTING, Stage.TAKEN_IN, Stage.GATHERED)


async def sent_back(turn: Turn, ticket: Ticket) -> list[Say] | None:
    """The papers go back to their collector, to be collected again; None where it is another 退回.

    Raises Refusal where nobody is told what lacks.
    """
    collector = await _collector(turn, ticket)
    if collector is None:
        return None
    chosen.allowed(turn, ticket)
    lacks = turn.rest.strip(" ，。")
    if not lacks:
        example = turn.texts.say("errand.why_back", no=ticket.no)
        raise Refusal("refuse.why", no=ticket.no, example=example)
    mark = next((word for word in turn.texts.say("errand.lack_words").split() if lacks.startswith(word)), "")
    lacks = lacks.removeprefix(mark).strip() or lacks
    await casework.move(
        ticket, "return", turn.act, lacks, assignee=collector.staff, stage=Stage.COLLECTING,
        returns=ticket.returns + 1,
    )  # fmt: skip
    await planning.replan(turn, ticket)
    await board.cancel(f"ticket:{ticket.no}", "errand_waits")
    says = [turn.reply("errand.sent_back", no=ticket.no, name=collector.name)]
    says += told.staff(
        turn, ticket, collector.staff, "errand.lacks", name=told.name(turn), lacks=lacks
    )  # fmt: skip
    return says + told.reporter(turn, ticket, "errand.lacks_resident", lacks=lacks)


async def _collector(turn: Turn, ticket: Ticket) -> Post | None:
    """Who said 收齐 of papers that lie with the speaker's desk; None where they do not."""
    if errands.of(ticket) not in BEFORE_IT_GOES or not any(p.rank is Rank.DESK for p in turn.person.posts):
        return None
    line = await ledger.last_line(ticket.no, "collect")
    if line is None or line.by == turn.person.staff:
        return None
    return turn.world.directory.staff(line.by) or turn.world.directory.worker(ticket.grid)


async def waits_at_desk(ticket: Ticket) -> bool:
    """Whether it was said to be complete and has not been sent back since."""
    collected = await ledger.last_line(ticket.no, "collect")
    returned = await ledger.last_line(ticket.no, "return")
    return collected is not None and (returned is None or returned.id < collected.id)
