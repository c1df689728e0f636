"""What is under way around a place: the same matter, alarms, the newest of a group."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from tortoise.expressions import Q

from gridbot.models import recent
from gridbot.models.cases.casework import LIVE, LIVE_SQL
from gridbot.models.cases.ledger import live, ticket
from gridbot.models.cases.tickets import Ticket
from gridbot.models.database import first, moment


async def same_matter(
    grid: str, category: str, sub: str | None, building: str | None, since: datetime
) -> Ticket | None:
    """A live ticket about the same thing in the same building, opened since a moment.

    Where neither tells a building the grid counts as one place.
    """
    if recent.no_like_matter(grid, category, sub, building, since):
        return None
    no = await first(
        "SELECT no FROM ticket WHERE grid = ? AND opened_at >= ? AND category = ? "
        "AND (building IS NULL OR building = '' OR ? IN ('', building)) "
        f"AND (sub IS NULL OR ? IN ('', sub)) AND state IN {LIVE_SQL} ORDER BY no DESC LIMIT 1",
        grid,
        moment(since),
        category,
        building or "",
        sub or "",
    )
    return None if no is None else await ticket(int(str(no)))


async def alarms(grid: str, building: str | None, since: datetime) -> list[Ticket]:
    """The live emergencies of a building since a moment, the newest first; of the grid where none tells."""
    if (known := recent.alarms(grid, since)) is not None:
        found = [each for each in await live(known) if each.urgency == "emergency"]
    else:
        asked = Ticket.filter(grid=grid, urgency="emergency", opened_at__gte=since, state__in=LIVE)
        found = await asked.order_by("-no")
    return [each for each in found if not building or not each.building or each.building == building]


async def alarm_for(household: str, rule: str) -> Ticket | None:
    """The live emergency of a household that one rule stands for, the newest."""
    found = await Ticket.filter(household=household, urgency="emergency", state__in=LIVE).order_by("-no")
    return next((row for row in found if rule in row.because), None)


async def newest_in_room(
    room: str, since: datetime, category: str | None = None, sub: str | None = None
) -> Ticket | None:
    """The newest live report in a group since a moment (of this category): what 我家也是 joins."""
    found = Ticket.filter(room=room, opened_at__gte=since, state__in=LIVE, kind="issue")
    if category is not None:
        found = found.filter(category=category)
    if sub is not None:
        found = found.filter(Q(sub=sub) | Q(sub__isnull=True))
    return await found.order_by("-no").first()


async def about_place(
    nodes: Sequence[str], since: datetime, building: str | None, unit: str | None, landmark: str | None
) -> list[Ticket]:
    """Tickets of a building, a unit or a landmark since a moment, the newest first."""
    found = Ticket.filter(grid__in=list(nodes), opened_at__gte=since)
    if building:
        found = found.filter(building=building)
    if unit:
        found = found.filter(Q(unit=unit) | Q(unit__isnull=True))
    if landmark:
        found = found.filter(Q(landmark=landmark) | Q(place__contains=landmark))
    return await found.order_by("-no").limit(200)
