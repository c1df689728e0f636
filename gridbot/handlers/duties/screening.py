"""What a grid reports by the calendar: something found, nothing found; and what is looked at this time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta

from gridbot.digests.spans import day_said
from gridbot.errors import Refusal
from gridbot.handlers.duties import campaign
from gridbot.handlers.routes import Routes
from gridbot.handlers.turn import Turn
from gridbot.messages import Say
from gridbot.models.duty import reporting
from gridbot.models.duty.owed import Duty, Said
from gridbot.models.duty.reporting import Owed
from gridbot.models.territory import onduty
from gridbot.nlp import Reading, passages
from gridbot.profiles import Period, Rank

routes = Routes()

SUMMARY = ("汇总", "情况", "进度", "统计", "结果")
EARLY = timedelta(days=3)  # whoever says 零报告 so long before the end is told that it is not over
LONGEST_QUESTION = 10
ASKED = "asked"  # an option of 排查, where what is looked at was asked
NOTHING = "无"  # the option of 排查 that says so
WORKS = (Rank.WORKER, Rank.DEPUTY, Rank.HELPER, Rank.LEADER)


@routes.on("screening")
async def screening(turn: Turn) -> Sequence[Say]:
    """排查 出租屋 3-502 两人 已登记: a line of this half-month's screening; 排查 无异常 is a zero report."""
    post = turn.require_staff(*WORKS)
    if (says := await campaign.screened(turn)) is not None:
        return says
    command = turn.reading.command
    options = command.options if command else frozenset()
    rows = [row for row in await _screenings(turn) if row.node in _own(turn)]
    if not rows:
        raise Refusal("reports.none_here")
    if turn.rest.strip() in SUMMARY or _asks(turn.rest):
        return [_three(turn, rows)]
    if options == frozenset({ASKED}):
        return [_what(turn, rows)]
    row = _place(turn, rows, post.node)
    if not turn.rest and NOTHING not in options:
        raise Refusal("reports.how_to_screen", focus=row.focus)
    if NOTHING in options:
        await reporting.say(turn.act, row, Said.ZERO if not row.lines else Said.SOMETHING, turn.rest)
    else:
        await reporting.say(turn.act, row, Said.SOMETHING, turn.rest)
    key = "reports.screened" if row.focus else "reports.noted"
    return [turn.reply(key, name=row.name, focus=row.focus, last=day_said(turn.world, row.window_end))]


def _what(turn: Turn, rows: Sequence[Duty]) -> Say:
    """这半个月排查啥: what is looked at this time, and until when."""
    nodes, first = turn.world.directory.nodes, rows[0]
    return turn.whisper(
        "reports.screening_opens", name=first.name, focus=first.focus, places="、".join(
            dict.fromkeys(nodes[row.node].name for row in rows if row.node in nodes)
        ), last=day_said(turn.world, first.window_end),
    )  # fmt: skip


def _asks(rest: str) -> bool:
    """排查都收齐了没: how it stands, and nothing that was found."""
    said = rest.strip(" ?？")
    return len(said) <= LONGEST_QUESTION and (passages.asks(rest) or said.endswith(("没", "没有")))


def _place(turn: Turn, rows: Sequence[Duty], home: str) -> Duty:
    """The grid that is named in the words, the speaker's own, or his first."""
    nodes = turn.world.directory.nodes
    named = [row for row in rows if row.node in nodes and nodes[row.node].name in turn.rest]
    own = [row for row in rows if row.node == home]
    return [*named, *own, *rows][0]


def _own(turn: Turn) -> list[str]:
    """The grids the speaker works himself: his posts' nodes, or where he stands higher those below."""
    directory, found = turn.world.directory, dict[str, None]()
    for post in turn.person.posts:
        if post.rank in WORKS:
            below = [code for code in directory.under(post.node) if directory.is_grid(code)]
            found |= dict.fromkeys(below or [post.node])
    return list(found)


