"""Readings that staff put right: kept as examples that name nobody, for the rules to learn from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from gridbot.models.cases.hearing import Correction

MOST = 5_000  # examples that are kept; the oldest go first


@dataclass(frozen=True, slots=True)
class Example:
    """A redacted text with the right answer; `category` is "" where nothing is reported."""

    text: str
    kind: str
    category: str
    was: str
    at: datetime
    what: str


async def keep(
    text: str, *, what: str, was: str, kind: str, category: str, node: str, by: str, at: datetime
) -> None:
    """Keep one; a text that is kept already gets the newer answer."""
    if not text.strip():
        return
    await Correction.filter(text=text).delete()
    await Correction.create(
        text=text, what=what, was=was, kind=kind, category=category, node=node, by=by, at=at
    )


async def kept() -> Sequence[Example]:
    """All of them, oldest first."""
    rows = await Correction.all().order_by("id")
    return [Example(row.text, row.kind, row.category, row.was, row.at, row.what) for row in rows]


async def forget_most() -> None:
    """Only the newest stay."""
    last = await Correction.all().order_by("-id").offset(MOST).first()
    if last is not None:
        await Correction.filter(id__lte=last.id).delete()
