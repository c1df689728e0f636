"""A burst: more is due than one transaction does. One person's reminders are then done together.

Whatever else is due goes first, in the order in which it fell due. Reminders that can wait (`waits=True`)
follow, those of one person side by side and those of a leader's people too, so that a burst is one message
for each of them (see tempering.py) and not one for each transaction that had a part of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import cache
from heapq import merge
from typing import NamedTuple

from gridbot.clock import Breath
from gridbot.models import board
from gridbot.models.board import Waiting
from gridbot.schedules.jobs import Job
from gridbot.world import World

ROWS = 400  # rows a transaction: between two of them whoever writes or waits gets his turn
REMINDERS = 1000  # reminders a transaction
ONE_PERSON = 200  # so many more, where they belong to the last one's person
GATHERED = 200_000  # rows put in order at once


class _Place(NamedTuple):
    """Where a row stands in a burst: by whom it is for ("": for whoever comes first), then as it fell due."""

    whose: str
    turn: int
    id: int


class Burst:
    """`next(now)` names the rows to do together; what it says is only an order, the board decides."""

    def __init__(self, world: World, jobs: Mapping[str, Job]) -> None:
        self._world, self._jobs = world, jobs
        self._places: Iterator[_Place] = iter(())
        self._head: _Place | None = None

    async def next(self, now: datetime) -> list[int]:
        """The numbers of the next rows of a burst; none where as much is due as one transaction does."""
        if self._head is None and await board.crowded(now, ROWS):
            await self._gather(now)
        ids: list[int] = []
        whose = ""
        while (head := self._head) is not None:
            most = REMINDERS if head.whose else ROWS
            if len(ids) >= (most + ONE_PERSON if head.whose and head.whose == whose else most):
                break
            whose = head.whose
            ids.append(head.id)
            self._head = next(self._places, None)
        return ids

    async def _gather(self, now: datetime) -> None:
        whose, pages, count, breath = _Whose(self._world), list[list[_Place]](), 0, Breath()
        async for page in board.crowd(now):
            await breath.take()
            waits = {kind: self._can_wait(kind) for kind in {row.kind for row in page}}
            places = [
                _Place(whose(row) if waits[row.kind] else "", count + n, row.id) for n, row in enumerate(page)
            ]
            pages.append(sorted(places))
            count += len(page)
            if count >= GATHERED:
                break
        self._places = merge(*pages)
        self._head = next(self._places, None)

    def _can_wait(self, kind: str) -> bool:
        job = self._jobs.get(kind)
        return job is not None and job.waits


class _Whose:
    """Says whom a row is for, so that in order of the words neighbours in the territory are neighbours."""

    def __init__(self, world: World) -> None:
        self._directory = world.directory
        self._way: Callable[[str], str] = cache(self._way_to)
        self._person: Callable[[str], str] = cache(self._way_of)

    def __call__(self, row: Waiting) -> str:
        if row.assignee:
            return self._person(row.assignee)
        if row.node:
            return self._way(row.node)
        kind, _, code = row.what.partition(":")
        if kind == "staff":
            return self._person(code)
        return self._way(code) if kind == "node" else row.what

    def _way_of(self, staff: str) -> str:
        post = self._directory.staff(staff)
        return f"{self._way(post.node) if post is not None else ''}@{staff}"

    def _way_to(self, code: str) -> str:
        return "/" + "/".join(node.code for node in reversed(tuple(self._directory.up(code))))
