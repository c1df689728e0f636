"""Reports by the calendar: half-month screenings, the day's, the month's; and drafts of diaries.

A grid says 有事 or 零报告; who has said neither is 未报, and his leader reads that before anybody else asks.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from gridbot.digests import monthly
from gridbot.digests.spans import day_said
from gridbot.messages import Say
from gridbot.models.cases import ledger, questions
from gridbot.models.duty import reporting
from gridbot.models.duty.duties import Due
from gridbot.models.duty.owed import Duty, Said
from gridbot.models.duty.reporting import Owed
from gridbot.models.territory.people import Post
from gridbot.profiles import Period, Rank
from gridbot.recurrence import Schedule, Shift, Windows
from gridbot.schedules.cases import letters
from gridbot.schedules.jobs import Jobs, Late, Window, grids
from gridbot.workdays import parse_hours
from gridbot.world import World

jobs = Jobs()

MORNING, AFTERNOON, CLOSE = time(9), time(15), time(17, 50)
DAILY_REMIND, DAILY_CLOSE = time(17), time(17, 30)
DUE = 25  # the day of a month at whose end the report is with the level above
HALVES = 2  # screenings of a month
NAMED = 10
LONG_AGO = timedelta(days=5)  # a 零报告 may have been overtaken since
GRACE_S = 12 * 3600
DRAFT_LIVES = timedelta(hours=14)
LAST_DRAFT = time(21)
DIARISTS = (Rank.WORKER, Rank.DEPUTY)


def _code(subject: str) -> str:
    return subject.removeprefix("node:")


# --- 半月排查 ---------------------------------------------------------------------------------------------


def _screened(world: World, *at: object) -> Iterable[str]:
    return (s for s in grids(world) if world.directory.profile(_code(s)).reports.screening)


@jobs.every(
    "screening_open", Schedule(Windows(Period.HALF_MONTH, 1), MORNING, Shift.AFTER), _screened,
    late=Late.NOW, waits=True,
)  # fmt: skip
async def screening_open(world: World, rows: Sequence[Due], now: datetime) -> list[Say]:
    """The grids owe it from now on; each worker reads once what is looked at this time."""
    found = await _owed(world, rows)
    if not found:
        return []
    return _to_workers(world, found, "reports.screening_opens")


@jobs.every(
    "screening_remind", Schedule(Windows(Period.HALF_MONTH, -2), MORNING, Shift.BEFORE), _screened,
    late=Late.SKIP, grace_s=GRACE_S, waits=True,
)  # fmt: skip
async def screening_remind(world: World, rows: Sequence[Due], now: datetime) -> list[Say]:
    """Who has said nothing yet is asked once; whoever said 零报告 days ago hears that it is not over."""
    found = await _owed(world, rows)
    missing = [row for row in found if row.state == Said.MISSING]
    early = [
        row for row in found if row.state == Said.ZERO and row.at is not None and now - row.at >= LONG_AGO
    ]
    return [
        *_to_workers(world, missing, "reports.screening_ends"),
        *_to_workers(world, early, "reports.screening_still"),
    ]


@jobs.every("screening_close", Schedule(Windows(Period.HALF_MONTH, -1), CLOSE), _screened)
async def screening_close(world: World, rows: Sequence[Due], now: datetime) -> list[Say]:
    """On the fifteenth and on the last day each leader has the three numbers, of all his grids at once.

    Where all have spoken and none has written anything, the digest of that evening tells it.
    """
    own = {(row.name, row.window_start) for row in await _owed(world, rows)}
    codes = _of_the_same_leaders(world, (_code(row.what) for row in rows))
    found = [row for name, first in sorted(own) for row in await reporting.of(name, first, codes)]
    worked = world.calendar.is_workday(world.local(now).date())
    return _to_leaders(world, found, briefly=worked)


async def _owed(world: World, rows: Sequence[Due]) -> list[Duty]:
    """The screenings these rows are about, made where they are not there yet."""
    found: list[Duty] = []
    groups: dict[tuple[str, date, date], list[str]] = defaultdict(list)
    for row in rows:
        window, code = Window.of(row), _code(row.what)
        groups[world.directory.profile(code).reports.screening, window.first, window.last].append(code)
    for (name, first, last), codes in groups.items():
        focus = world.directory.profile(codes[0]).reports.focus_of(first)
        await reporting.owe(Owed(name, first, last, last, focus), codes)
        found += await reporting.of(name, first, set(codes))
    return found


def _to_workers(world: World, rows: Sequence[Duty], key: str) -> list[Say]:
    """One message a worker, whatever the number of his grids."""
    mine: dict[str, list[Duty]] = defaultdict(list)
    for row in rows:
        worker = world.directory.worker(row.node)
        if worker is not None and worker.contact:
            mine[worker.contact].append(row)
    return [
        Say(
            world.private(contact),
            world.texts.say(
                key, name=own[0].name, focus=own[0].focus, places=_places(world, own),
                last=day_said(world, own[0].window_end), day=_spoken_on(world, own),
            ),
            key,
        )
        for contact, own in mine.items()
    ]  # fmt: skip


def _spoken_on(world: World, rows: Sequence[Duty]) -> str:
    """The day of the last word on these reports, "" where none was said."""
    days = [world.local(row.at).date() for row in rows if row.at is not None]
    return day_said(world, max(days)) if days else ""


def _to_leaders(world: World, rows: Sequence[Duty], *, briefly: bool) -> list[Say]:
    """Three numbers for the leader of each grid, and who is missing; one message a leader.

    `briefly`: none to whose grids have all spoken without writing anything.
    """
    led: dict[str, list[Duty]] = defaultdict(list)
    for row in rows:
        leader = world.directory.leader(row.node)
        if leader is not None and leader.contact:
            led[leader.contact].append(row)
    return [
        _three(world, contact, own)
        for contact, own in led.items()
        if not (briefly and all(row.state != Said.MISSING and not row.lines for row in own))
    ]


def _of_the_same_leaders(world: World, codes: Iterable[str]) -> set[str]:
    """These grids and all others of whoever leads them: rows come some at a time, his numbers do not."""
    directory, found = world.directory, set[str]()
    for staff in {leader.staff for code in codes if (leader := directory.leader(code)) is not None}:
        below = {code for post in directory.posts_of(staff) for code in directory.under(post.node)}
        grids = (code for code in below if directory.is_grid(code))
        found.update(
            c for c in grids if (leader := directory.leader(c)) is not None and leader.staff == staff
        )
    return found


def _three(world: World, contact: str, rows: Sequence[Duty]) -> Say:
    counts = Counter(row.state for row in rows)
    missing = [row for row in rows if row.state == Said.MISSING]
    text = world.texts.say(
        "reports.three", name=rows[0].name, grids=len(rows), something=counts[Said.SOMETHING],
        zero=counts[Said.ZERO], missing=counts[Said.MISSING],
        rest=world.texts.say("reports.missing", places=_places(world, missing)) if missing else "",
        lines="".join(
            "\n" + world.texts.say("reports.sheet_line", node=_name(world, row.node), text=line)
            for row in rows for line in row.lines[:3]
        ),
    )  # fmt: skip
    once = f"three:{contact}:{rows[0].name}:{rows[0].window_start}"
    return Say(world.private(contact), text, "reports.three", once=once)


# --- 每日上报 ---------------------------------------------------------------------------------------------


def _daily(world: World) -> Iterable[str]:
    return (s for s in grids(world) if world.directory.profile(_code(s)).reports.daily)


@jobs.every(
    "daily_remind",
    Schedule(Windows(Period.DAY), DAILY_REMIND, Shift.SKIP),
    _daily,
    late=Late.SKIP,
    grace_s=1200,
)
async def daily_remind(world: World, rows: Sequence[Due], now: datetime) -> list[Say]:
    """A grid with nothing on record today says so with one word, or says what there was."""
    found = await _today(world, rows, now)
    return _to_workers(world, [row for row in found if row.state == Said.MISSING], "reports.daily_ends")


@jobs.every("daily_close", Schedule(Windows(Period.DAY), DAILY_CLOSE, Shift.SKIP), _daily)
async def daily_close(world: World, rows: Sequence[Due], now: datetime) -> list[Say]:
    """The day is as it stands; the digests of the levels above carry it up."""
    await _today(world, rows, now)
    return []


async def _today(world: World, rows: Sequence[Due], now: datetime) -> list[Duty]:
    found: list[Duty] = []
    groups: dict[tuple[str, date], list[str]] = defaultdict(list)
    for row in rows:
        code = _code(row.what)
        groups[world.directory.profile(code).reports.daily, Window.of(row).nominal].append(code)
    for (name, day), codes in groups.items():
        await reporting.owe(Owed(name, day, day, day), codes)
        own = await reporting.of(name, day, set(codes))
        start = world.calendar.at(day, time())
        silent = [row for row in own if row.state == Said.MISSING]
        busy = await reporting.happened([row.node for row in silent], start, now)
        await reporting.found_anyway([row for row in silent if row.node in busy], now)
        found += own
    return found


# --- 每月排查 ---------------------------------------------------------------------------------------------


def _signing(world: World) -> Iterable[str]:
    """Nodes whose head signs the month."""
    directory = world.directory
    for node in directory.nodes.values():
        reports = directory.profile(node.code).reports
        if reports.monthly and node.level in reports.signed_at and directory.at(node.code, Rank.LEADER):
            yield f"node:{node.code}"


def _on(day: int, at: time = MORNING) -> Schedule:
    return Schedule(Windows(Period.MONTH, day), at, Shift.BEFORE)


@jobs.every("month_draft", _on(20), _signing)
async def month_draft(world: World, rows: Sequence[Due], now: datetime) -> list[Say]:
    """The report stands as far as it is on record; grids owe their word from now on."""
    for row in rows:
        await _sheet(world, row, now)
    return []


@jobs.every("month_gaps", _on(22), _signing, waits=True)
async def month_gaps(world: World, rows: Sequence[Due], now: datetime) -> list[Say]:
    """Grids with nothing on record are asked for a word."""
    missing = [one for row in rows for one in (await _sheet(world, row, now))[1] if one.state == Said.MISSING]
    return _to_workers(world, missing, "reports.month_gap")


@jobs.every("month_sign", _on(23), _signing)
async def month_sign(world: World, rows: Sequence[Due], now: datetime) -> list[Say]:
    """The head of the node reads it and signs with one word."""
    return [say for row in rows for say in await _to_sign(world, row, now, "reports.to_sign")]


@jobs.every("month_remind", _on(24, AFTERNOON), _signing, late=Late.SKIP, grace_s=GRACE_S)
async def month_remind(world: World, rows: Sequence[Due], now: datetime) -> list[Say]:
    """Whoever has not signed is reminded, on the last day of work before the twenty-fifth at the latest.

    In the afternoon: where the 24th is a day of rest, the report itself came on the same morning.
    """
    return [say for row in rows for say in await _to_sign(world, row, now, "reports.still_to_sign")]


@jobs.every("month_due", Schedule(Windows(Period.MONTH, DUE), CLOSE), _signing)
async def month_due(world: World, rows: Sequence[Due], now: datetime) -> list[Say]:
    """The twenty-fifth ends, whatever day it is: the top reads who has not signed."""
    late: dict[str, list[str]] = defaultdict(list)
    name = ""
    for row in rows:
        sheet, _ = await _sheet(world, row, now)
        top = _top(world, sheet.node)
        if sheet.signed_at is None and top is not None and top.contact:
            late[top.contact].append(sheet.node)
            name = sheet.name
    return [
        Say(
            world.private(contact),
            world.texts.say(
                "reports.late", name=name, count=len(nodes),
                places="、".join(_name(world, node) for node in nodes[:NAMED]),
            ),
            "reports.late",
        )
        for contact, nodes in late.items()
    ]  # fmt: skip


async def _sheet(world: World, row: Due, now: datetime) -> tuple[Duty, list[Duty]]:
    """The node's report of the month brought up to now, and what its grids have said."""
    window, node = Window.of(row), _code(row.what)
    first, last = Period.MONTH.window(window.nominal)
    directory = world.directory
    owed = Owed(directory.profile(node).reports.monthly, first, last, last)
    below = [code for code in directory.under(node) if directory.is_grid(code)]
    await reporting.owe(owed, below)
    await reporting.owe(replace(owed, closes_on=first.replace(day=DUE)), [node], sheet=True)
    said = await reporting.of(owed.name, first, set(below))
    screened = await reporting.during(directory.profile(node).reports.screening, first, last, below)
    await _speak_for(world, said, screened, now)
    sheet = (await reporting.of(owed.name, first, {node}, sheet=True))[0]
    if sheet.signed_at is None:
        until = min(last, world.local(now).date())
        await reporting.draft(sheet, await monthly.compose(world, sheet, until))
    return sheet, said


