"""A node's report of a month: a table of what is on record, and who has said what; nobody retypes it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, time, timedelta

from gridbot.digests import figures_of
from gridbot.digests.spans import day_said
from gridbot.models.duty import reporting
from gridbot.models.duty.owed import Duty, Said
from gridbot.models.reckoning.figures import Span, gather
from gridbot.profiles import Period
from gridbot.world import World

NAMED = 12
_MIDNIGHT, _EVENING = time(), time(23, 59, 59)


async def compose(world: World, sheet: Duty, until: date) -> str:
    """The report of a node and its days as they stand on `until`, with what its grids said and found."""
    say, calendar = world.texts.say, world.calendar
    node, first, last = sheet.node, sheet.window_start, sheet.window_end
    below = [code for code in world.directory.under(node) if world.directory.is_grid(code)]
    rows = await reporting.of(sheet.name, first, below)
    screened = await reporting.during(world.directory.profile(node).reports.screening, first, last, below)
    start, end = calendar.at(first, _MIDNIGHT), calendar.at(last, _EVENING)
    span = Span(start, end, start, calendar.add_days(end, 1), last, first)
    facts = await gather(span, world.directory.under(node))
    found = figures_of(world, facts, [node])
    counts = Counter(row.state for row in rows)
    missing = [world.directory.nodes[row.node].name for row in rows if row.state == Said.MISSING]
    name = world.directory.nodes[node].name
    lines = [
        say(
            "reports.sheet_title", node=name, month=first.month, name=rows[0].name if rows else "",
            until=day_said(world, until),
        ),
        say(
            "reports.sheet_grids", grids=len(rows), something=counts[Said.SOMETHING], zero=counts[Said.ZERO],
            missing=counts[Said.MISSING],
        ),
        say(
            "reports.sheet_flow", opened=found.flow.opened, resolved=found.flow.resolved, live=found.live,
            overdue=len(found.overdue), visits=found.flow.visits, emergencies=found.flow.emergencies,
        ),
    ]  # fmt: skip
    if missing:
        shown = "、".join(missing[:NAMED]) + ("…" if len(missing) > NAMED else "")
        lines.insert(2, say("reports.sheet_missing", names=shown))
    profile = world.directory.profile(node)
    kinds = [say("reports.sheet_kind", kind=profile.category(kind).zh, count=n) for kind, n in found.kinds]
    if kinds:
        lines.append(say("reports.sheet_kinds", kinds="、".join(kinds)))
    for row in [*screened, *rows]:
        lines += [
            say("reports.sheet_line", node=world.directory.nodes[row.node].name, text=t) for t in row.lines
        ]
    if since := await _since(world, sheet, below):
        lines.append(say("reports.sheet_since", count=since))
    return "\n".join(lines)


async def _since(world: World, sheet: Duty, below: Sequence[str]) -> int:
    """What came in between the last month's signature and its end, and so stood in no report."""
    first = sheet.window_start
    before, _ = Period.MONTH.window(first - timedelta(days=1))
    signed = [one.signed_at for one in await reporting.of(sheet.name, before, {sheet.node}, sheet=True)]
    if not signed or signed[0] is None:
        return 0
    return await reporting.opened_between(below, signed[0], world.calendar.at(first, _MIDNIGHT))
