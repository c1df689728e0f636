"""What an office knows beforehand: planned outages and questions it has answered before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from gridbot.models import recent
from gridbot.models.acts import Act, change, created
from gridbot.models.cases.serving import KnownAnswer, Outage

OUTAGE = "utilities_outage"  # the category of what may be cut off as planned
ALIKE = 0.8  # share of a question's pairs of characters that have to be there
AHEAD = timedelta(days=1)  # an outage is spoken of from the day before


async def outage(nodes: Sequence[str], sub: str | None, building: str, now: datetime) -> Outage | None:
    """The planned outage in force (or within a day) at one of these nodes, in force first.

    One that names a building is for that building; `building` "" is somebody whose home is unknown.
    """
    if recent.is_empty("outage"):
        return None
    rows = await Outage.filter(
        node__in=list(nodes), over_at__isnull=True, ends_at__gt=now, starts_at__lte=now + AHEAD
    ).order_by("starts_at", "id")
    fit = [row for row in rows if sub in (None, row.sub) and row.building in ("", building)]
    return fit[0] if fit else None


async def open_outages(nodes: Sequence[str], now: datetime, sub: str | None = None) -> list[Outage]:
    """What is planned or in force at these nodes."""
    rows = await Outage.filter(node__in=list(nodes), over_at__isnull=True, ends_at__gt=now).order_by("id")
    return [row for row in rows if sub in (None, row.sub)]


async def plan_outage(
    act: Act,
    node: str,
    sub: str,
    building: str,
    starts_at: datetime,
    ends_at: datetime,
    text: str,
    source: str,
) -> Outage:
    """Put a planned outage on file."""
    row = await Outage.create(
        node=node, sub=sub, building=building, starts_at=starts_at, ends_at=ends_at, text=text, source=source,
        by=act.by, at=act.at,
    )  # fmt: skip
    await created(act, row)
    return row


async def planned_by(nodes: Sequence[str], text: str, now: datetime) -> list[Outage]:
    """What an announcement of these words put on file."""
    return [row for row in await open_outages(nodes, now) if row.text == text]


async def end_outage(act: Act, row: Outage) -> None:
    """It is over earlier than planned."""
    await change(act, row, over_at=act.at)


async def answer(nodes: Sequence[str], text: str) -> KnownAnswer | None:
    """The office's own answer to a question, the nearest node's first."""
    order = list(nodes)
    rows = await KnownAnswer.filter(node__in=order, gone=False).order_by("-id")
    rows.sort(key=lambda row: order.index(row.node))
    return next((row for row in rows if alike(row.question, text)), None)


def alike(question: str, text: str) -> bool:
    """Whether two short questions share most of their pairs of characters."""
    question, text = _folded(question), _folded(text)
    pairs = {question[n : n + 2] for n in range(len(question) - 1)}
    found = {text[n : n + 2] for n in range(len(text) - 1)}
    return bool(pairs) and len(pairs & found) >= ALIKE * len(pairs)


def _folded(words: str) -> str:
    """The same question however a day of the week is called."""
    return words.replace("星期", "周").replace("礼拜", "周").replace("周天", "周日")


async def keep_answer(act: Act, node: str, question: str, text: str, source: str, day: date) -> KnownAnswer:
    """Put an answer on file; the same question is answered anew."""
    known = await KnownAnswer.filter(node=node, question=question, gone=False).first()
    if known is not None:
        await change(act, known, answer=text, source=source, as_of=day)
        return known
    row = await KnownAnswer.create(
        node=node, question=question, answer=text, source=source, as_of=day, by=act.by, at=act.at
    )
    await created(act, row)
    return row
