"""Scores of a quarter: points for outcomes, each with the row it comes from; stars that people give."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date

from gridbot.models.acts import Act, change
from gridbot.models.neighbours.outcomes import MANY, Outcome, Quarter
from gridbot.models.neighbours.trust import ScoreEntry, Star
from gridbot.profiles import ScoreRule

COUNTED, APPEALED, STRUCK = "counted", "appealed", "struck"


def name_of(day: date) -> str:
    """2026Q1"""
    return f"{day.year}Q{(day.month - 1) // 3 + 1}"


def before(name: str, number: int = 1) -> str:
    """The quarter so many before another."""
    year, part = int(name[:4]), int(name[5:])
    index = year * 4 + part - 1 - number
    return f"{index // 4}Q{index % 4 + 1}"


# --- the ledger -------------------------------------------------------------------------------------------

Rules = Callable[[Outcome], Sequence[ScoreRule]]


async def settle(
    quarter: Quarter, found: Iterable[Outcome], rules: Rules, who: Collection[str] | None = None
) -> None:
    """Write the ledger of a quarter (of these) anew: what was struck stays struck, what is no longer so goes.

    A rule's points stop at its cap; safe to call at any time, also twice.
    """
    rows = ScoreEntry.filter(quarter=quarter.name)
    if who is not None and len(who) <= MANY:
        rows = rows.filter(who__in=list(who))
    mine = None if who is None else set(who)
    known = {(row.who, row.rule, row.source): row for row in await rows if mine is None or row.who in mine}
    sums: dict[tuple[str, str], float] = defaultdict(float)
    wanted: set[tuple[str, str, str]] = set()
    new: list[ScoreEntry] = []
    for one in found:
        for rule in rules(one):
            if rule.event != one.event:
                continue
            key = (one.who, rule.id, one.source)
            row = known.get(key)
            if row is not None and row.state != COUNTED:
                wanted.add(key)
                continue
            if abs(sums[one.who, rule.id] + rule.points) > rule.cap:
                continue
            sums[one.who, rule.id] += rule.points
            wanted.add(key)
            if row is None:
                new.append(
                    ScoreEntry(
                        who=one.who, department=one.department, node=one.node, quarter=quarter.name,
                        rule=rule.id, points=rule.points, source=one.source, at=one.at,
                    )
                )  # fmt: skip
    gone = [row.id for key, row in known.items() if key not in wanted]
    if gone:
        await ScoreEntry.filter(id__in=gone).delete()
    await ScoreEntry.bulk_create(new, batch_size=500)


async def entries(quarter: str, who: Collection[str] = ()) -> list[ScoreEntry]:
    """The entries of a quarter, in order (of these people only)."""
    found = ScoreEntry.filter(quarter=quarter)
    return await (found.filter(who__in=list(who)) if who else found).order_by("at", "id")


def sums(rows: Iterable[ScoreEntry]) -> Mapping[str, float]:
    """Points by who, without what was struck and without the base."""
    found: dict[str, float] = defaultdict(float)
    for row in rows:
        found[row.who] += row.points if row.state != STRUCK else 0
    return found


async def entry(number: int) -> ScoreEntry | None:
    return await ScoreEntry.get_or_none(id=number)


async def appealed(act: Act, row: ScoreEntry, words: str) -> None:
    """Whom it concerns says that it is wrong."""
    await change(act, row, state=APPEALED, appeal=words)


async def ruled(act: Act, row: ScoreEntry, *, upheld: bool, words: str) -> None:
    """A leader decides: upheld, the entry is struck."""
    state = STRUCK if upheld else COUNTED
    await change(act, row, state=state, ruling=words, ruled_by=act.by, ruled_at=act.at)


# --- stars ------------------------------------------------------------------------------------------------


async def star(who: str, quarter: str) -> Star | None:
    """The stars of somebody in a quarter."""
    return await Star.get_or_none(who=who, quarter=quarter)


async def drafted(who: str, node: str, quarter: str, total: float, stars: int) -> Star:
    """What the score is worth; what a person has decided stays."""
    row = await Star.get_or_none(who=who, quarter=quarter)
    if row is None:
        return await Star.create(who=who, node=node, quarter=quarter, total=total, draft=stars)
    row.total, row.draft = total, stars
    await row.save(update_fields=["total", "draft"])
    return row


async def given(act: Act, row: Star, stars: int, reason: str) -> None:
    """A person has decided."""
    await change(act, row, stars=stars, reason=reason, decided_by=act.by, decided_at=act.at)


async def stars_of(quarters: Collection[str]) -> dict[str, dict[str, int]]:
    """Who → quarter → stars (the draft where nobody has decided)."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for row in await Star.filter(quarter__in=list(quarters)):
        found[row.who][row.quarter] = row.stars if row.stars is not None else row.draft
    return found
