"""Tickets for another platform, said once: its columns to paste, its number to keep; who is connected."""

from __future__ import annotations

from collections.abc import Sequence

from gridbot.errors import Refusal
from gridbot.handlers.routes import Routes
from gridbot.handlers.tickets import chosen
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models.cases import exporting
from gridbot.models.cases.casework import LIVE, State
from gridbot.models.cases.tickets import Ticket
from gridbot.profiles import Rank
from gridbot.services import export

routes = Routes()

SHOWN = 10


@routes.on("export_form")
async def form(turn: Turn) -> Sequence[Say]:
    """导出 12: the ticket in the platform's own columns; alone: what has no number there yet."""
    post = turn.require_staff(Rank.LEADER, Rank.WORKER, Rank.DEPUTY, Rank.DESK)
    command = turn.reading.command
    if command is not None and command.numbers:
        return [await _sheet(turn, ticket) for ticket in await chosen.tickets(turn)]
    waiting = await exporting.not_exported(turn.world.directory.under(post.node), SHOWN + 1)
    if not waiting:
        return [turn.whisper("export.all_in")]
    lines = "\n".join(chosen.label(turn, ticket) for ticket in waiting[:SHOWN])
    more = turn.texts.say("export.more") if len(waiting) > SHOWN else ""
    return [turn.whisper("export.waiting", lines=lines, more=more)]


async def _sheet(turn: Turn, ticket: Ticket) -> Say:
    platform = export.load()
    line = await exporting.line(turn.world.directory, platform, ticket, turn.world.zone)
    lines = "\n".join(f"{title}：{value}" for title, value in line.items() if value)
    return turn.whisper("export.sheet", platform=platform.zh, no=ticket.no, lines=lines)


@routes.on("export_no")
async def number(turn: Turn) -> Sequence[Say]:
    """导出号 12 QJ2026-0001: the platform's number is kept with the ticket, once."""
    turn.require_staff(Rank.LEADER, Rank.WORKER, Rank.DEPUTY, Rank.DESK)
    ticket = await chosen.ticket(turn, likely=(*LIVE, State.RESOLVED, State.CLOSED))
    given = turn.rest.strip(" #：:，,。")[:60]
    if not given:
        raise Refusal("export.how", no=ticket.no)
    other = await exporting.having(given)
    if other is not None and other.no != ticket.no:
        raise Refusal("export.taken", number=given, no=other.no)
    await exporting.numbered(turn.act, ticket, given)
    return [turn.reply("export.kept", no=ticket.no, number=given)]


@routes.on("connectivity")
async def connectivity(turn: Turn) -> Sequence[Say]:
    """连通: which villages have a group and somebody bound, and which have not."""
    post = turn.require_staff(Rank.LEADER, Rank.DESK)
    found = await exporting.villages(turn.world.directory, post.node)
    missing = [village for village in found if not village.connected]
    lines = "\n".join(
        turn.texts.say(
            "export.village",
            name=village.name,
            groups=village.groups,
            bound=village.bound,
            workers=village.workers,
        )
        for village in missing[:SHOWN]
    )
    more = turn.texts.say("export.more") if len(missing) > SHOWN else ""
    return [
        turn.whisper(
            "export.connected",
            all=len(found),
            connected=len(found) - len(missing),
            exported=sum(1 for village in found if village.exported),
            lines=lines or turn.texts.say("export.none_missing"),
            more=more,
        )
    ]
