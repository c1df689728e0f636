"""What is on record for each duty of a list, and the marks an office gives itself."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Mapping
from datetime import datetime
from typing import TypeVar

from tortoise.models import Model
from tortoise.queryset import QuerySet

from gridbot.models.acts import Act, created
from gridbot.models.cases.serving import Opinion
from gridbot.models.cases.tickets import Ticket
from gridbot.models.duty.care import CampaignItem, Fact, KeyPerson, Need, Patrol, Presence, Talk
from gridbot.models.duty.duties import Announcement, Visit
from gridbot.models.duty.marks import Mark
from gridbot.models.duty.owed import Diary, Duty, Said
from gridbot.models.spreading.courses import Attendance
from gridbot.models.spreading.meetings import Meeting
from gridbot.models.territory.org import Household

Count = Callable[["Scope"], Awaitable[int]]
M = TypeVar("M", bound=Model)


class Scope:
    """Some grids, those who work there, and a span of time (UTC)."""

    def __init__(
        self, grids: Collection[str], staff: Collection[str], since: datetime, until: datetime
    ) -> None:
        self.grids, self.staff, self.since, self.until = list(grids), list(staff), since, until

    def within(self, model: type[Model], at: str, **more: object) -> QuerySet[Model]:
        return model.filter(**{f"{at}__gte": self.since, f"{at}__lt": self.until}, **more)

    def here(self, model: type[Model], at: str, **more: object) -> QuerySet[Model]:
        return self.within(model, at, grid__in=self.grids, **more)

    def theirs(self, model: type[Model], at: str, who: str, **more: object) -> QuerySet[Model]:
        return self.within(model, at, **{f"{who}__in": self.staff}, **more)


async def _screenings(s: Scope) -> int:
    rows = s.within(Duty, "at", node__in=s.grids, sheet=False)
    return await rows.exclude(state=Said.MISSING).count()


async def _talks(s: Scope) -> int:
    persons = await KeyPerson.filter(grid__in=s.grids).values_list("id", flat=True)
    return await s.within(Talk, "at", person__in=list(persons)).count()


async def _facts(s: Scope) -> int:
    homes = await Household.filter(node__in=s.grids).values_list("id", flat=True)
    subjects = [f"household:{home}" for home in homes] + [f"node:{grid}" for grid in s.grids]
    found = 0
    for start in range(0, len(subjects), 500):
        found += await s.within(Fact, "known_at", subject__in=subjects[start : start + 500]).count()
    return found


async def _homes(s: Scope) -> int:
    return await Household.filter(node__in=s.grids).count()


COUNTS: Mapping[str, Count] = {
    "facts": _facts,
    "homes": _homes,
    "presence": lambda s: s.here(Presence, "at").count(),
    "campaigns": lambda s: s.here(CampaignItem, "at").count(),
    "opinions": lambda s: s.theirs(Opinion, "signed_at", "worker").count(),
    "tickets": lambda s: s.here(Ticket, "opened_at", kind="issue").count(),
    "services": lambda s: s.here(Ticket, "opened_at", kind="service").count(),
    "disputes": lambda s: s.here(Ticket, "opened_at", category="dispute").count(),
    "hazards": lambda s: s.here(Ticket, "opened_at", category="safety_hazard").count(),
    "fraud": lambda s: s.here(Ticket, "opened_at", category="public_security").count(),
    "emergencies": lambda s: s.here(Ticket, "opened_at", urgency="emergency").count(),
    "patrols": lambda s: s.here(Patrol, "at").count(),
    "screenings": _screenings,
    "visits": lambda s: s.here(Visit, "done_at", mode="上门").count(),
    "calls": lambda s: s.here(Visit, "done_at", mode="电话").count(),
    "look_ins": lambda s: s.here(Visit, "done_at", why__in=["晚间看望", "晨间看望"]).count(),
    "talks": _talks,
    "announcements": lambda s: s.theirs(Announcement, "sent_at", "by").count(),
    "trainings": lambda s: s.theirs(Attendance, "came_at", "staff").count(),
    "diaries": lambda s: s.theirs(Diary, "at", "worker", accepted=True).count(),
    "meetings": lambda s: s.within(Meeting, "starts_at", node__in=s.grids, stopped=False).count(),
    "needs": lambda s: s.here(Need, "at").count(),
}


# --- indicators -------------------------------------------------------------------------------------------


async def rate(name: str, s: Scope) -> float | None:
    """A rate between 0 and 1 from the record; None where there is nothing to measure."""
    if name == "reported":
        rows = Duty.filter(
            node__in=s.grids, sheet=False, closes_on__lt=s.until.date(), closes_on__gte=s.since.date()
        )
        return await _share(rows.exclude(state=Said.MISSING), rows)
    if name == "visited":
        due = Visit.filter(
            grid__in=s.grids, dropped=False, due_on__gte=s.since.date(), due_on__lt=s.until.date()
        )
        return await _share(due.filter(done_at__isnull=False), due)
    if name == "satisfied":
        rated = s.here(Ticket, "closed_at", satisfaction__in=["满意", "基本满意", "不满意"])
        return await _share(rated.exclude(satisfaction="不满意"), rated)
    if name == "answered":
        opened = s.here(Ticket, "opened_at")
        return await _share(opened.filter(first_reply_at__isnull=False), opened)
    done = s.here(Ticket, "resolved_at", due_at__isnull=False)
    moments = await done.values_list("resolved_at", "due_at")
    return sum(at <= due for at, due in moments) / len(moments) if moments else None


async def _share(part: QuerySet[M], whole: QuerySet[M]) -> float | None:
    count = await whole.count()
    return await part.count() / count if count else None


async def marked(node: str, year: int) -> dict[str, Mark]:
    """What was entered by hand for a node and a year; the newest of each indicator."""
    rows = await Mark.filter(node=node, year=year).order_by("id")
    return {row.name: row for row in rows}


async def mark(act: Act, node: str, year: int, name: str, score: float, evidence: str) -> None:
    """Enter a mark with where it is proved."""
    row = await Mark.create(
        node=node, year=year, name=name, score=score, evidence=evidence, by=act.by, at=act.at
    )
    await created(act, row)