def _three(turn: Turn, rows: Sequence[Duty]) -> Say:
    """排查汇总: how the speaker's grids stand, in three numbers, and who is missing."""
    counts = Counter(row.state for row in rows)
    nodes = turn.world.directory.nodes
    missing = "、".join(nodes[row.node].name for row in rows if row.state == Said.MISSING)
    return turn.whisper(
        "reports.three", name=rows[0].name, grids=len(rows), something=counts[Said.SOMETHING],
        zero=counts[Said.ZERO], missing=counts[Said.MISSING], lines="",
        rest=turn.texts.say("reports.missing", places=missing) if missing else "",
    )  # fmt: skip


@routes.on("reports_standing")
async def standing(turn: Turn) -> Sequence[Say]:
    """上报情况: how the speaker's grids stand with each report that is owed now, in three numbers."""
    turn.require_staff(*WORKS, Rank.DESK, Rank.SUPERVISOR)
    below = [code for post in turn.person.posts for code in turn.world.directory.under(post.node)]
    grids = [code for code in dict.fromkeys(below) if turn.world.directory.is_grid(code)]
    await _screenings(turn, grids)
    day = turn.world.local(turn.now).date()
    rows = await reporting.standing(grids, day)
    if not rows:
        raise Refusal("reports.nothing_owed")
    by_name: dict[str, list[Duty]] = {}
    for row in rows:
        by_name.setdefault(row.name, []).append(row)
    parts = [_counted(turn, own) for own in by_name.values()]
    return [turn.whisper("reports.standing", lines="\n".join(parts))]


def _counted(turn: Turn, rows: Sequence[Duty]) -> str:
    counts = Counter(row.state for row in rows)
    nodes = turn.world.directory.nodes
    missing = "、".join(nodes[row.node].name for row in rows if row.state == Said.MISSING)
    rest = turn.texts.say("reports.not_yet", places=missing) if missing else ""
    return turn.texts.say(
        "reports.standing_line", name=rows[0].name, last=day_said(turn.world, rows[0].closes_on),
        grids=len(rows), something=counts[Said.SOMETHING], zero=counts[Said.ZERO],
        missing=counts[Said.MISSING], rest=rest,
    )  # fmt: skip


def _answers_for(turn: Turn) -> list[str]:
    """The grids for which the speaker may say that there is nothing: never those that others work."""
    directory, found = turn.world.directory, dict[str, None]()
    for post in turn.person.posts:
        if post.rank not in WORKS:
            continue
        below = [code for code in directory.under(post.node) if directory.is_grid(code)]
        for code in [post.node] if post.node in below else below or [post.node]:
            worker = directory.worker(code)
            free = worker is None or onduty.away(directory, worker.staff, turn.now) is not None
            here = post.node == code and post.rank in (Rank.WORKER, Rank.LEADER)
            if free or here or worker is None or worker.staff == turn.person.staff:
                found[code] = None
    return list(found)


async def _nothing(turn: Turn) -> Refusal:
    """Nothing is owed: it was said already, by whomever, or nothing is due."""
    rows = [row for row in await _screenings(turn, _answers_for(turn)) if row.state != Said.MISSING]
    if not rows:
        return Refusal("reports.nothing_owed")
    nodes = turn.world.directory.nodes
    places = "、".join(dict.fromkeys(nodes[row.node].name for row in rows if row.node in nodes))
    return Refusal("reports.said_already", name=rows[0].name, places=places)


