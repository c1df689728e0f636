"""Rows → value → text or picture: what a leader reads once a day."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from gridbot.clock import SystemClock
from gridbot.digests import lacking, picture, table
from gridbot.digests.analysis import Days, analysed
from gridbot.digests.spans import DIGEST_AT, LONGER_AT, Period, ended, running, span_of
from gridbot.digests.text import brief, compose
from gridbot.errors import BadInput
from gridbot.models.duty.duties import DigestRow
from gridbot.models.reckoning.figures import MANY, DayFigures, Facts, Span, figures, gather, of_department
from gridbot.models.territory.people import Post
from gridbot.world import World

__all__ = [
    "DIGEST_AT",
    "LONGER_AT",
    "Period",
    "aside",
    "brief",
    "compose",
    "drawing_of",
    "ended",
    "figures_of",
    "first_of",
    "grids_of",
    "leads",
    "measured",
    "print_digest",
    "row_of",
    "running",
    "span_of",
]

T = TypeVar("T")


def grids_of(world: World, nodes: Iterable[str]) -> dict[str, None]:
    """Every node at or below these, each once, in the tree's order."""
    return dict.fromkeys(code for node in nodes for code in world.directory.under(node))


def figures_of(world: World, facts: Facts, nodes: Collection[str]) -> DayFigures:
    """The figures of one leader's nodes, out of facts gathered once for all leaders."""
    grids = grids_of(world, nodes)
    unsent = {message.room for message in facts.unsent}  # seldom any, where there are very many groups
    rooms = {g.room for g in world.directory.groups if g.node in grids and g.room in unsent} if unsent else ()
    return figures(facts, nodes, grids, rooms)


def leads(world: World, posts: Iterable[Post]) -> list[str]:
    """The nodes these posts are at, those left out that lie below another of them."""
    nodes = list(dict.fromkeys(post.node for post in posts))
    inside = world.directory.inside
    return [code for code in nodes if not any(inside(code, top) for top in nodes if top != code)]


def row_of(
    staff: str, found: DayFigures, period: Period, at: datetime, text: str, lacks: Sequence[str] = ()
) -> DigestRow:
    """What is kept of a digest that was handed over; `lacks`: what the org lacked there, said or not."""
    return DigestRow(
        to=staff, node=first_of(found), period=period, at=at.astimezone(UTC), text=text,
        lacks=lacking.mark(lacks),
    )  # fmt: skip


def first_of(found: DayFigures) -> str:
    """The node a digest is kept under."""
    return found.nodes[0] if found.nodes else ""


async def measured(
    world: World, nodes: Collection[str], span: Span, numbers: Collection[int] | None = None
) -> DayFigures:
    """The figures of some nodes alone, `numbers` of these tickets alone."""
    grids = grids_of(world, nodes)
    facts = await gather(span, grids)
    seen = facts if numbers is None else of_department(facts, numbers)
    return await aside(grids, lambda: figures_of(world, seen, nodes))


async def aside(grids: Collection[str], adding: Callable[[], T]) -> T:
    """Add up very many grids in a thread, so that others are served meanwhile; a few are done at once."""
    return await asyncio.to_thread(adding) if len(grids) > MANY else adding()


async def print_digest(
    world: World,
    node: str,
    day: date,
    png: Path | None = None,
    period: Period = Period.DAY,
    csv: Path | None = None,
) -> str:
    """A node's digest as text; drawn into `png` too, its counters written into `csv`, where these are named.

    Raises BadInput where the node is unknown, a file cannot be written, or nothing here can draw.
    """
    if node not in world.directory.nodes:
        raise BadInput(f"没有「{node}」这个节点", hint="写 nodes.csv 里的 code")
    span = span_of(world, period, day, SystemClock().now())
    found = await measured(world, [node], span)
    if png is not None:
        picture.draw(world, found, period, await _charted(world, found, period), png)
    if csv is not None:
        table.write(world, found, csv)
    return compose(world, found, period)


async def drawing_of(world: World, nodes: Collection[str], span: Span, period: Period) -> str:
    """The digest of some nodes as a page of SVG."""
    found = await measured(world, nodes, span)
    return picture.svg(world, found, period, await _charted(world, found, period))


async def _charted(world: World, found: DayFigures, period: Period) -> Days:
    """The days a picture shows: those of its span, of a single day the week before it."""
    if period is not Period.DAY:
        return analysed(found, world.local).days
    first = found.span.day - timedelta(days=6)
    start = found.span.start - timedelta(days=6)
    week = replace(found.span, start=start, before=start, first=first)
    return analysed(await measured(world, found.nodes, week), world.local).days