async def _speak_for(world: World, said: Sequence[Duty], screened: Sequence[Duty], now: datetime) -> None:
    """Nobody is asked for what he has said already: in the month's screenings, or by what is on record."""
    silent = [one for one in said if one.state == Said.MISSING]
    if not silent:
        return
    since = world.calendar.at(silent[0].window_start, time())
    busy = await reporting.happened([one.node for one in silent], since, now)
    states: dict[str, list[str]] = defaultdict(list)
    for row in screened:
        states[row.node].append(row.state)
    busy |= {node for node, found in states.items() if Said.SOMETHING in found}
    quiet = {node for node, found in states.items() if found.count(Said.ZERO) == HALVES}
    await reporting.found_anyway([one for one in silent if one.node in busy], now)
    await reporting.found_anyway([one for one in silent if one.node in quiet - busy], now, Said.ZERO)


async def _to_sign(world: World, row: Due, now: datetime, key: str) -> list[Say]:
    sheet, _ = await _sheet(world, row, now)
    heads = world.directory.at(sheet.node, Rank.LEADER)
    head = next((post for post in heads if post.contact), None)
    if sheet.signed_at is not None or head is None:
        return []
    due = day_said(world, sheet.closes_on)
    return [Say(world.private(head.contact), world.texts.say(key, due=due, text=sheet.text), key)]


