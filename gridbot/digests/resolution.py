"""At which level matters are solved, by whom first, how soon somebody answered, who found them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from gridbot.models.cases.casework import State
from gridbot.models.reckoning.figures import Case, DayFigures
from gridbot.models.territory.directory import Directory
from gridbot.world import World

COMMUNITY = frozenset({"社区", "村", "行政村"})
NOT_ACCEPTED = frozenset({State.DECLINED, State.WITHDRAWN, State.MERGED})
SHOWN = 4  # categories in a line


@dataclass(frozen=True, slots=True)
class Resolution:
    """Counts of one span. `kinds`: category, solved in the grid, in the community, all that were solved."""

    solved: int
    in_grid: int  # 小事处置不出网格: nobody above, no department
    in_community: int  # 大事化解不出社区
    first: int  # by whoever got it first, never handed on
    own: int  # opened: found by staff
    reported: int  # opened: reported by residents
    accepted: int  # of the reported: neither declined nor taken back
    answered: int  # of the accepted: somebody has answered the resident
    reply_minutes: int | None  # the middle one, from the report to the first answer of a person
    kinds: tuple[tuple[str, int, int, int], ...]


def resolved(directory: Directory, figures: DayFigures) -> Resolution:
    """Count what a leader's figures hold."""
    done = figures.resolved
    in_grid = [case for case in done if _in_grid(case)]
    near = [case for case in done if _in_community(directory, case)]
    replies = [
        (case.first_reply_at - case.opened_at).total_seconds() / 60
        for case in figures.opened
        if case.first_reply_at is not None and not case.own
    ]
    own = sum(1 for case in figures.opened if case.own)
    accepted = [case for case in figures.opened if not case.own and case.state not in NOT_ACCEPTED]
    return Resolution(
        solved=len(done),
        in_grid=len(in_grid),
        in_community=len(near),
        first=sum(1 for case in done if not case.passes and not case.departments),
        own=own,
        reported=len(figures.opened) - own,
        accepted=len(accepted),
        answered=sum(1 for case in accepted if case.first_reply_at is not None),
        reply_minutes=round(median(replies)) if replies else None,
        kinds=_kinds(done, in_grid, near),
    )


def _in_grid(case: Case) -> bool:
    return case.node == case.grid and not case.departments


def _in_community(directory: Directory, case: Case) -> bool:
    """Whether it was solved in the community or below it."""
    if case.node == case.grid:
        return True
    above = list(directory.up(case.grid))
    last = next((n for n, node in enumerate(above) if node.level in COMMUNITY), 0)
    return case.node in {node.code for node in above[: last + 1]}


def _kinds(
    done: Sequence[Case], in_grid: Sequence[Case], near: Sequence[Case]
) -> tuple[tuple[str, int, int, int], ...]:
    every, grid, community = (Counter(case.category for case in cases) for cases in (done, in_grid, near))
    return tuple((kind, grid[kind], community[kind], count) for kind, count in every.most_common())


def lines(world: World, figures: DayFigures, *, by_kind: bool) -> Iterator[str]:
    """The level, the first receiver, who found it; `by_kind` adds the categories."""
    found, say = resolved(world.directory, figures), world.texts.say
    if found.solved:
        yield say(
            "resolution.levels", solved=found.solved,
            grid=found.in_grid, grid_share=_share(found.in_grid, found.solved),
            community=found.in_community, community_share=_share(found.in_community, found.solved),
            first=found.first, first_share=_share(found.first, found.solved),
        )  # fmt: skip
    if by_kind and found.kinds:
        node = figures.nodes[0] if figures.nodes else ""
        profile = world.directory.profile(node)
        kinds = (
            say("resolution.kind", kind=profile.category(kind).zh, grid=grid, community=community, all=every)
            for kind, grid, community, every in found.kinds[:SHOWN]
        )
        yield say("resolution.kinds", kinds="、".join(kinds))
    if found.own or found.reported:
        yield say("resolution.found", own=found.own, reported=found.reported)
    if found.accepted:
        share = _share(found.answered, found.accepted)
        yield say("resolution.answered", share=share, all=found.accepted, answered=found.answered)
    if found.reply_minutes is not None:
        hours, minutes = divmod(found.reply_minutes, 60)
        length = say("resolution.hours", count=hours) if hours > 1 else ""
        yield say("resolution.reply", length=length or say("resolution.minutes", count=60 * hours + minutes))


def _share(part: int, whole: int) -> str:
    return f"{round(100 * part / whole)}%"


def vacancies(world: World, figures: DayFigures) -> Iterator[str]:
    """What came to somebody because the post that should have it is vacant."""
    numbers = [case.no for case in figures.opened if case.vacancy]
    if numbers:
        shown = "、".join(f"#{no}" for no in numbers[:8])
        yield world.texts.say("route.vacancy", cases=shown)
