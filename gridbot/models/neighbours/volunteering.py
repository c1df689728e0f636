"""Teams of volunteers, what they do together, who comes and for how long."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import datetime

from gridbot.models.acts import Act, change, created, record
from gridbot.models.neighbours.trust import Activity, SignUp


async def planned(act: Act, node: str, team: str, title: str, starts_at: datetime) -> Activity:
    """A new activity."""
    row = await Activity.create(node=node, team=team, title=title, starts_at=starts_at, by=act.by, at=act.at)
    await created(act, row)
    return row


async def get(number: int) -> Activity | None:
    return await Activity.get_or_none(id=number)


async def coming(nodes: Collection[str], now: datetime) -> list[Activity]:
    """What is still to come at some nodes, the next first."""
    rows = Activity.filter(node__in=list(nodes), starts_at__gte=now, closed_at__isnull=True)
    return await rows.order_by("starts_at", "id")


async def joined(
    act: Act, team: str, activity: int | None, node: str, contact: str, household: str, name: str
) -> bool:
    """Somebody signs up; returns False where he had done so before."""
    if await SignUp.filter(team=team, activity=activity, contact=contact).exists():
        return False
    row = await SignUp.create(
        team=team, activity=activity, node=node, contact=contact, household=household, name=name, at=act.at
    )
    await created(act, row)
    return True


async def signed_up(contact: str, now: datetime) -> tuple[SignUp, Activity] | None:
    """What is still to come that this account signed up for last."""
    for row in await SignUp.filter(contact=contact, activity__isnull=False).order_by("-id").limit(5):
        activity = await Activity.get_or_none(id=row.activity)
        if activity is not None and activity.closed_at is None and activity.starts_at > now:
            return row, activity
    return None


async def left(act: Act, row: SignUp) -> None:
    """He does not come after all."""
    await record(act.by, act.at, "left", f"activity:{row.activity}")
    await row.delete()


async def roster(*, activity: int | None = None, team: str = "", nodes: Collection[str] = ()) -> list[SignUp]:
    """Who comes to an activity, or who is in a team at some nodes."""
    if activity is not None:
        return await SignUp.filter(activity=activity).order_by("id")
    return await SignUp.filter(team=team, activity__isnull=True, node__in=list(nodes)).order_by("id")


async def sizes(nodes: Collection[str]) -> Counter[str]:
    """How many are in each team."""
    rows = SignUp.filter(activity__isnull=True, node__in=list(nodes)).values_list("team", flat=True)
    return Counter(str(team) for team in await rows)


async def worked(act: Act, row: SignUp, hours: float) -> None:
    """Somebody was there for so long."""
    await change(act, row, hours=hours)


async def over(act: Act, row: Activity) -> None:
    """The hours are written down: an activity counts once."""
    await change(act, row, closed_at=act.at)
