"""Digests of patrons and leading groups, the grids that are not fixed, the review of what is on no list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from functools import partial

from gridbot.digests import DIGEST_AT, Period, aside, compose, lacking, measured, row_of, span_of
from gridbot.messages import Say
from gridbot.models.cases.tickets import Ticket
from gridbot.models.duty import pauses
from gridbot.models.duty.duties import DigestRow, Due
from gridbot.models.territory import census
from gridbot.models.territory.people import Post
from gridbot.nlp.slots.quantity import mask
from gridbot.profiles import Period as Every
from gridbot.profiles import Rank
from gridbot.recurrence import Schedule, Shift, Windows
from gridbot.schedules.digesting import digest
from gridbot.schedules.digesting import worth as worthy
from gridbot.schedules.jobs import Jobs, Window
from gridbot.world import World

jobs = Jobs()

MORNING = time(9)
SHOWN = 8  # lines of a list
WORDS = 20  # characters of a matter in it
OUTSIDE = "清单外"  # how the history of a declined matter begins


def patrons(world: World) -> Iterable[str]:
    """Every 挂包领导 with every node he is attached to: "post:STAFF@NODE"."""
    return _posts(world, Rank.PATRON)


def members(world: World) -> Iterable[str]:
    """Every member of a leading group."""
    return _posts(world, Rank.MEMBER)


def _posts(world: World, rank: Rank) -> list[str]:
    held = world.directory.of_rank(rank).values()
    return [f"post:{p.staff}@{p.node}" for posts in held for p in posts if p.contact]


def _with_its_node(world: World, subject: str) -> Schedule:
    """When the digest of that node itself goes to its own leader."""
    later = digest.later(world, subject.partition("@")[2])
    at = datetime.combine(date.min, DIGEST_AT) + later
    return Schedule(Windows(Every.DAY), at.time())


@jobs.every("patron_digest", _with_its_node, patrons)
async def patron_digest(world: World, rows: Sequence[Due], now: datetime) -> list[Say]:
    """The day of the node a leader is attached to, besides the digest of what he leads himself."""
    return await _digests(world, rows, Period.DAY, now)


@jobs.every("group_digest", Schedule(Windows(Every.WEEK, 1), MORNING, Shift.AFTER), members)
async def group_digest(world: World, rows: Sequence[Due], now: datetime) -> list[Say]:
    """Last week, for every member of a leading group, on the first day of work."""
    return await _digests(world, rows, Period.WEEK, now)


async def _digests(world: World, rows: Sequence[Due], period: Period, now: datetime) -> list[Say]:
    says: list[Say] = []
    stored: list[DigestRow] = []
    worth = await worthy.of(world, {row.what.removeprefix("post:").partition("@")[0] for row in rows})
    off = await pauses.digests_off(world.calendar.day_of(now))
    for row in rows:
        staff, _, node = row.what.removeprefix("post:").partition("@")
        if (period, staff) in off:
            continue
        post = next((p for p in world.directory.posts_of(staff) if p.node == node and p.contact), None)
        if post is None:
            continue
        day = _day(world, row, period)
        found = await measured(world, [node], span_of(world, period, day))
        lacks = worth.lacks(found)
        news = worth.said(staff, found, period, lacks)
        waits = period is not Period.DAY and found.pending
        if not (waits or worth.due(found, period, news, worked=world.calendar.is_workday(day))):
            continue
        composed = partial(compose, world, found, period, lacks=news)
        text = await aside(world.directory.under(node), composed)
        say = Say(
            world.private(post.contact), text, f"digest.{period}",
            once=f"digest:{staff}@{node}:{period}:{day}",
            not_before=world.quiet_ends(now) if world.quiet(now) else None,
        )  # fmt: skip
        says.append(say)
        stored.append(row_of(staff, found, period, now, text, lacks))
    await DigestRow.bulk_create(stored, batch_size=200)
    return says


def _day(world: World, row: Due, period: Period) -> date:
    """The day of the digest: today's, or the last one of the week before."""
    window = Window.of(row)
    return window.nominal if period is Period.DAY else window.first - timedelta(days=1)


@jobs.every("red_list", Schedule(Windows(Every.WEEK, 1), MORNING, Shift.AFTER))
async def red_list(world: World, rows: Sequence[Due], now: datetime) -> list[Say]:
    """四定: the leader whom the profile names reads once a week which of his grids are not fixed."""
    by_leader: dict[Post, list[str]] = defaultdict(list)
    for code, gaps in world.directory.gaps.items():
        for gap in gaps:
            if gap.what == "fixed" and (leader := _above(world, code)) is not None:
                by_leader[leader].append(lacking.said(world, gap))
    return [_listed(world, leader.contact, "leader.red_list", found) for leader, found in by_leader.items()]


def _above(world: World, code: str) -> Post | None:
    """The leader of the profile's level for it who can be reached, else the nearest one above the node."""
    level = world.directory.profile(code).territory.four_fixed_to
    above = list(world.directory.up(code))[1:]
    for node in sorted(above, key=lambda node: node.level != level):
        for post in world.directory.at(node.code, Rank.LEADER):
            if post.contact:
                return post
    return None


def _listed(world: World, contact: str, key: str, things: Sequence[str], **params: object) -> Say:
    say = world.texts.say
    lines = [say("leader.item", what=thing) for thing in things[:SHOWN]]
    if len(things) > SHOWN:
        lines.append(say("leader.more", count=len(things) - SHOWN))
    text = say(key, lines="\n".join(lines), count=len(things), **params)
    return Say(world.private(contact), text, key)


@jobs.every("unlisted_review", Schedule(Windows(Every.MONTH, 1), MORNING, Shift.AFTER))
async def unlisted_review(world: World, rows: Sequence[Due], now: datetime) -> list[Say]:
    """What came in last month besides the list, to whoever leads the whole: is it to be taken on?"""
    leader = _topmost(world)
    if leader is None:
        return []
    last = Window.of(rows[-1]).first - timedelta(days=1)
    start, end = (world.calendar.at(day, time()) for day in (last.replace(day=1), last + timedelta(days=1)))
    found = await census.unlisted(world.directory.nodes, start, end, OUTSIDE)
    if not found:
        return []
    lines = [_line(world, ticket) for ticket in found]
    return [_listed(world, leader.contact, "listing.monthly", lines, year=last.year, month=last.month)]


def _topmost(world: World) -> Post | None:
    """Whoever leads the highest place and can be reached."""
    directory = world.directory
    for code in directory.under(directory.top()) if directory.top() else ():
        for post in directory.at(code, Rank.LEADER):
            if post.contact:
                return post
    return None


def _line(world: World, ticket: Ticket) -> str:
    """Where it is and how it was put, as far as a list may say it."""
    node = world.directory.nodes.get(ticket.grid)
    words = "" if ticket.sensitive else mask(ticket.summary)[:WORDS]
    return " ".join(filter(None, (f"#{ticket.no}", node.name if node else "", ticket.place, words)))