async def _screenings(turn: Turn, nodes: Sequence[str] = ()) -> list[Duty]:
    """The open rows of the speaker's grids: the half-month's, or the month's where there is no other.

    They are made now where the clock has not made them yet.
    """
    day = turn.world.local(turn.now).date()
    directory = turn.world.directory
    by_name: dict[tuple[str, Period], list[str]] = {}
    for code in nodes or _own(turn):
        reports = directory.profile(code).reports
        period = Period.HALF_MONTH if reports.screening else Period.MONTH
        if name := reports.screening or reports.monthly:
            by_name.setdefault((name, period), []).append(code)
    rows: list[Duty] = []
    for (name, period), codes in by_name.items():
        first, last = period.window(day)
        focus = directory.profile(codes[0]).reports.focus_of(first) if period is Period.HALF_MONTH else ""
        await reporting.owe(Owed(name, first, last, last, focus), codes)
        rows += await reporting.of(name, first, codes)
    return rows


@routes.on("focus")
async def focus(turn: Turn) -> Sequence[Say]:
    """排查侧重 复杂场所: a leader has this half-month look at something else."""
    post = turn.require_staff(Rank.LEADER)
    if not turn.rest:
        raise Refusal("reports.which_focus", known="、".join(turn.profile.reports.focus))
    directory = turn.world.directory
    grids = [code for code in directory.under(post.node) if directory.is_grid(code)]
    rows = await _screenings(turn, grids)
    if not rows:
        raise Refusal("reports.none_here")
    await reporting.look_at(turn.act, rows, turn.rest[:64])
    told = {
        worker.contact for row in rows
        if (worker := directory.worker(row.node)) is not None and worker.contact
    }  # fmt: skip
    name = rows[0].name
    notes = [turn.tell(each, "reports.focus_changed", name=name, focus=turn.rest) for each in sorted(told)]
    return [turn.reply("reports.focused", name=name, focus=turn.rest, grids=len(rows)), *notes]


# --- 零报告 -----------------------------------------------------------------------------------------------


@routes.on("zero", "?zero")
async def zero(turn: Turn) -> Sequence[Say]:
    """零报告 closes what the speaker's grids still owe; where several reports could be meant, he is asked."""
    turn.require_staff(*WORKS)
    await _screenings(turn, _answers_for(turn))
    day = turn.world.local(turn.now).date()
    rows = await reporting.open_for(_answers_for(turn), day)
    if not rows:
        raise await _nothing(turn)
    rows = [row for row in rows if row.closes_on == day] or rows  # those of the day go first
    names = list(dict.fromkeys(row.name for row in rows))
    meant = _meant(turn, turn.reading, names)
    if meant is None:
        await turn.ask(turn.heard.sender, "zero", data={"names": names})
        lines = "\n".join(
            turn.texts.say("reports.choice", number=number, name=name) for number, name in enumerate(names, 1)
        )
        return [turn.whisper("reports.which_zero", lines=lines)]
    if turn.question is not None and turn.question.kind == "zero":
        await turn.question.delete()
    closed = [row for row in rows if row.name in meant]
    for row in closed:
        await reporting.say(turn.act, row, Said.ZERO)
    nodes = turn.world.directory.nodes
    places = "、".join(dict.fromkeys(nodes[row.node].name for row in closed if row.node in nodes))
    said = "、".join(dict.fromkeys(row.name for row in closed))
    until = max((row.closes_on for row in closed), default=day)
    early = until - day > EARLY
    rest = turn.texts.say("reports.zero_so_far", last=day_said(turn.world, until)) if early else ""
    return [turn.reply("reports.zeroed", names=said, places=places, rest=rest)]


def _meant(turn: Turn, reading: Reading, names: Sequence[str]) -> list[str] | None:
    """The reports named, chosen by number, or the only one; None where it has to be asked."""
    command = reading.command
    if len(names) == 1:
        return list(names)
    if turn.question is not None and turn.question.kind == "zero" and command is not None:
        asked = turn.question.data.get("names")
        choices = [str(name) for name in asked] if isinstance(asked, list) else []
        said = command.choice or (command.numbers[0] if command.numbers else 0)
        if 1 <= said <= len(choices):
            return [choices[said - 1]]
        if said == len(choices) + 1:
            return choices
    named = [name for name in names if turn.rest and (turn.rest in name or name in turn.rest)]
    return named or None
