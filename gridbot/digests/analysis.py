"""What a week or more shows that a day does not: what grows, what comes back, where it piles up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from gridbot.digests.spans import DIGEST_AT
from gridbot.models.reckoning.figures import Case, DayFigures

BACK_AGAIN = 2  # matters at one place that make it worth a look
CLUSTER = 3  # of one kind at one place
Counts = tuple[tuple[str, int], ...]
Days = tuple[tuple[date, int, int], ...]  # day, new, done


class Spot(NamedTuple):
    """A place as it was written, in its grid: every quarter has a 2号楼."""

    grid: str
    place: str


@dataclass(frozen=True, slots=True)
class Analysis:
    """Counts of one span, the largest first; names are ids (categories) or places as they were written."""

    grown: Counts  # category → how many more than in the span before
    fallen: Counts  # category → how many fewer
    clusters: tuple[tuple[Spot, str, int], ...]  # place, category, how many
    places: tuple[tuple[Spot, int], ...]  # place → matters of any kind
    overdue_by_node: Counts  # node that has it now → matters past their time
    days: Days
    pooled: int  # of the new ones: departments lent a hand
    needs: int  # of the new ones: something is wrong
    requests: int  # of the new ones: somebody asked for a service
    solved: int  # of those done: something was wrong
    served: int  # of those done: a service


def analysed(figures: DayFigures, local: Callable[[datetime], datetime]) -> Analysis:
    """Count what a leader's figures hold; `local` brings a moment into the office's zone."""
    now = Counter(case.category for case in figures.opened)
    before = Counter(case.category for case in figures.opened_before)
    at = Counter(Spot(case.grid, case.place) for case in figures.opened if case.place)
    same = Counter((Spot(case.grid, case.place), case.category) for case in figures.opened if case.place)
    return Analysis(
        grown=_top({k: now[k] - before[k] for k in now}),
        fallen=_top({k: before[k] - now[k] for k in before}),
        clusters=tuple((p, c, n) for (p, c), n in same.most_common() if n >= CLUSTER),
        places=tuple((place, n) for place, n in at.most_common() if n >= BACK_AGAIN),
        overdue_by_node=tuple(Counter(case.node for case in figures.overdue).most_common()),
        days=_days(figures, local),
        pooled=sum(1 for case in figures.opened if case.departments),
        needs=_count(figures.opened, "issue"),
        requests=_count(figures.opened, "service"),
        solved=_count(figures.resolved, "issue"),
        served=_count(figures.resolved, "service"),
    )


def _top(changes: dict[str, int]) -> Counts:
    return tuple(sorted(((k, n) for k, n in changes.items() if n > 0), key=lambda item: (-item[1], item[0])))


def _count(cases: Sequence[Case], kind: str) -> int:
    return sum(1 for case in cases if case.kind == kind)


def _days(figures: DayFigures, local: Callable[[datetime], datetime]) -> Days:
    """New and done on each day of the span, as that day's digest counted them: an evening is tomorrow's."""
    first, last = figures.span.first, figures.span.day

    def day_of(at: datetime) -> date:
        said = local(at)
        return min(max(said.date() + timedelta(days=said.time() >= DIGEST_AT), first), last)

    opened = Counter(day_of(case.opened_at) for case in figures.opened)
    resolved = Counter(day_of(case.resolved_at) for case in figures.resolved if case.resolved_at)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return tuple((day, opened[day], resolved[day]) for day in days)
