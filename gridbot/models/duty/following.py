"""Subscriptions and short forms: what a person wants to hear of, and what was filed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from gridbot.messages import Address
from gridbot.models.acts import Act, change, created
from gridbot.models.cases.serving import Filing, Subscription
from gridbot.models.cases.tickets import Ticket
from gridbot.models.database import moment
from gridbot.models.plain import rows
from gridbot.workdays import WorkCalendar

SHOWN = 20
MANY = 500  # grids up to which they are looked up by their index
EVENING, MORNING = time(18, 10), time(8, 40)


def next_at(calendar: WorkCalendar, period: str, now: datetime) -> datetime:
    """When a subscription is told next: daily at 18:10, else on Monday or on the first at 8:40; UTC."""
    today = calendar.day_of(now)
    for day in (today + timedelta(days=n) for n in range(40)):
        fits = {"day": True, "week": day.weekday() == 0, "month": day.day == 1}[period]
        at = calendar.at(day, EVENING if period == "day" else MORNING)
        if fits and at > now:
            return at
    raise AssertionError("there is a first and a Monday in every forty days")


async def subscribe(
    act: Act, where: Address, contact: str, category: str, sub: str | None, node: str, period: str
) -> Subscription:
    """Remember it; the same category and scope again changes only how often."""
    known = await Subscription.filter(
        contact=contact, category=category, sub=sub, node=node, gone=False
    ).first()
    if known is not None:
        await change(act, known, period=period)
        return known
    row = await Subscription.create(
        contact=contact, transport=where.transport, account=where.account, category=category, sub=sub,
        node=node, period=period, at=act.at,
    )  # fmt: skip
    await created(act, row)
    return row


async def subscription(number: int) -> Subscription | None:
    return await Subscription.get_or_none(id=number, gone=False)


async def subscriptions(contact: str) -> list[Subscription]:
    return await Subscription.filter(contact=contact, gone=False).order_by("id")


async def unsubscribe(act: Act, row: Subscription) -> None:
    await change(act, row, gone=True)


async def told(row: Subscription, at: datetime) -> None:
    """The subscriber has heard everything up to a moment."""
    await Subscription.filter(id=row.id).update(told_at=at)


async def forget(contact: str) -> None:
    """Somebody wants nothing of his kept."""
    await Subscription.filter(contact=contact).delete()


async def news(row: Subscription, nodes: Sequence[str], since: datetime) -> tuple[list[Ticket], list[Ticket]]:
    """What was opened, and what was finished, since a moment in these grids; sensitive matters left out."""
    wanted = ["NOT sensitive", "(opened_at >= ? OR resolved_at >= ?)"]
    values: list[object] = [moment(since)] * 2
    if row.category:
        wanted.append("category = ?")
        values.append(row.category)
    if row.sub is not None:
        wanted.append("sub = ?")
        values.append(row.sub)
    inside = set(nodes)
    if len(nodes) <= MANY:
        wanted.append(f"grid IN ({', '.join('?' * len(nodes))})")
        values += nodes
    changed = await rows(Ticket, f"WHERE {' AND '.join(wanted)} ORDER BY no", *values)
    found = [each for each in changed if each.grid in inside]
    opened = [each for each in found if each.opened_at >= since]
    done = [each for each in found if each.resolved_at is not None and each.resolved_at >= since]
    return opened, done


async def file(act: Act, form: str, node: str, household: str | None, day: date | None, text: str) -> Filing:
    """Keep a short form."""
    row = await Filing.create(
        form=form, node=node, household=household, by=act.by, day=day, text=text, at=act.at
    )
    await created(act, row)
    return row


async def filed(nodes: Sequence[str], since: datetime) -> list[Filing]:
    """What was filed at these nodes, newest first."""
    return await Filing.filter(node__in=list(nodes), at__gte=since).order_by("-id").limit(SHOWN)
