"""At six in the evening every leader gets one message: the day, what is late, what is not known.

The week, the month, the quarter, the year follow on the morning of the first day of work after them; what
ends together comes in one message.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial

from gridbot.clock import Breath
from gridbot.digests import (
    DIGEST_AT,
    LONGER_AT,
    Period,
    aside,
    brief,
    compose,
    ended,
    figures_of,
    grids_of,
    leads,
    row_of,
    span_of,
)
from gridbot.messages import Say
from gridbot.models.board import Plan
from gridbot.models.duty import pauses
from gridbot.models.duty.duties import DigestRow, Due
from gridbot.models.reckoning import figures
from gridbot.models.reckoning.figures import Facts
from gridbot.models.territory.people import Post
from gridbot.schedules.digesting import worth as worthy
from gridbot.schedules.jobs import Jobs
from gridbot.world import World

jobs = Jobs()

STEP, NOW = timedelta(minutes=30), timedelta()
BELOW = timedelta(minutes=-15)  # what lies between a grid and its village reads before the village does
VILLAGE, GROUP = ("村", "社区"), "小组"


def plans(world: World, day: date) -> list[Plan]:
    """The digests this day brings to every leader who can be reached.

    Whether one is worth sending shows at its time. The occurrence of a longer one is "week 2026-03-08":
    its period and the last day of it.
    """
    reached = {
        f"staff:{staff}": posts
        for staff, posts in world.directory.leaders().items()
        if any(post.contact for post in posts)
    }
    leaders = list(reached)
    at, morning = world.calendar.at(day, DIGEST_AT), world.calendar.at(day, LONGER_AT)
    later = _climbing(world, reached)
    longer = [f"{period} {last}" for period, last in ended(world, day)]
    return [Plan("digest", who, at + later.get(who, NOW), day.isoformat()) for who in leaders] + [
        Plan("digest_longer", staff, morning, occurrence) for staff in leaders for occurrence in longer
    ]


def _climbing(world: World, leaders: Mapping[str, Sequence[Post]]) -> dict[str, timedelta]:
    """Where grids report daily, each level reads half an hour after the one below: what it read is in it."""
    heights: dict[str, int] = {}
    return {
        who: max(_later(world, post.node, heights) for post in posts)
        for who, posts in leaders.items()
        if world.directory.profile(posts[0].node).reports.daily
    }


def later(world: World, code: str) -> timedelta:
    """How long after the village the digest of a node comes; nothing where grids do not report daily."""
    return _later(world, code, {}) if world.directory.profile(code).reports.daily else NOW


def _later(world: World, code: str, heights: dict[str, int]) -> timedelta:
    """The village reads at six, what is above it half an hour later a level, groups below it before."""
    directory = world.directory

    def height(code: str) -> int:
        if code not in heights:
            below = [height(child) + 1 for child in directory.children.get(code, ())]
            heights[code] = 0 if directory.is_grid(code) else max(below, default=0)
            if _is_village(directory.nodes[code].level):
                heights[code] = min(heights[code], 1)
        return heights[code]

    if GROUP in directory.nodes[code].level and any(_is_village(n.level) for n in directory.up(code)):
        return BELOW
    return STEP * max(0, height(code) - 1)


def _is_village(level: str) -> bool:
    return GROUP not in level and any(word in level for word in VILLAGE)


@dataclass(frozen=True, slots=True)
class Told:
    """One digest as it would stand alone, what it adds to another one in the same message, and its row."""

    say: Say
    more: str
    row: DigestRow


@jobs.on("digest")
async def digest(world: World, rows: Sequence[Due], now: datetime) -> list[Say]:
    """Send the day's digest; of several late ones only the newest, and none at night.

    Left out on a day of rest (the week's tells of it) but for what cannot wait; and on a day on which nothing
    happened where no residents' group is near.
    """
    newest = {row.what: row for row in sorted(rows, key=lambda row: row.occurrence)}
    told = await _told(world, [(row.what, Period.DAY, row.occurrence) for row in newest.values()], now)
    return [one.say for one in told]


@jobs.on("digest_longer")
async def digest_longer(world: World, rows: Sequence[Due], now: datetime) -> list[Say]:
    """Send what is due of weeks, months, quarters and years; left out where nothing at all happened."""
    due = [(row.what, *row.occurrence.split(" ")) for row in rows]
    told = await _told(world, [(what, Period(period), last) for what, period, last in due], now)
    by_leader: dict[str, list[Told]] = {}
    for one in told:
        by_leader.setdefault(one.row.to, []).append(one)
    return [_joined(found) for found in by_leader.values()]


def _joined(told: Sequence[Told]) -> Say:
    """What is told together as one message: one in full (the month's first), of the rest a few lines."""
    first = min(told, key=lambda one: one.row.period != Period.MONTH)
    said = set(first.say.text.splitlines())
    rest = [_besides(one.more, said) for one in told if one is not first]
    once = "+".join(one.say.once or "" for one in told)
    return replace(first.say, text="\n\n".join([first.say.text, *rest]), once=once) if rest else first.say


def _besides(text: str, said: Collection[str]) -> str:
    """The lines of a text that were not said in the same words before."""
    return "\n".join(line for line in text.splitlines() if line not in said)


async def _told(world: World, due: Iterable[tuple[str, Period, str]], now: datetime) -> list[Told]:
    """Compose and keep these digests: (staff:ID, period, its last day)."""
    off = await pauses.digests_off(world.calendar.day_of(now))
    wanted = [
        (number, posts, Period(period), date.fromisoformat(last))
        for number, (what, period, last) in enumerate(due)
        if (posts := world.directory.leaders().get(what.removeprefix("staff:"), ()))
        and (period, posts[0].staff) not in off
    ]
    made: dict[int, Told] = {}
    for part in _together(world, wanted):
        _, _, period, day = part[0]
        grids = grids_of(world, (node for _, led, _, _ in part for node in leads(world, led)))
        facts = await figures.gather(span_of(world, period, day), grids)
        breath = Breath()
        worth = await worthy.of(world, {posts[0].staff for _, posts, _, _ in part})
        for number, mine, _, _ in part:
            await breath.take()
            one = partial(_digest, world, mine, facts, period, day, now, worth)
            if found := await aside(grids, one):
                made[number] = found
    told = [made[number] for number in sorted(made)]
    await DigestRow.bulk_create([one.row for one in told], batch_size=200)
    return told


Wanted = tuple[int, Sequence[Post], Period, date]


def _together(world: World, wanted: Sequence[Wanted]) -> Iterator[list[Wanted]]:
    """Digests of one span whose leaders have few grids in all; whoever has more than that stands alone."""
    parts: dict[tuple[Period, date], tuple[list[Wanted], set[str]]] = {}
    for one in wanted:
        _, posts, period, day = one
        grids = set(grids_of(world, leads(world, posts)))
        part, inside = parts.get((period, day), ([], set()))
        if part and len(inside | grids) > figures.MANY:
            yield part
            part, inside = [], set()
        part.append(one)
        parts[period, day] = part, inside | grids
    yield from (part for part, _ in parts.values() if part)


def _digest(
    world: World,
    posts: Sequence[Post],
    facts: Facts,
    period: Period,
    day: date,
    now: datetime,
    worth: worthy.Worth,
) -> Told | None:
    contact = next((post.contact for post in posts if post.contact), "")
    if not contact:
        return None
    staff, found = posts[0].staff, figures_of(world, facts, leads(world, posts))
    lacks = worth.lacks(found)
    news = worth.said(staff, found, period, lacks)
    if not worth.due(found, period, news, worked=world.calendar.is_workday(day)):
        return None
    text = compose(world, found, period, lacks=news)
    say = Say(
        world.private(contact),
        text,
        f"digest.{period}",
        once=f"digest:{staff}:{period}:{day}",
        not_before=world.quiet_ends(now, posts[0].node) if world.quiet(now, posts[0].node) else None,
    )
    more = brief(world, found, period) if period is not Period.DAY else ""
    return Told(say, more, row_of(staff, found, period, now, text, lacks))
