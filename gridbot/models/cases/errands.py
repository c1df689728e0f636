"""代办: papers gathered in a grid, done at an office, handed back on the second working day after."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum

from gridbot.models import plain
from gridbot.models.cases.casework import LIVE
from gridbot.models.cases.serving import ErrandBatch
from gridbot.models.cases.tickets import Ticket
from gridbot.models.territory.people import Post
from gridbot.profiles import Rank
from gridbot.workdays import WorkCalendar


class Stage(StrEnum):
    """How far an errand is, in the order in which it goes; a stage may be passed over, never gone back."""

    COLLECTING = "收集"
    TAKEN_IN = "受理"
    GATHERED = "集中"
    RUNNING = "代办"
    DONE = "办结"
    GIVEN_BACK = "返还"
    SIGNED = "签收"

    @property
    def place(self) -> int:
        return list(Stage).index(self)


STAGES = frozenset(Stage)
MANY = 500  # grids up to which they are looked up by their index


def of(ticket: Ticket) -> Stage | None:
    """How far an errand is; None where the ticket is none."""
    return Stage(ticket.stage) if ticket.stage in STAGES else None


def before(ticket: Ticket, stage: Stage) -> bool:
    """Whether the errand has not come as far as this stage; False where the ticket is no errand."""
    reached = of(ticket)
    return reached is not None and reached.place < stage.place


def finished(ticket: Ticket, calendar: WorkCalendar, now: datetime) -> dict[str, object]:
    """What an errand's 办结 sets besides: the papers are due back on the second working day after."""
    if of(ticket) is None:
        return {}
    return {"stage": Stage.DONE, "return_due_at": calendar.second_working_day(now)}


async def in_stages(nodes: Sequence[str], stages: Sequence[Stage]) -> list[Ticket]:
    """The errands of these grids that are in one of the stages, oldest first, whether or not closed since."""
    inside = set(nodes)
    near = f"grid IN ({', '.join('?' * len(nodes))}) AND " if len(nodes) <= MANY else ""
    gone = "state NOT IN ('withdrawn', 'declined', 'merged')"
    wanted = f"WHERE {near}stage IN ({', '.join('?' * len(stages))}) AND {gone} ORDER BY no"
    rows = await plain.rows(Ticket, wanted, *(nodes if near else ()), *stages)
    return [row for row in rows if row.grid in inside]


async def taken_in(nodes: Sequence[str]) -> list[Ticket]:
    """What waits to be gathered in these grids, oldest first."""
    return await _in_stage(nodes, Stage.TAKEN_IN)


async def gathered(nodes: Sequence[str]) -> list[Ticket]:
    """What is in a batch of these grids and has not been started."""
    return await _in_stage(nodes, Stage.GATHERED)


def desk_node(posts: Sequence[Post]) -> str:
    """The node whose batch a person's errands go with: that of his desk, else of his first post."""
    return next((post.node for post in posts if post.rank is Rank.DESK), posts[0].node if posts else "")


async def batch_of(runner: str) -> list[Ticket]:
    """What is in the latest batches of whoever goes and has not been started."""
    numbers: list[int] = []
    for batch in await ErrandBatch.filter(runner=runner).order_by("-id").limit(10):
        numbers += batch.tickets
    found = await Ticket.filter(no__in=numbers, stage=Stage.GATHERED).order_by("no") if numbers else []
    return [ticket for ticket in found if ticket.state in LIVE]


async def _in_stage(nodes: Sequence[str], stage: Stage) -> list[Ticket]:
    live, inside = ", ".join("?" * len(LIVE)), set(nodes)
    rows = await plain.rows(Ticket, f"WHERE state IN ({live}) AND stage = ? ORDER BY no", *LIVE, stage)
    return [row for row in rows if row.grid in inside]


async def owed(contact: str) -> list[Ticket]:
    """What was handed back to a resident and not signed for."""
    return await Ticket.filter(reporter=contact, stage=Stage.GIVEN_BACK).order_by("no")


async def close_batch(
    node: str, day: date, runner: str, tickets: Sequence[Ticket], at: datetime
) -> ErrandBatch | None:
    """Write down the batch of a day; None where that day's was closed already."""
    row, new = await ErrandBatch.get_or_create(
        node=node,
        day=day,
        defaults={"runner": runner, "tickets": [ticket.no for ticket in tickets], "closed_at": at},
    )
    return row if new else None