def _top(world: World, node: str) -> Post | None:
    """The head of the highest led node above."""
    led = [world.directory.at(one.code, Rank.LEADER) for one in world.directory.up(node)]
    heads = [posts[0] for posts in led if posts]
    return heads[-1] if heads else None


@jobs.every("month_end", Schedule(Windows(Period.MONTH, -1), CLOSE), _signing)
async def month_end(world: World, rows: Sequence[Due], now: datetime) -> list[Say]:
    """The screening itself ends with the month: what is on record until then speaks for its grids."""
    for row in rows:
        await _sheet(world, row, now)
    return []


# --- 民情日志 ---------------------------------------------------------------------------------------------


def _diaries(world: World, subject: str) -> Schedule | None:
    posts = world.directory.posts_of(subject.removeprefix("staff:"))
    at = next((d for p in posts if (d := world.directory.profile(p.node).reports.diary) is not None), None)
    if at is None:
        return None
    ends = [hours[-1][1] for post in posts if post.hours and (hours := parse_hours(post.hours))]
    at = max([at, *(min(end, LAST_DRAFT) for end in ends)])  # who works in the evening ends his day later
    return Schedule(Windows(Period.DAY), at, Shift.SKIP)


def _workers(world: World) -> Iterable[str]:
    workers = (post for post in world.directory.posts if post.rank in DIARISTS and post.contact)
    return dict.fromkeys(f"staff:{post.staff}" for post in workers)


