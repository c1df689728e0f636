"""A leader's figures as one phone screen of plain Chinese."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from gridbot.digests import platforms, resolution
from gridbot.digests.analysis import Analysis, Spot, analysed
from gridbot.digests.lacking import lacking
from gridbot.digests.spans import WEEKDAYS, Period, day_said
from gridbot.models.cases.dangers import CALLS
from gridbot.models.duty.owed import Said
from gridbot.models.reckoning.figures import Case, DayFigures, Flow
from gridbot.world import World

LISTED = 4  # cases spelled out under one heading
NAMED = 8  # numbers in one line


def compose(
    world: World, figures: DayFigures, period: Period = Period.DAY, *, lacks: Sequence[str] | None = None
) -> str:
    """At most eighteen lines: what came, what is late, what is near, who is stuck, what is not known.

    `lacks`: the lines on what the org lacks that belong in this one; None is all there are.
    """
    return "\n".join(Page(world, figures, period, lacks).lines())


def brief(world: World, figures: DayFigures, period: Period) -> str:
    """A few lines of a longer span, to stand below another digest of that morning: what it alone tells."""
    return "\n".join(Page(world, figures, period).few())


class Page:
    """The lines of a digest, by their parts."""

    def __init__(
        self, world: World, figures: DayFigures, period: Period, lacks: Sequence[str] | None = None
    ) -> None:
        self.world, self.figures, self.period, self.lacks = world, figures, period, lacks

    def say(self, key: str, **params: object) -> str:
        return self.world.texts.say(f"digest.{key}", **params)

    def lines(self) -> Iterator[str]:
        figures = self.figures
        yield f"{self.heading()} {self.date()}"
        yield self._flow()
        yield from self.pressing()
        yield from self._met()
        if figures.kinds:
            yield self.say("kinds", kinds="、".join(f"{self.kind(k)} {n}" for k, n in figures.kinds[:4]))
        yield from self._known()
        if figures.emergencies or figures.overdue or figures.unanswered or figures.soon:
            yield self.say("open")

    def few(self) -> Iterator[str]:
        """Sums and shares of the span, without what is the same today in every digest."""
        figures = self.figures
        yield f"{self.heading()} {self.date()}"
        yield self._flow()
        yield from self._met()
        if figures.kinds:
            yield self.say("kinds", kinds="、".join(f"{self.kind(k)} {n}" for k, n in figures.kinds[:4]))
        yield from resolution.lines(self.world, self.figures, by_kind=False)
        if self.period not in (Period.DAY, Period.WEEK):
            yield self._within(analysed(figures, self.world.local))

    def pressing(self) -> Iterator[str]:
        """What cannot wait, the cases by number."""
        yield from self._numbers("emergencies", self.figures.emergencies)
        yield from self._spelled("overdue", self.figures.overdue)
        yield from self._numbers("unanswered", self.figures.unanswered)
        yield from self._numbers("soon", self.figures.soon)

    def remaining(self) -> Iterator[str]:
        """What a picture says in words beside its tiles and charts."""
        yield from self._met()
        yield from self._known(drawn=True)

    def _met(self) -> Iterator[str]:
        """Neighbours who joined, visits, looks in."""
        figures, flow = self.figures, self.figures.flow
        if flow.joined:
            yield self.say("joined", count=flow.joined)
        if figures.visits_due or flow.visits or figures.visits_missed:
            yield self.say("visits", due=figures.visits_due, done=flow.visits, missed=figures.visits_missed)
        if figures.look_ins_missed:
            yield self.say("look_ins", count=figures.look_ins_missed)
        for name, counts in figures.said.items():
            yield self.say("said", name=name, **{state: counts[state] for state in Said})

    def _known(self, *, drawn: bool = False) -> Iterator[str]:
        """What a longer span shows, who is stuck, what is not known; `drawn`: a chart shows its days."""
        figures = self.figures
        if self.period is not Period.DAY:
            yield from self._analysis(drawn=drawn)
        if figures.stuck:
            yield self.say("stuck", people="、".join(self._person(s, n) for s, n in figures.stuck[:4]))
        if not (figures.happened or figures.pending):
            yield self.say("quiet")
        yield from resolution.vacancies(self.world, self.figures)
        yield from lacking(self.world, self.figures.nodes) if self.lacks is None else self.lacks
        yield from self._unknown()

    def _analysis(self, *, drawn: bool) -> Iterator[str]:
        """研判: what grows and falls, what comes back, where it piles up, what was done within the grids."""
        yield from platforms.lines(self.world, self.figures)
        yield from resolution.lines(self.world, self.figures, by_kind=self.period is not Period.WEEK)
        found = analysed(self.figures, self.world.local)
        if self.period is Period.WEEK and not drawn and any(opened for _, opened, _ in found.days):
            days = " ".join(f"{WEEKDAYS[day.weekday()]}{opened}" for day, opened, _ in found.days)
            yield self.say("days", days=days)
        compared = self.period is Period.WEEK or self.figures.before != Flow()
        for name, changes in (("grown", found.grown), ("fallen", found.fallen)):
            if changes and compared:  # all is more than nothing
                yield self.say(name, kinds="、".join(f"{self.kind(k)} {n}" for k, n in changes[:3]))
        for spot, category, count in found.clusters[:2]:
            yield self.say("cluster", place=self._at(spot), kind=self.kind(category), count=count)
        clustered = {spot for spot, _, _ in found.clusters[:2]}
        places = [(self._at(spot), n) for spot, n in found.places if spot not in clustered]
        if places:
            yield self.say("places", places="、".join(f"{place} {n} 件" for place, n in places[:3]))
        if found.overdue_by_node:
            yield self.say("piled", nodes="、".join(f"{level} {n} 件" for level, n in self._levels(found)))
        if self.period is not Period.WEEK:
            yield self._within(found)

    def _within(self, found: Analysis) -> str:
        """在网格中: what was found and asked for in the grids, and what was done of it."""
        return self.say(
            "within", pooled=found.pooled, needs=found.needs, solved=found.solved,
            requests=found.requests, served=found.served,
        )  # fmt: skip

    def _levels(self, found: Analysis) -> list[tuple[str, int]]:
        """Matters past their time by the level that has them now."""
        counts = Counter[str]()
        for code, count in found.overdue_by_node:
            counts[self._level(code)] += count
        return counts.most_common()

    def _level(self, code: str) -> str:
        node = self.world.directory.nodes.get(code)
        return node.level if node else code

    def heading(self) -> str:
        """What it is and of which nodes."""
        directory = self.world.directory
        names = [directory.nodes[code].name for code in self.figures.nodes if code in directory.nodes]
        more = self.say("and_more", count=len(names)) if len(names) > 3 else ""
        return self.say(f"title_{self.period}", nodes="、".join(names[:3]) + more)

    def date(self) -> str:
        """The day it tells of; of a longer span the last one."""
        day = self.figures.span.day
        date = day_said(self.world, day)
        return date if self.period is Period.DAY else self.say("until", date=date)

    def _flow(self) -> str:
        figures = self.figures
        return self.say(
            "flow", last=self.say(f"last_{self.period}"), live=figures.live,
            opened=figures.flow.opened, opened_before=figures.before.opened,
            resolved=figures.flow.resolved, resolved_before=figures.before.resolved,
        )  # fmt: skip

    def _numbers(self, name: str, cases: Sequence[Case]) -> Iterator[str]:
        if cases:
            numbers = "、".join(f"#{case.no}" for case in cases[:NAMED])
            yield self.say(name, count=len(cases), cases=numbers + ("…" if len(cases) > NAMED else ""))

    def _spelled(self, name: str, cases: Sequence[Case]) -> Iterator[str]:
        if cases:
            yield self.say(name, count=len(cases))
        for case in cases[:LISTED]:
            place = " ".join(filter(None, (self._part(case.grid), case.place)))
            yield self.say(
                "case", no=case.no, what=self._what(case), place=f"（{place}）" if place else "",
                who=self._name(case.assignee), late=self._since(case.due_at),
            )  # fmt: skip
        if len(cases) > LISTED:
            yield self.say("more", count=len(cases) - LISTED)

    def _at(self, spot: Spot) -> str:
        """A place, with the part of the reader's territory it lies in."""
        return f"{self._part(spot.grid)}{spot.place}"

    def _part(self, grid: str) -> str:
        """Which part of the reader's territory a grid lies in, "" where the place itself tells enough."""
        directory, below = self.world.directory, ""
        for node in directory.up(grid):
            if node.code in self.figures.nodes:
                return below
            below = "" if node.level in directory.profile(node.code).grid_levels else node.name
        return ""

    def _unknown(self) -> Iterator[str]:
        figures = self.figures
        counts = {
            "unknown_candidates": figures.candidates,
            "unknown_unsent": figures.unsent,
            "unknown_parked": figures.parked,
            "unknown_skipped": figures.skipped,
        }
        things = [self.say(name, count=count) for name, count in counts.items() if count]
        if things:
            yield self.say("unknown", things="，".join(things))

    def _what(self, case: Case) -> str:
        if case.danger in CALLS:
            return self.world.texts.say(f"danger.{case.danger}")
        known = self.world.directory.profile(case.grid).category(case.category)
        return known.subs.get(case.sub or "", known.zh)

    def kind(self, category: str) -> str:
        node = self.figures.nodes[0] if self.figures.nodes else ""
        return self.world.directory.profile(node).category(category).zh

    def _name(self, staff: str | None) -> str:
        post = self.world.directory.staff(staff)
        return post.name if post else self.say("nobody")

    def _person(self, staff: str, count: int) -> str:
        return self.say("person", name=self._name(staff), count=count)

    def _since(self, due_at: datetime | None) -> str:
        late = self.figures.span.end - due_at if due_at else timedelta()
        if late >= timedelta(days=1):
            return self.say("late_days", count=late.days)
        minutes = int(late.total_seconds() // 60)
        if minutes < 60:
            return self.say("late_minutes", count=max(1, minutes))
        return self.say("late_hours", count=minutes // 60)