@jobs.every("diary_offer", _diaries, _workers, late=Late.SKIP, grace_s=4 * 3600)
async def diary_offer(world: World, rows: Sequence[Due], now: datetime) -> list[Say]:
    """A draft of the day made of what is on record; a day without anything brings none."""
    says: list[Say] = []
    for row in rows:
        staff, day = row.what.removeprefix("staff:"), Window.of(row).nominal
        post = next(iter(world.directory.posts_of(staff)), None)
        if post is None:
            continue
        start = world.calendar.at(day, time())
        done = await reporting.day_of(staff, start, start + timedelta(days=1))
        text = "" if done.empty else await _told(world, done)
        made = await reporting.offer(staff, post.node, day, text, now) if text else None
        if made is not None and post.contact:
            where = world.private(post.contact)
            await questions.ask(post.contact, where.lane, "diary", now, DRAFT_LIVES, subject=made.id)
            says.append(Say(where, world.texts.say("diary.draft", text=text), "diary.draft"))
    return says


async def _told(world: World, done: reporting.DayOf) -> str:
    """What was done, each matter once: who ended it had taken it."""
    say = world.texts.say
    names = await _named(world, [*done.taken, *done.resolved])
    taken = "、".join(names[no] for no in done.taken if no not in done.resolved)
    resolved = "、".join(names[no] for no in done.resolved)
    parts = [
        say("diary.taken", numbers=taken) if taken else "",
        say("diary.resolved", numbers=resolved) if resolved else "",
        say("diary.visits", count=done.visits) if done.visits else "",
        say("diary.rounds", count=done.rounds) if done.rounds else "",
    ]
    return "；".join(part for part in parts if part)


async def _named(world: World, numbers: Iterable[int]) -> dict[int, str]:
    """Matters by number, as a diary names them: 电梯 #12."""
    found = {}
    for no in dict.fromkeys(numbers):
        ticket = await ledger.ticket(no)
        what = letters.what(world, ticket) if ticket is not None else ""
        found[no] = f"{what} #{no}".strip()
    return found


def _places(world: World, rows: Sequence[Duty]) -> str:
    names = list(dict.fromkeys(_name(world, row.node) for row in rows))
    return "、".join(names[:NAMED]) + ("…" if len(names) > NAMED else "")


def _name(world: World, code: str) -> str:
    node = world.directory.nodes.get(code)
    return node.name if node else code
